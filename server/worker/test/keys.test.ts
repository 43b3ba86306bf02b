import { describe, expect, it } from "vitest";
import { ADAS_KEY, ask, refusal, teamEnv, USER_KEYS } from "./asking";

const PATHS: [string, string][] = [
  ["POST", "/run"],
  ["GET", "/accounts/a/ai/models/search"],
];

describe("without any sign-in set up", () => {
  it.each([...PATHS, ["GET", "/health"]])("%s %s is refused", async (method, path) => {
    for (const keys of [undefined, "", " \n"]) {
      const env = teamEnv({ USER_KEYS: keys });
      const message = await refusal(await ask({ env, method, path }), 403, 10000);
      expect(message).toContain("neither Cloudflare Access");
      expect(env.AI.run).not.toHaveBeenCalled();
    }
  });

  it("a list without users lets nobody in", async () => {
    await refusal(await ask({ env: teamEnv({ USER_KEYS: "# nobody yet" }) }), 401, 10000);
  });
});

describe("keys", () => {
  it.each<Record<string, string>>([
    {},
    { authorization: "" },
    { authorization: ADAS_KEY },
    { authorization: `Basic ${ADAS_KEY}` },
    { authorization: "Bearer " },
    { authorization: "Bearer wai_another" },
    { authorization: `Bearer ${ADAS_KEY} x` },
    { authorization: `Bearer ${USER_KEYS.split(/\s+/)[4]}` },
    { "cf-access-jwt-assertion": ADAS_KEY },
    { cookie: `CF_Authorization=${ADAS_KEY}` },
  ])("%j is refused", async (headers) => {
    for (const [method, path] of PATHS) {
      const env = teamEnv();
      const response = await ask({ env, method, path, headers });
      expect(response.headers.get("www-authenticate")).toBe("Bearer");
      await refusal(response, 401, 10000);
      expect(env.AI.run).not.toHaveBeenCalled();
    }
  });

  it.each(["wai_adas-key", "wai_bobs-key", "wai_bobs-other-key"])("%s is let in", async (key) => {
    for (const [method, path] of PATHS) {
      const headers = { authorization: `Bearer ${key}` };
      expect((await ask({ method, path, headers })).status).toBe(200);
    }
  });

  it.each([
    "ada",
    "ada 12ab",
    `ada ${"AB".repeat(32)}`,
    `a b ${"ab".repeat(32)}`,
  ])("the line %j is told of, and nobody is let in", async (line) => {
    const env = teamEnv({ USER_KEYS: USER_KEYS + line });
    const message = await refusal(await ask({ env }), 403, 10000);
    expect(message).toContain("line 6 of USER_KEYS is not NAME SHA256");
    expect(message).not.toContain("ab".repeat(32));
  });
});
