/** Signing in: the address goes to the user's settings, the token to VS Code's secret storage. */

import * as vscode from "vscode";
import declared from "./declared.json";
import { type Inspect, tokenKey, userValue } from "./settings";

const KINDS = [
  { endpoint: "rest", label: "Cloudflare account", detail: "Its ID, and an API token" },
  { endpoint: "worker", label: "Team Worker", detail: "Its address, and your key" },
  { endpoint: "openai", label: "OpenAI-compatible server", detail: "Ollama, llama.cpp, vLLM…" },
];
const TITLE = "Sign in to Workers AI";

/** Ask who answers, and by which token; nothing changes unless all is answered. */
export async function signIn(secrets: vscode.SecretStorage, inspect: () => Inspect): Promise<void> {
  const kind = await vscode.window.showQuickPick(KINDS, { title: TITLE });
  if (!kind) {
    return;
  }
  const cloudflare = kind.endpoint === "rest";
  const name = cloudflare ? "accountId" : "baseUrl";
  const value = String(userValue(inspect()(name)) ?? "");
  const place = await input(cloudflare ? "Account ID" : "Address", true, { value });
  const what = cloudflare ? "API token" : "Key; leave it empty if the server wants none";
  const token = place && (await input(what, cloudflare, { password: true }));
  if (!place || token === undefined) {
    return;
  }
  const section = vscode.workspace.getConfiguration("workersAI");
  const set = (each: string, to: string) => section.update(each, to, true);
  await set("endpoint", kind.endpoint);
  // Named in any case, so that no variable leads the token elsewhere.
  await set("baseUrl", cloudflare ? declared.cloudflare : place);
  await (cloudflare && set("accountId", place));
  await secrets.store(tokenKey(inspect()), token);
}

async function input(what: string, needed: boolean, options: vscode.InputBoxOptions) {
  const validateInput = (text: string) => (needed && !text.trim() ? "This is needed." : undefined);
  const asking = { title: `${TITLE}: ${what}`, ignoreFocusOut: true, validateInput, ...options };
  return (await vscode.window.showInputBox(asking))?.trim();
}
