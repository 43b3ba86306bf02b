import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { ADAS_KEY, ask, refusal, teamEnv } from "./asking";

const AUDIENCE = "aud-of-this-application";
let team = 0;
let keys: CryptoKeyPair;
let strangers: CryptoKeyPair;
let certs: () => Response;

beforeAll(async () => {
  keys = (await generateKeyPair("RS256")) as CryptoKeyPair;
  strangers = (await generateKeyPair("RS256")) as CryptoKeyPair;
});

beforeEach(async () => {
  team += 1; // The Worker keeps the keys of a team; each test has a team of its own.
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: "current", alg: "RS256", use: "sig" };
  certs = () => Response.json({ keys: [jwk] });
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
    const { url } = new Request(input);
    expect(url).toBe(`https://${domain()}/cdn-cgi/access/certs`);
    return certs();
  });
});

const domain = () => `team${team}.cloudflareaccess.com`;
const now = () => Math.floor(Date.now() / 1000);

interface Signed {
  key?: CryptoKey | Uint8Array;
  alg?: string;
  kid?: string;
}

function token(claims: JWTPayload = {}, { key, alg = "RS256", kid = "current" }: Signed = {}) {
  return new SignJWT({
    iss: `https://${domain()}`,
    aud: [AUDIENCE],
    email: "ada@team.example",
    sub: "1",
    exp: now() + 60,
    ...claims,
  })
    .setProtectedHeader({ alg, kid })
    .sign(key ?? keys.privateKey);
}

function accessEnv(other: Parameters<typeof teamEnv>[0] = {}) {
  return teamEnv({ ACCESS_TEAM_DOMAIN: domain(), ACCESS_AUDIENCE: AUDIENCE, ...other });
}

async function refused(jwt: string, header = "cf-access-jwt-assertion") {
  const env = accessEnv();
  const message = await refusal(await ask({ env, headers: { [header]: jwt } }), 401, 10000);
  expect(env.AI.run).not.toHaveBeenCalled();
  expect(message).toContain("cloudflared access login https://ai.team.example");
  return message;
}

describe("Cloudflare Access", () => {
  it.each(["cf-access-jwt-assertion", "cf-access-token"])("lets in by %s", async (header) => {
    const limit = vi.fn(async () => ({ success: true }));
    const env = accessEnv({ RATE_LIMITER: { limit } });
    const response = await ask({ env, headers: { [header]: await token() } });
    expect(response.status).toBe(200);
    expect(limit).toHaveBeenCalledWith({ key: "ada@team.example" });
  });

  it("lets a service token in", async () => {
    const limit = vi.fn(async () => ({ success: true }));
    const jwt = await token({ email: undefined, sub: "", common_name: "ci.access" });
    const env = accessEnv({ RATE_LIMITER: { limit } });
    const response = await ask({ env, headers: { "cf-access-jwt-assertion": jwt } });
    expect(response.status).toBe(200);
    expect(limit).toHaveBeenCalledWith({ key: "ci.access" });
  });

  it("fetches the keys once", async () => {
    const env = accessEnv({ ACCESS_TEAM_DOMAIN: `https://${domain()}/` });
    for (const _ of [1, 2, 3]) {
      const headers = { "cf-access-jwt-assertion": await token() };
      expect((await ask({ env, headers })).status).toBe(200);
    }
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it("refuses who has no token, a key or a cookie", async () => {
    const jwt = await token();
    const cookie = `CF_Authorization=${jwt}`;
    const each: Record<string, string>[] = [
      {},
      { authorization: `Bearer ${ADAS_KEY}` },
      { cookie },
    ];
    for (const headers of each) {
      const response = await ask({ env: accessEnv(), headers });
      expect(await refusal(response, 401, 10000)).toContain("not signed in");
    }
  });

  it("refuses what has expired, and says so", async () => {
    expect(await refused(await token({ exp: now() - 5 }))).toContain("has expired");
  });

  it.each<[string, JWTPayload]>([
    ["another audience", { aud: ["another-application"] }],
    ["no audience", { aud: undefined }],
    ["another issuer", { iss: "https://others.cloudflareaccess.com" }],
    ["no issuer", { iss: undefined }],
    ["no end", { exp: undefined }],
    ["a later start", { nbf: 99_999_999_999 }],
    ["no user", { email: undefined, sub: "" }],
  ])("refuses %s", async (_, claims) => {
    expect(await refused(await token(claims))).toContain("not valid here");
  });

  it("refuses other signatures", async () => {
    const shared = new TextEncoder().encode("a shared secret of thirty-two bytes");
    const [head = "", body = ""] = (await token()).split(".");
    const unsigned = `${btoa('{"alg":"none"}').replaceAll("=", "")}.${body}.`;
    for (const jwt of [
      await token({}, { key: strangers.privateKey }),
      await token({}, { key: strangers.privateKey, kid: "unknown" }),
      await token({}, { key: shared, alg: "HS256" }),
      unsigned,
      `${head}.${body}.`,
      "nonsense",
    ]) {
      expect(await refused(jwt)).toContain("not valid here");
      expect(await refused(jwt, "cf-access-token")).toContain("not valid here");
    }
  });

  it.each<[string, () => Response]>([
    ["an error", () => new Response("", { status: 500 })],
    ["no keys", () => new Response("<html>")],
    ["no key set", () => Response.json({ errors: [] })],
    [
      "nothing",
      () => {
        throw new TypeError("network");
      },
    ],
  ])("lets nobody in while the keys' address gives %s", async (_, gives) => {
    certs = gives;
    const env = accessEnv();
    await refusal(await ask({ env, headers: { "cf-access-token": await token() } }), 503, 8005);
    expect(env.AI.run).not.toHaveBeenCalled();
  });

  it.each([
    { ACCESS_AUDIENCE: "" },
    { ACCESS_TEAM_DOMAIN: "" },
    { ACCESS_TEAM_DOMAIN: "http://team.cloudflareaccess.com" },
    { ACCESS_TEAM_DOMAIN: "team.cloudflareaccess.com.example" },
    { ACCESS_TEAM_DOMAIN: "team.example/#.cloudflareaccess.com" },
  ])("half set up (%j), it refuses every request, keys too", async (other) => {
    const headers = { authorization: `Bearer ${ADAS_KEY}`, "cf-access-token": await token() };
    const message = await refusal(await ask({ env: accessEnv(other), headers }), 403, 10000);
    expect(message).toMatch(/ACCESS_(AUDIENCE|TEAM_DOMAIN) is/);
  });
});
