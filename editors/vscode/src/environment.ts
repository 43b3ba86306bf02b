/** The endpoint and its token, as variables for the server: neither may come over LSP. */

import declared from "./declared.json";
import { type Inspect, userValue } from "./settings";

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
