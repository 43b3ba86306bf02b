/** The Python that is selected in Microsoft's Python extension, where that is installed. */

import * as vscode from "vscode";

export async function selectedPython(): Promise<string | undefined> {
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
