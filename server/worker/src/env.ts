import { misconfigured } from "./refusals";

/** What wrangler.jsonc and the secrets give the Worker. */
export interface Env {
  AI: Inference;
  /** Requests per user; without it nobody is limited. */
  RATE_LIMITER?: RateLimit;
  /** The models that may be used; the first is used where a request names none. */
  MODELS: string[];
  /** The most tokens of one answer. */
  MAX_TOKENS: number;
  /** An AI Gateway to go through. */
  GATEWAY_ID?: string;
  /** `team.cloudflareaccess.com`; with `ACCESS_AUDIENCE` it turns sign-in by Access on. */
  ACCESS_TEAM_DOMAIN?: string;
  /** The Access application's audience tag. */
  ACCESS_AUDIENCE?: string;
  /** Without Access: a line `NAME SHA256` per user, the hash in hex (a secret). */
  USER_KEYS?: string;
}

export type Json = Record<string, unknown>;

/** Throw a `Refusal` where a limit is not what it should be, for it would limit nothing. */
export function checkLimits({ MODELS: models, MAX_TOKENS: ceiling }: Env): void {
  if (!Array.isArray(models) || models.some((model) => typeof model !== "string")) {
    throw misconfigured("MODELS is not a list of model ids");
  }
  if (!Number.isInteger(ceiling) || ceiling < 1) {
    throw misconfigured("MAX_TOKENS is not a whole number above 0");
  }
}

/** The part of the AI binding that is used; `run` gives a `Response`, a stream or a value. */
export interface Inference {
  run(model: string, input: Json, options: AiOptions): Promise<unknown>;
}

export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
