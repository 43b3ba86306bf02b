/** What the user has set, as the server wants it: nested, and without VS Code's defaults. */

import declared from "./declared.json";

/** What VS Code tells of one setting. */
type Inspected = Partial<Record<`${"global" | "workspace" | "workspaceFolder"}Value`, unknown>>;

/** Looks a setting up by its name below `workersAI`. */
export type Inspect = (name: string) => Inspected | undefined;

/** The settings for the server, as its section `workersAI`. */
export function settingsForServer(inspect: Inspect): object {
  const section = {};
  for (const name of declared.settings) {
    const of = inspect(name);
    const value = declared.addingUp.includes(name) ? sum(of) : userValue(of);
    if (value !== undefined) {
      put(section, name.split("."), value);
    }
  }
  return section;
}

/** The value that the user has set; undefined where VS Code would give its default. */
export function userValue(of: Inspected | undefined): unknown {
  return of?.workspaceFolderValue ?? of?.workspaceValue ?? of?.globalValue ?? undefined;
}

/** A list to which every place adds, so that a repository takes nothing away from the user's. */
function sum(of: Inspected = {}): unknown {
  const given = [of.globalValue, of.workspaceValue, of.workspaceFolderValue].filter(Boolean);
  return given.length > 0 ? [...new Set(given.flat())] : undefined;
}

function put(into: Record<string, unknown>, [name = "", ...rest]: string[], value: unknown): void {
  into[name] = rest.length === 0 ? value : (into[name] ?? {});
  if (rest.length > 0) {
    put(into[name] as Record<string, unknown>, rest, value);
  }
}
