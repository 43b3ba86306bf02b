/** The entry in the status bar: state, model, running jobs; a click lists the commands. */

import * as vscode from "vscode";
import { type LanguageClient, State } from "vscode-languageclient/node";
import type { Jobs } from "./jobs";

const IN_WORDS = new Map([
  [State.Starting, ["is starting", "$(loading~spin)"]],
  [State.Running, ["runs", "$(sparkle)"]],
]);

/** Shows how client and jobs stand, and the model that the server has told of. */
export function showStatus(client: LanguageClient, jobs: Jobs) {
  let model = "";
  const item = vscode.window.createStatusBarItem("status", vscode.StatusBarAlignment.Right, 90);
  item.name = "Workers AI";
  item.command = "workersAI.menu";
  item.show();
  const update = () => {
    const count = jobs.running.size;
    const name = model.split("/").at(-1) || "Workers AI";
    const running = `${count || "no"} ${count === 1 ? "job" : "jobs"} running`;
    const [state, icon] = IN_WORDS.get(client.state) ?? ["does not run", "$(warning)"];
    const rest = client.isRunning() ? `${model && `, ${model}`}, ${running}` : "";
    item.text = `${count ? "$(loading~spin)" : icon} ${name}${count ? ` (${count})` : ""}`;
    item.tooltip = `Workers AI: the server ${state}${rest}`;
    item.accessibilityInformation = { label: item.tooltip, role: "button" };
    void vscode.commands.executeCommand("setContext", "workersAI.running", count > 0);
  };
  update();
  const asked = client.onNotification("$/workers-ai/model", (told: { model: string }) => {
    model = told.model;
    update();
  });
  return [item, asked, jobs.onDidChange(update), client.onDidChangeState(() => jobs.dispose())];
}
