/** The entry in the status bar: state, model, running jobs; a click lists the commands. */

import * as vscode from "vscode";
import { type LanguageClient, State } from "vscode-languageclient/node";
import type { Jobs } from "./jobs";

/** Shows how client and jobs stand; `model` gives the model's id, or "" for the server's default. */
export function showStatus(client: LanguageClient, jobs: Jobs, model: () => string) {
  const item = vscode.window.createStatusBarItem("status", vscode.StatusBarAlignment.Right, 90);
  item.name = "Workers AI";
  item.command = "workersAI.menu";
  item.show();
  const update = () => {
    const count = jobs.running.size;
    const name = model().split("/").at(-1) || "Workers AI";
    const running = `${count || "no"} ${count === 1 ? "job" : "jobs"} running`;
    const [state, icon] = inWords(client.state);
    const rest = client.isRunning() ? `, ${model() || "default model"}, ${running}` : "";
    item.text = `${count ? "$(loading~spin)" : icon} ${name}${count ? ` (${count})` : ""}`;
    item.tooltip = `Workers AI: the server ${state}${rest}`;
    item.accessibilityInformation = { label: item.tooltip, role: "button" };
    void vscode.commands.executeCommand("setContext", "workersAI.running", count > 0);
  };
  update();
  const stateChange = client.onDidChangeState(() => jobs.dispose());
  const settings = vscode.workspace.onDidChangeConfiguration(update);
  return [item, jobs.onDidChange(update), settings, stateChange];
}

function inWords(state: State): [words: string, icon: string] {
  if (state === State.Starting) {
    return ["is starting", "$(loading~spin)"];
  }
  return state === State.Running ? ["runs", "$(sparkle)"] : ["does not run", "$(warning)"];
}
