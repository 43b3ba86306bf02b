import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from "jose";
import type { Env } from "./env";
import { misconfigured, notSignedIn, signInUnavailable } from "./refusals";

export type SignIn =
  | { by: "access"; issuer: string; audience: string }
  | { by: "keys"; keys: readonly Key[] };

/** One of a person's keys, as its SHA-256 hash. */
interface Key {
  user: string;
  hash: Uint8Array;
}

// One set per team domain for the isolate's life: it holds fetched keys for ten minutes.
const keySets = new Map<string, JWTVerifyGetKey>();

/** Say how people sign in. Throws a `Refusal` where that is not, or only half, set up. */
export function signInOf(env: Env): SignIn {
  const { ACCESS_TEAM_DOMAIN: domain, ACCESS_AUDIENCE: audience, USER_KEYS: lines } = env;
  if (domain || audience) {
    if (!domain) throw misconfigured("ACCESS_AUDIENCE is set without ACCESS_TEAM_DOMAIN");
    if (!audience) throw misconfigured("ACCESS_TEAM_DOMAIN is set without ACCESS_AUDIENCE");
    const host = /^(?:https:\/\/)?([a-z0-9.-]+\.cloudflareaccess\.com)\/?$/.exec(domain)?.[1];
    if (!host) throw misconfigured("ACCESS_TEAM_DOMAIN is not like team.cloudflareaccess.com");
    return { by: "access", issuer: `https://${host}`, audience };
  }
  if (!lines?.trim()) {
    throw misconfigured(
      "neither Cloudflare Access (ACCESS_TEAM_DOMAIN, ACCESS_AUDIENCE) nor USER_KEYS is set up",
    );
  }
  return { by: "keys", keys: keysIn(lines) };
}

/** Return who asks. Throws a `Refusal` for everybody who has not signed in. */
export async function userOf(request: Request, signIn: SignIn): Promise<string> {
  if (signIn.by === "keys") return keyHolder(request.headers.get("authorization"), signIn.keys);
  // Access's edge puts the first header in; the second is what cloudflared's users send, and
  // arrives where the edge was gone round. No cookie counts: any web page could send it along.
  const { headers } = request;
  const token = headers.get("cf-access-jwt-assertion") ?? headers.get("cf-access-token");
  const login = `run cloudflared access login ${new URL(request.url).origin}`;
  if (!token) throw notSignedIn(`not signed in; ${login}`);
  return accessUser(token, signIn.issuer, signIn.audience, login);
}

async function accessUser(token: string, issuer: string, audience: string, login: string) {
  const keys = keySets.get(issuer) ?? remoteKeys(issuer);
  keySets.set(issuer, keys);
  try {
    const options = { issuer, audience, algorithms: ["RS256"], requiredClaims: ["exp"] };
    const { payload } = await jwtVerify(token, keys, options);
    // People have an address; service tokens have a `common_name` and an empty `sub`.
    const user = payload.email || payload.common_name || payload.sub;
    if (typeof user === "string" && user) return user;
  } catch (error) {
    if (!(error instanceof errors.JOSEError) || KEYS_UNAVAILABLE.has(error.code)) {
      throw signInUnavailable();
    }
    if (error instanceof errors.JWTExpired) throw notSignedIn(`the sign-in has expired; ${login}`);
  }
  throw notSignedIn(`the sign-in is not valid here; ${login}`);
}

const KEYS_UNAVAILABLE = new Set(["ERR_JOSE_GENERIC", "ERR_JWKS_TIMEOUT", "ERR_JWKS_INVALID"]);

function remoteKeys(issuer: string): JWTVerifyGetKey {
  return createRemoteJWKSet(new URL(`${issuer}/cdn-cgi/access/certs`));
}

async function keyHolder(header: string | null, keys: readonly Key[]): Promise<string> {
  const key = /^Bearer +(\S+)$/i.exec(header ?? "")?.[1];
  if (!key) throw notSignedIn("send the header authorization: Bearer KEY");
  const shown = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(key));
  let holder: string | undefined;
  for (const { user, hash } of keys) {
    // Every key is compared, so that the time tells nothing of which one matched.
    if (crypto.subtle.timingSafeEqual(shown, hash)) holder = user;
  }
  if (holder === undefined) throw notSignedIn("unknown key; ask for a new one");
  return holder;
}

function keysIn(lines: string): Key[] {
  return lines.split("\n").flatMap((line, index) => {
    if (!line.trim() || line.startsWith("#")) return [];
    const [, user, hex] = /^(\S+)\s+([0-9a-f]{64})$/.exec(line.trim()) ?? [];
    if (!user || !hex) throw misconfigured(`line ${index + 1} of USER_KEYS is not NAME SHA256`);
    const bytes = hex.match(/../g) ?? [];
    return { user, hash: Uint8Array.from(bytes, (byte) => Number.parseInt(byte, 16)) };
  });
}
