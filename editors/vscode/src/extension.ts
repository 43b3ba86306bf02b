/** Workers AI code actions in VS Code: starts the server, and shows what it does. */

import * as vscode from "vscode";
import { State } from "vscode-languageclient/node";
import { inspecting, makeClient } from "./client";
import { serverCommands } from "./commands";
import declared from "./declared.json";
import { chooseModel } from "./models";
import { type Command, NoPython, serverCommand } from "./server";
import { serverEnvironment, tokenKey } from "./settings";
import { signIn } from "./signIn";
import { showStatus } from "./status";

const PYTHON = vscode.Uri.parse("https://www.python.org/downloads/");
const SETTINGS = "Open settings";
/** Signing in changes several settings, one after the other. */
const SETTLED_MS = 500;
/** Settings that only a new server takes up. */
const AT_START = ["server", ...Object.keys(declared.environment)];

let stop: (() => Promise<void>) | undefined;

export async function activate({ secrets, subscriptions, extensionUri }: vscode.ExtensionContext) {
  const log = vscode.window.createOutputChannel("Workers AI", { log: true });
  const bundle = vscode.Uri.joinPath(extensionUri, "bundled").fsPath;
  let command: Command = { program: "workers-ai-ls", args: [], env: process.env };
  const { client, jobs, answers } = makeClient(log, () => command);
  stop = () => client.stop();
  const start = async () => {
    const { path, interpreter } = vscode.workspace.getConfiguration("workersAI.server");
    // Found before the client starts: one that has failed to start can't be started again.
    const found = await serverCommand(path, interpreter, bundle, await selectedPython());
    const token = await secrets.get(tokenKey(inspecting()));
    command = { ...found, env: serverEnvironment(found.env, inspecting(), token) };
    log.info(`Server: ${[found.program, ...found.args].join(" ")}`);
    // What is starting can't be stopped before it runs.
    await (client.state === State.Starting && client.start());
    await (client.isRunning() ? client.restart() : client.start());
  };
  let timer: NodeJS.Timeout | undefined;
  const startSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => telling(log, start), SETTLED_MS);
  };
  const own: Record<string, () => unknown> = {
    restart: start,
    showLog: () => log.show(),
    signIn: () => signIn(secrets, inspecting),
    signOut: () => secrets.delete(tokenKey(inspecting())),
    chooseModel: () => chooseModel(command),
    menu: () => vscode.commands.executeCommand("workbench.action.quickOpen", ">AI: "),
  };
  subscriptions.push(
    log,
    jobs,
    answers.registration,
    ...serverCommands(client),
    ...Object.entries(own).map(([name, does]) =>
      vscode.commands.registerCommand(`workersAI.${name}`, () => telling(log, does)),
    ),
    ...showStatus(client, jobs),
    vscode.workspace.onDidGrantWorkspaceTrust(startSoon),
    // Another window may have signed in, too.
    secrets.onDidChange(startSoon),
    vscode.workspace.onDidChangeConfiguration((event) => {
      AT_START.some((name) => event.affectsConfiguration(`workersAI.${name}`)) && startSoon();
    }),
  );
  // Not awaited: it may end in a question to the user.
  void telling(log, start);
}

export const deactivate = () => stop?.();

/** Does something, and tells of its failure what can be done about it. */
async function telling(log: vscode.LogOutputChannel, does: () => unknown): Promise<void> {
  try {
    await does();
  } catch (error) {
    const { message } = error as Error;
    log.error(message);
    const choices = error instanceof NoPython ? ["Get Python", SETTINGS] : [SETTINGS, "Show log"];
    const chosen = await vscode.window.showErrorMessage(message, ...choices);
    if (chosen === SETTINGS) {
      await vscode.commands.executeCommand("workbench.action.openSettings", "workersAI.server");
    } else if (chosen) {
      await (chosen === "Show log" ? log.show() : vscode.env.openExternal(PYTHON));
    }
  }
}

/** The Python that is selected in Microsoft's Python extension, where that is installed. */
async function selectedPython(): Promise<string | undefined> {
  const python = vscode.extensions.getExtension("ms-python.python");
  try {
    const environments = (await python?.activate())?.environments;
    const active = await environments?.resolveEnvironment(environments.getActiveEnvironmentPath());
    return active?.executable.uri?.fsPath;
  } catch {
    // An extension that fails is no reason for this one to do so.
    return undefined;
  }
}
