import { type Env, isJson } from "./env";
import type { Question } from "./question";
import { internalError, Refusal } from "./refusals";

// For errors that come as text alone; all other codes are 400.
const CODES_OF_STATUS: [number, number[]][] = [
  [401, [2009]],
  [403, [3023, 3041, 5016, 5018, 5035]],
  [404, [3042]],
  [405, [5005, 5019]],
  [408, [3007, 3008, 3046]],
  [410, [5028]],
  [413, [3006, 5021]],
  [429, [2003, 3021, 3036, 3040, 4006]],
  [500, [3043, 8005]],
];

/** Ask the model and pass its answer on as it comes. Throws a `Refusal` for every error. */
export async function answer(question: Question, asked: Headers, env: Env): Promise<Response> {
  let given: unknown;
  try {
    given = await env.AI.run(question.model, question.input, optionsOf(asked, env));
  } catch (error) {
    throw thrown(error);
  }
  if (given instanceof Response) return passedOn(given);
  return given instanceof ReadableStream ? streamed(given) : Response.json(enveloped(given));
}

function optionsOf(asked: Headers, env: Env): AiOptions {
  const affinity = asked.get("x-session-affinity");
  const gateway = env.GATEWAY_ID;
  return {
    // The raw response has the status, the headers and the body as they came. The binding's own
    // reading of it drops the headers, and puts code and text of an error into one string.
    returnRawResponse: true,
    // A gateway stores prompts unless it is told not to.
    ...(gateway ? { gateway: { id: gateway, collectLog: false } } : {}),
    extraHeaders: {
      ...(affinity ? { "x-session-affinity": affinity } : {}),
      ...(gateway ? { "cf-aig-collect-log-payload": "false" } : {}),
    },
  };
}

async function passedOn(raw: Response): Promise<Response> {
  const headers = new Headers();
  for (const [name, value] of raw.headers) {
    if (/^(cf-ai-|cf-aig-|retry-after$)/.test(name)) headers.set(name, value);
  }
  const type = raw.headers.get("content-type") ?? "";
  if (raw.ok && raw.body && type.startsWith("text/event-stream"))
    return streamed(raw.body, headers);
  const value = jsonIn(await raw.text());
  if (!raw.ok) {
    const status = isError(raw.status) ? raw.status : 502;
    throw refusalIn(value, status, headers) ?? internalError(status, headers);
  }
  if (value === undefined) throw internalError(502, headers);
  return Response.json(enveloped(value), { headers });
}

function streamed(body: ReadableStream, headers = new Headers()): Response {
  headers.set("content-type", "text/event-stream");
  headers.set("cache-control", "no-cache");
  return new Response(body, { headers });
}

function enveloped(result: unknown): unknown {
  if (isJson(result) && "success" in result && "result" in result) return result;
  return { result, success: true, errors: [], messages: [] };
}

/** Read what the binding threw: an error with fields, JSON as its message, or `CODE: text`. */
function thrown(error: unknown): Refusal {
  const message = error instanceof Error ? error.message : "";
  const fielded = isJson(error) ? refusalIn({ ...error, message }) : undefined;
  const [, code, text] = /^(\d{4,5}): (.+)$/s.exec(message) ?? [];
  const coded = code && text ? { internalCode: Number(code), message: text } : undefined;
  return fielded ?? refusalIn(coded) ?? refusalIn(jsonIn(message)) ?? internalError();
}

/** Find the error in any of Cloudflare's envelopes, or in a bare `AiError`. */
function refusalIn(value: unknown, status?: number, headers?: HeadersInit): Refusal | undefined {
  if (!isJson(value)) return undefined;
  const { errors, error, internalCode, httpCode, message, description } = value;
  const told = errors ?? error;
  const first: unknown = Array.isArray(told) ? told[0] : told;
  const known = isJson(first) ? first : { code: internalCode, message: message || description };
  const { code, message: text } = known;
  if ((typeof code !== "number" && typeof code !== "string") || typeof text !== "string") {
    return undefined;
  }
  const usual = CODES_OF_STATUS.find(([, codes]) => codes.includes(Number(code)))?.[0] ?? 400;
  const stated = [httpCode, status].find((each) => typeof each === "number" && isError(each));
  return new Refusal(typeof stated === "number" ? stated : usual, code, text, headers);
}

function isError(status: number): boolean {
  return status >= 400 && status < 600;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
