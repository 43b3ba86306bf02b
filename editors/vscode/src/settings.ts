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
  rest.length > 0 && put(into[name] as Record<string, unknown>, rest, value);
}

const ADDRESS = ["WORKERS_AI_ENDPOINT", "WORKERS_AI_BASE_URL"];

/** The server's environment; `token` was given for the address that `tokenKey` names. */
export function serverEnvironment(inherited: NodeJS.ProcessEnv, inspect: Inspect, token?: string) {
  const set = Object.entries(declared.environment).flatMap(([name, variable]) => {
    const value = String(userValue(inspect(name)) ?? "");
    return value ? [[variable, value] as const] : [];
  });
  const env: NodeJS.ProcessEnv = { ...inherited };
  if (token || set.some(([name, value]) => ADDRESS.includes(name) && value !== inherited[name])) {
    // What the environment holds was given for the environment's own address.
    for (const name of declared.credentials) {
      delete env[name];
    }
  }
  return { ...env, ...Object.fromEntries(set), ...(token && { CLOUDFLARE_API_TOKEN: token }) };
}

/** Under which name the token for the address that is set is kept. */
export function tokenKey(inspect: Inspect): string {
  const [kind, address] = ["endpoint", "baseUrl"].map((name) => userValue(inspect(name)));
  return `token ${kind || "rest"} ${address ?? ""}`;
}
