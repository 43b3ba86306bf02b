/** The language client: one for all folders. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import * as vscode from "vscode";
import {
  LanguageClient,
  type Middleware,
  WorkDoneProgressCancelNotification,
} from "vscode-languageclient/node";
import { Answers, type Piece, showDocument } from "./answers";
import { Jobs } from "./jobs";
import type { Command } from "./server";
import { type Inspect, settingsForServer } from "./settings";

/** Notifications of the server's own that are shown. */
const TAKEN = { streamAnswers: true, showModel: true };

/** More than VS Code lists while one list of actions is open. */
const LISTED = 200;

/** Looks settings up as they hold for a folder; without one, as they hold everywhere. */
export function inspecting(scope?: vscode.Uri): Inspect {
  const section = vscode.workspace.getConfiguration("workersAI", scope);
  return (name) => section.inspect(name);
}

/** Makes the client; `server` gives the program at every start. */
export function makeClient(outputChannel: vscode.LogOutputChannel, server: () => Command) {
  const jobs = new Jobs((token) => {
    void client.sendNotification(WorkDoneProgressCancelNotification.type, { token });
  });
  const client = new LanguageClient("workersAI", "Workers AI", () => started(server()), {
    outputChannel,
    documentSelector: [{ scheme: "file" }, { scheme: "untitled" }],
    initializationOptions: () => ({ ...TAKEN, untrusted: !vscode.workspace.isTrusted }),
    middleware: middleware(jobs),
  });
  const answers = new Answers();
  client.onNotification("$/workers-ai/answer", (piece: Piece) => answers.receive(piece));
  return { client, jobs, answers };
}

const listed: vscode.Disposable[] = [];
let number = 0;

/** The action by a command without arguments: VS Code may forget them at the click (vscode#331834). */
function withoutArguments<T extends vscode.CodeAction | vscode.Command>(action: T): T {
  const { title, command, arguments: given = [] } = action.command as vscode.Command;
  const name = `workersAI.listed.${number++}`;
  const run = () => vscode.commands.executeCommand(command, ...given);
  listed.push(vscode.commands.registerCommand(name, run)) > LISTED && listed.shift()?.dispose();
  action.command = { title, command: name };
  return action;
}

function middleware(jobs: Jobs): Middleware {
  return {
    handleWorkDoneProgress: (token, step, next) => {
      // Of jobs the client's own display learns of the end alone, to forget the token.
      (!jobs.step(token, step) || step.kind === "end") && next(token, step);
    },
    provideCodeActions: async (document, range, context, token, next) =>
      (await next(document, range, context, token))?.map(withoutArguments),
    // Nothing is left to resolve, so nobody waits for the server's word of it.
    resolveCodeAction: (action) => action,
    window: { showDocument },
    workspace: {
      // Told without values, the server asks for them, and gets none of VS Code's defaults.
      didChangeConfiguration: (_sections, next) => next(undefined),
      configuration: ({ items }) =>
        items.map(({ scopeUri }) =>
          settingsForServer(inspecting(scopeUri ? vscode.Uri.parse(scopeUri) : undefined)),
        ),
    },
  };
}

/** Starts the program; a rejection says why it does not start. */
async function started({ program, args, env }: Command): Promise<ChildProcess> {
  const server = spawn(program, args, { env });
  await once(server, "spawn");
  return server;
}
