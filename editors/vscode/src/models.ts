/** Choosing the model: the list is the server's, the choice goes to the settings. */

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as vscode from "vscode";
import type { Command } from "./server";

/** A model as `workers-ai-ls models --json` tells it. */
export interface Model {
  readonly id: string;
  readonly context_window: number;
  readonly price: { readonly usd_per_m_input: number; readonly usd_per_m_output: number } | null;
  readonly default: boolean;
}

export async function chooseModel({ program, args, env }: Command): Promise<void> {
  const section = vscode.workspace.getConfiguration("workersAI");
  const list = [...args, "models", "--json"];
  const listed = promisify(execFile)(program, list, { env, timeout: 20_000 });
  const entries = listed.then(({ stdout }) =>
    (JSON.parse(stdout) as Model[]).map((model) => entryOf(model, section.get("model", ""))),
  );
  const chosen = await vscode.window.showQuickPick(entries, { title: "Choose model" });
  // Where it is set already; else for all workspaces.
  const here = section.inspect("model")?.workspaceValue !== undefined;
  await (chosen && section.update("model", chosen.model, !here));
}

/** How the list shows a model; choosing the default takes the setting away. */
export function entryOf({ id, context_window: size, price, default: usual }: Model, now: string) {
  const cost = price && `$${price.usd_per_m_input} / $${price.usd_per_m_output} per M tokens`;
  const notes = [`${size.toLocaleString("en")} tokens`, cost, usual && "default"];
  const label = id === now || (!now && usual) ? `$(check) ${id}` : id;
  return { model: usual ? undefined : id, label, description: notes.filter(Boolean).join(" · ") };
}
