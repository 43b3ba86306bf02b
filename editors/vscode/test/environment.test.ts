import { expect, test } from "vitest";
import { type Inspect, serverEnvironment, tokenKey } from "../src/settings";

const inspecting =
  (settings: Record<string, string>): Inspect =>
  (name) => ({ globalValue: settings[name] });
const NOTHING = inspecting({});
const OLLAMA = inspecting({ endpoint: "openai", baseUrl: "http://127.0.0.1:11434/v1" });

test("without anything set the environment stays as it is", () => {
  const inherited = { PATH: "/bin", CLOUDFLARE_API_TOKEN: "theirs" };
  expect(serverEnvironment(inherited, NOTHING)).toEqual(inherited);
});

test("what is set becomes variables", () => {
  expect(serverEnvironment({}, inspecting({ accountId: "1", "gateway.id": "g" }), "t")).toEqual({
    CLOUDFLARE_ACCOUNT_ID: "1",
    WORKERS_AI_GATEWAY: "g",
    CLOUDFLARE_API_TOKEN: "t",
  });
});

test("the environment's credentials don't go to another address", () => {
  const inherited = { CLOUDFLARE_API_TOKEN: "theirs", WORKERS_AI_HEADERS: "x: y" };
  expect(serverEnvironment(inherited, OLLAMA)).toEqual({
    WORKERS_AI_ENDPOINT: "openai",
    WORKERS_AI_BASE_URL: "http://127.0.0.1:11434/v1",
  });
});

test("they stay where the address is the environment's own", () => {
  const inherited = { WORKERS_AI_BASE_URL: "https://ai.example", CLOUDFLARE_API_TOKEN: "theirs" };
  const inspect = inspecting({ baseUrl: "https://ai.example" });
  expect(serverEnvironment(inherited, inspect)).toEqual(inherited);
});

test("each address has a token of its own", () => {
  const keys = [NOTHING, OLLAMA, inspecting({ baseUrl: "https://ai.example" })].map(tokenKey);
  expect(new Set(keys).size).toBe(3);
  expect(tokenKey(inspecting({ accountId: "1" }))).toBe(tokenKey(NOTHING));
});
