/** Explanations beside the code: documents that grow while the model writes, shown as Markdown. */

import { basename } from "node:path";
import * as vscode from "vscode";
import type { ShowDocumentParams, ShowDocumentResult } from "vscode-languageclient/node";

/** `$/workers-ai/answer`: `delta` is appended, `text` takes the place of everything. */
export type Piece = { token: string; action: string; uri?: string; delta?: string; text?: string };

const SCHEME = "workers-ai-answer";
/** VS Code's own preview of Markdown, as an editor. */
const PREVIEW = "vscode.markdown.preview.editor";
/** Actions whose answer is read while it grows; of others only what is complete is shown. */
const READ = ["explain"];

export class Answers implements vscode.TextDocumentContentProvider {
  private readonly uris = new Map<string, vscode.Uri>();
  private readonly texts = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  readonly registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);

  provideTextDocumentContent({ path }: vscode.Uri): string {
    return this.texts.get(path) ?? "";
  }

  /** Take a piece in; the first one of an answer opens its document. */
  receive({ token, action, uri, delta = "", text }: Piece): void {
    if (!READ.includes(action) && !text) {
      return;
    }
    const code = uri ? vscode.Uri.parse(uri) : vscode.window.activeTextEditor?.document.uri;
    const name = `${action.charAt(0).toUpperCase()}${action.slice(1)} ${basename(code?.path ?? "")}`;
    const known = this.uris.get(token);
    const shown = known ?? vscode.Uri.from({ scheme: SCHEME, path: `/${token}/${name}.md` });
    this.texts.set(shown.path, text ?? (this.texts.get(shown.path) ?? "") + delta);
    this.uris.set(token, shown);
    this.changed.fire(shown);
    (!known || !READ.includes(action)) && beside(shown);
  }
}

/** Show Markdown beside the code; the focus stays where it is. */
function beside(uri: vscode.Uri): Thenable<unknown> {
  const options = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true, preview: true };
  return vscode.commands.executeCommand("vscode.openWith", uri, PREVIEW, options);
}

/** Show what the server wants shown: beside the code, so that nobody loses their place. */
export async function showDocument(params: ShowDocumentParams): Promise<ShowDocumentResult> {
  const uri = vscode.Uri.parse(params.uri);
  const seen = vscode.window.visibleTextEditors.find(
    ({ document }) => `${document.uri}` === `${uri}`,
  );
  const viewColumn = seen?.viewColumn ?? vscode.ViewColumn.Beside;
  try {
    await (uri.path.endsWith(".md")
      ? beside(uri)
      : vscode.window.showTextDocument(uri, { viewColumn, preserveFocus: !params.takeFocus }));
    return { success: true };
  } catch {
    // The server then says in a message what it wanted to show.
    return { success: false };
  }
}
