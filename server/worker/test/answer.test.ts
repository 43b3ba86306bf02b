import { describe, expect, it, vi } from "vitest";
import type { Env } from "../src/env";
import { ask, binding, MESSAGES, REST, refusal, teamEnv } from "./asking";

const STREAMED = { messages: MESSAGES, stream: true };
const SSE = { "content-type": "text/event-stream; charset=utf-8" };

function answered(given: unknown, other: Partial<Env> = {}) {
  return ask({ env: teamEnv({ AI: binding(given), ...other }), body: STREAMED });
}

function thrower(error: unknown) {
  return () => {
    throw error;
  };
}

/** A stream whose chunks the test makes. */
function handMade() {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  return {
    readable,
    writer,
    write: (text: string) => writer.write(new TextEncoder().encode(text)),
  };
}

async function next(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<string> {
  return new TextDecoder().decode((await reader.read()).value);
}

describe("a stream", () => {
  it.each<[string, (stream: ReadableStream) => unknown]>([
    ["a raw response", (stream) => new Response(stream, { headers: SSE })],
    ["the binding itself", (stream) => stream],
  ])("of %s is passed on chunk by chunk", async (_, given) => {
    const { readable, write, writer } = handMade();
    const response = await answered(given(readable));
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    const reader = response.body?.getReader() as ReadableStreamDefaultReader<Uint8Array>;
    for (const chunk of ['data: {"response":"a"}\n\n', "data: [DO", "NE]\n\n"]) {
      // Each chunk is read before the next one is there.
      const [read] = await Promise.all([next(reader), write(chunk)]);
      expect(read).toBe(chunk);
    }
    await Promise.all([reader.read(), writer.close()]);
  });

  it("is cancelled with the request", async () => {
    const cancel = vi.fn();
    const response = await answered(new ReadableStream({ cancel }));
    await response.body?.cancel();
    expect(cancel).toHaveBeenCalledOnce();
  });

  it("keeps the headers that tell of the request, and no others", async () => {
    const headers = { ...SSE, "cf-ai-req-id": "1", "cf-aig-log-id": "2", "set-cookie": "a=b" };
    const response = await answered(new Response("data: [DONE]\n\n", { headers }));
    expect(Object.fromEntries(response.headers)).toEqual({
      "cache-control": "no-cache",
      "cf-ai-req-id": "1",
      "cf-aig-log-id": "2",
      "content-type": "text/event-stream",
    });
  });
});

describe("an answer in one piece", () => {
  const result = { response: "Hi", usage: { completion_tokens: 1 } };
  const whole = { result, success: true, errors: [], messages: [] };

  it.each<[string, () => unknown]>([
    ["a raw response", () => Response.json(result)],
    ["an enveloped one", () => Response.json(whole)],
    ["a value", () => result],
  ])("from %s is enveloped once", async (_, given) => {
    expect(await (await answered(given)).json()).toEqual(whole);
  });

  it("keeps its headers", async () => {
    const response = await answered(Response.json(result, { headers: { "cf-ai-neurons": "1.5" } }));
    expect(response.headers.get("cf-ai-neurons")).toBe("1.5");
  });

  it("that is none is an error", async () => {
    await refusal(await answered(new Response("<html>")), 502, 8005);
  });
});

describe("what the binding is told", () => {
  async function options(other: Partial<Env>, headers: Record<string, string> = {}) {
    const AI = binding();
    const authorization = "Bearer wai_adas-key";
    await ask({
      env: teamEnv({ AI, ...other }),
      path: REST,
      headers: { authorization, ...headers },
    });
    return AI.run.mock.calls[0]?.[2];
  }

  it("is nothing of the request's credentials", async () => {
    expect(await options({})).toEqual({ returnRawResponse: true, extraHeaders: {} });
  });

  it("is to go through the gateway, which stores no prompt", async () => {
    expect(await options({ GATEWAY_ID: "team" })).toEqual({
      returnRawResponse: true,
      gateway: { id: "team", collectLog: false },
      extraHeaders: { "cf-aig-collect-log-payload": "false" },
    });
  });

  it("is the session, for the prefix cache", async () => {
    const told = await options({}, { "x-session-affinity": "abc" });
    expect(told?.extraHeaders).toEqual({ "x-session-affinity": "abc" });
  });
});

describe("an error response of the binding", () => {
  const aiError = { name: "AiError", message: "AiError: Model has been deprecated", httpCode: 410 };

  it.each<[number, unknown, number, number | string]>([
    [410, { ...aiError, internalCode: 5028, description: "d", requestId: "r" }, 410, 5028],
    [429, { errors: [{ message: "Capacity", code: 3040 }], success: false }, 429, 3040],
    [429, { success: false, error: [{ code: 2003, message: "Rate limited" }] }, 429, 2003],
    [400, { error: { code: "invalid_prompt", message: "Request timeout" } }, 400, "invalid_prompt"],
    [500, { nothing: "known" }, 500, 8005],
    [302, { nothing: "known" }, 502, 8005],
  ])("%d %j", async (status, body, toldStatus, code) => {
    const response = await answered(
      Response.json(body, { status, headers: { "retry-after": "7" } }),
    );
    expect(response.headers.get("retry-after")).toBe("7");
    await refusal(response, toldStatus, code);
  });

  it("that is a page keeps its status", async () => {
    await refusal(await answered(new Response("<html>", { status: 502 })), 502, 8005);
  });
});

describe("an error thrown by the binding", () => {
  class AiError extends Error {
    constructor(
      message: string,
      readonly internalCode?: number,
      readonly httpCode?: number,
    ) {
      super(message);
    }
  }

  it.each<[string, unknown, number, number | string]>([
    ["with fields", new AiError("AiError: new", 5999, 451), 451, 5999],
    ["with a code alone", new AiError("AiError: gone", 5028), 410, 5028],
    ["as text", new Error("5021: too long"), 413, 5021],
    ["as text with a plain code", new Error("5007: No such model"), 400, 5007],
    ["as JSON", new Error('{"internalCode":3046,"description":"Request timeout"}'), 408, 3046],
    ["as an envelope", new Error('{"errors":[{"code":5018,"message":"no"}]}'), 403, 5018],
    ["of another kind", new Error("the secret of the prompt"), 500, 8005],
    ["that is none", "the secret of the prompt", 500, 8005],
  ])("%s", async (_, error, status, code) => {
    await refusal(await answered(thrower(error)), status, code);
  });
});
