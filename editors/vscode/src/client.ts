/** The language client: one for all folders. */

import { type ChildProcess, spawn } from "node:child_process";
import * as vscode from "vscode";
import {
  LanguageClient,
  type Middleware,
  WorkDoneProgressCancelNotification,
} from "vscode-languageclient/node";
import { Answers, type Piece } from "./answers";
import { Jobs } from "./jobs";
import type { Command } from "./server";
import { type Inspect, settingsForServer } from "./settings";
import { showDocument } from "./showing";

/** Notifications of the server's own that are shown. */
const TAKEN = { streamAnswers: true, showModel: true };

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

function middleware(jobs: Jobs): Middleware {
  return {
    handleWorkDoneProgress: (token, step, next) => {
      // Of jobs the client's own display learns of the end alone, to forget the token.
      if (!jobs.step(token, step) || step.kind === "end") {
        next(token, step);
      }
    },
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
function started({ program, args, env }: Command): Promise<ChildProcess> {
  const server = spawn(program, args, { env });
  return new Promise((resolve, reject) => {
    server.once("spawn", () => resolve(server)).once("error", reject);
  });
}
