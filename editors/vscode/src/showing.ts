/** Documents that the server wants shown: beside the code, so that nobody loses their place. */

import { Uri, ViewColumn, window } from "vscode";
import type { ShowDocumentParams, ShowDocumentResult } from "vscode-languageclient/node";
import { beside } from "./answers";

export async function showDocument(params: ShowDocumentParams): Promise<ShowDocumentResult> {
  const uri = Uri.parse(params.uri);
  const seen = window.visibleTextEditors.find(({ document }) => `${document.uri}` === `${uri}`);
  const viewColumn = seen?.viewColumn ?? ViewColumn.Beside;
  try {
    await (uri.path.endsWith(".md")
      ? beside(uri)
      : window.showTextDocument(uri, { viewColumn, preserveFocus: !params.takeFocus }));
    return { success: true };
  } catch {
    // The server then says in a message what it wanted to show.
    return { success: false };
  }
}
