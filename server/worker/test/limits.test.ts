import { env as configured } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { Env } from "../src/env";
import { ADAS_KEY, ask, binding, MESSAGES, REST, refusal, teamEnv } from "./asking";

/** What the binding is asked for when `body` is posted to `path`. */
async function asked(body: unknown, path = "/run", other: Partial<Env> = {}) {
  const AI = binding();
  const response = await ask({ env: teamEnv({ AI, ...other }), path, body });
  expect(response.status).toBe(200);
  return { model: AI.run.mock.calls[0]?.[0], input: AI.run.mock.calls[0]?.[1] };
}

describe("routes", () => {
  it.each([
    "/",
    "/runs",
    "/run/",
    "/v1/chat/completions",
    `${REST}%2Fmore`,
    "/accounts/a/b/ai/run",
  ])("%s is no route", async (path) => {
    expect(await refusal(await ask({ path }), 400, 7000)).toBe("No route for that URI");
  });

  it.each(["GET", "PUT", "DELETE", "PATCH", "OPTIONS"])("%s does not run", async (method) => {
    for (const path of ["/run", REST]) {
      const response = await ask({ path, method });
      expect(response.headers.get("allow")).toBe("POST");
      const message = await refusal(response, 405, 7001);
      expect(message).toBe(`${method} not supported for requested URI.`);
    }
  });

  it("POST does not search", async () => {
    await refusal(await ask({ path: "/accounts/a/ai/models/search" }), 405, 7001);
  });

  it.each([REST, REST.replace("/client/v4", "")])("%s names the model", async (path) => {
    const { model, input } = await asked({ messages: MESSAGES, model: "@cf/other" }, path);
    expect(model).toBe("@cf/team/coder");
    expect(input).toEqual({ messages: MESSAGES, max_tokens: 1000 });
  });

  it.each([
    [{ model: "@cf/team/thinker", messages: MESSAGES, stream: true }, "@cf/team/thinker"],
    [
      { model: "@cf/team/thinker", input: { messages: MESSAGES, stream: true } },
      "@cf/team/thinker",
    ],
    [{ messages: MESSAGES, stream: true }, "@cf/team/coder"],
  ])("the body names the model: %j", async (body, wanted) => {
    for (const path of ["/run", "/accounts/a/ai/run"]) {
      const { model, input } = await asked(body, path);
      expect(model).toBe(wanted);
      expect(input).toEqual({ messages: MESSAGES, stream: true, max_tokens: 1000 });
    }
  });

  it("the allow-list can be searched", async () => {
    const path = "/client/v4/accounts/a/ai/models/search?search=think";
    const found = await (await ask({ path, method: "GET" })).json();
    const names = { id: "@cf/team/thinker", name: "@cf/team/thinker" };
    expect(found).toMatchObject({ success: true, result: [names], errors: [], messages: [] });
  });

  it("health needs no credential", async () => {
    const response = await ask({ path: "/health", method: "GET", headers: {} });
    expect(await response.json()).toMatchObject({ result: { status: "ok", sign_in: "keys" } });
  });
});

describe("bodies", () => {
  it.each(["", "{", "messages"])("%j is no JSON", async (body) => {
    expect(await refusal(await ask({ body }), 400, 8001)).toMatch(
      /^AiError: AiError: Invalid input/,
    );
  });

  it.each([
    ["[]", "array"],
    ["null", "null"],
    ['"hi"', "string"],
  ])("%s", async (body, kind) => {
    const message = await refusal(await ask({ body }), 400, 5006);
    expect(message).toBe(
      `AiError: Bad input: Error: Type mismatch of '/', 'object' not in '${kind}'`,
    );
  });

  it("a question is needed", async () => {
    const message = await refusal(await ask({ body: { stream: true } }), 400, 5006);
    expect(message).toContain("oneOf at '/' not met, 0 matches");
  });

  it.each(["requests", "n"])("%s would ask for several answers", async (name) => {
    await refusal(await ask({ body: { messages: MESSAGES, [name]: 2 } }), 400, 5006);
  });
});

describe("the allow-list", () => {
  it.each<[unknown, number, number]>([
    ["@cf/other/model", 403, 5018],
    ["@cf/team", 403, 5018],
    [["@cf/team/coder"], 400, 5006],
  ])("refuses %j", async (model, status, code) => {
    const env = teamEnv();
    await refusal(await ask({ env, body: { model, messages: MESSAGES } }), status, code);
    expect(env.AI.run).not.toHaveBeenCalled();
  });

  it("refuses in the path too, and says what is allowed", async () => {
    const path = "/accounts/a/ai/run/@cf/other/model";
    const message = await refusal(await ask({ path }), 403, 5018);
    expect(message).toContain("allowed here: @cf/team/coder, @cf/team/thinker");
  });
});

describe("max_tokens", () => {
  it.each([
    [{}, { max_tokens: 1000 }],
    [{ max_tokens: null }, { max_tokens: 1000 }],
    [{ max_tokens: 10 }, { max_tokens: 10 }],
    [{ max_tokens: 100_000 }, { max_tokens: 1000 }],
    [{ max_completion_tokens: 10 }, { max_tokens: 10, max_completion_tokens: 10 }],
    [{ max_completion_tokens: 9999 }, { max_tokens: 1000, max_completion_tokens: 1000 }],
  ])("%j becomes %j", async (limits, expected) => {
    const { input } = await asked({ messages: MESSAGES, ...limits });
    expect(input).toEqual({ messages: MESSAGES, ...expected });
  });

  it.each([0, -1, "9999", [1]])("%j is refused", async (max_tokens) => {
    await refusal(await ask({ body: { messages: MESSAGES, max_tokens } }), 400, 5006);
  });
});

describe("the rate limit", () => {
  it("is per user", async () => {
    const env = teamEnv({
      RATE_LIMITER: { limit: async ({ key }) => ({ success: key !== "ada" }) },
    });
    expect(await refusal(await ask({ env }), 429, 3021)).toContain("rate limiting");
    expect(env.AI.run).not.toHaveBeenCalled();
    const headers = { authorization: "Bearer wai_bobs-key" };
    expect((await ask({ env, headers })).status).toBe(200);
  });

  it("is kept by the real binding, 60 a minute as configured", async () => {
    const { RATE_LIMITER } = configured as unknown as Required<Env>;
    const env = teamEnv({ RATE_LIMITER });
    const statuses = await Promise.all(Array.from({ length: 70 }, () => ask({ env }))).then((all) =>
      all.map((response) => response.status),
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(60);
    expect(statuses.filter((status) => status === 429)).toHaveLength(10);
  });
});

describe("settings that would limit nothing", () => {
  it.each([
    { MAX_TOKENS: Number.NaN },
    { MAX_TOKENS: 0 },
    { MAX_TOKENS: "1000" as unknown as number },
    { MODELS: "@cf/team/coder" as unknown as string[] },
    { MODELS: undefined as unknown as string[] },
  ])("%j refuses every request", async (other) => {
    const env = teamEnv(other);
    const headers = { authorization: `Bearer ${ADAS_KEY}` };
    await refusal(await ask({ env, headers }), 403, 10000);
    await refusal(await ask({ env, path: "/health", method: "GET" }), 403, 10000);
    expect(env.AI.run).not.toHaveBeenCalled();
  });
});
