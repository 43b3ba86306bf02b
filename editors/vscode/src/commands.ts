/** The commands `workersAI.*` that ask the server, for the place where the cursor is. */

import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import declared from "./declared.json";

export function serverCommands(client: LanguageClient): vscode.Disposable[] {
  const register = (name: string, argument?: () => unknown) =>
    vscode.commands.registerCommand(`workersAI.${name}`, async () => {
      if (!client.isRunning()) {
        return vscode.commands.executeCommand("workersAI.restart");
      }
      const given = argument ? [await argument()] : [];
      return given.every(Boolean) && vscode.commands.executeCommand(`workers-ai.${name}`, ...given);
    });
  const here = () => {
    const editor = vscode.window.activeTextEditor;
    if (editor) {
      const { asUri, asRange } = client.code2ProtocolConverter;
      return { uri: asUri(editor.document.uri), range: asRange(editor.selection) };
    }
    return void vscode.window.showInformationMessage("Put the cursor into some code first.");
  };
  const told = async () => {
    // The place is where the cursor is now, wherever it goes while the user writes.
    const place = here();
    const asking = { title: "What should be changed?", placeHolder: "such as: return a list" };
    const instruction = place && (await vscode.window.showInputBox(asking));
    return instruction && { ...place, instruction };
  };
  return [
    ...declared.places.map((name) => register(name, here)),
    ...declared.instructed.map((name) => register(name, told)),
    // These are about the newest answer.
    ...declared.answers.map((name) => register(name)),
  ];
}
