import { expect, vi } from "vitest";
import type { Env, Inference } from "../src/env";
import worker from "../src/index";

export const ORIGIN = "https://ai.team.example";
export const REST = "/client/v4/accounts/0123456789abcdef0123456789abcdef/ai/run/@cf/team/coder";
export const ADAS_KEY = "wai_adas-key";
export const MESSAGES = [{ role: "user", content: "the secret of the prompt" }];

// printf %s wai_adas-key | sha256sum; and so of wai_bobs-key and wai_bobs-other-key
export const USER_KEYS = `# the team
ada ff9e3a65565f9f372b19fbac85c91d817df663282f7e1ba04dd9a32a2cb52a6b

bob 9b1b6d0685089288fd1eb1aa66c703cb1fb54865b34f58e064072e7102426d5b
bob 3bfadc2d1b979ed89e2f933acca3ea1d56d28880b50fe12dff206ec709d52d4d
`;

/** A binding that answers all with `given`, or does what the function `given` does. */
export function binding(given: unknown = { response: "Hi" }) {
  const run = vi.fn<Inference["run"]>();
  run.mockImplementation(async (...asked) =>
    typeof given === "function" ? given(...asked) : given,
  );
  return { run };
}

export function teamEnv(other: Partial<Env> = {}): Env {
  const MODELS = ["@cf/team/coder", "@cf/team/thinker"];
  return { AI: binding(), MODELS, MAX_TOKENS: 1000, USER_KEYS, ...other };
}

interface Asked {
  env?: Env;
  path?: string;
  method?: string;
  headers?: Record<string, string>;
  body?: unknown;
}

/** Ask as Ada, who has a key, unless told otherwise; a string is sent as it is. */
export function ask({ env, path = "/run", method = "POST", headers, body }: Asked = {}) {
  const sent = typeof body === "string" ? body : JSON.stringify(body ?? { messages: MESSAGES });
  const request = new Request<unknown, IncomingRequestCfProperties>(ORIGIN + path, {
    method,
    headers: headers ?? { authorization: `Bearer ${ADAS_KEY}` },
    ...(method === "POST" ? { body: sent } : {}),
  });
  return worker.fetch(request, env ?? teamEnv());
}

/** Check status and code in Cloudflare's envelope; gives the message. */
export async function refusal(response: Response, status: number, code: number | string) {
  const told = await response.json<{ errors: { code: number; message: string }[] }>();
  expect(told).toEqual({
    errors: [{ message: expect.any(String), code }],
    success: false,
    result: {},
    messages: [],
  });
  expect(response.status).toBe(status);
  expect(JSON.stringify(told)).not.toContain("the secret of the prompt");
  return told.errors[0]?.message ?? "";
}
