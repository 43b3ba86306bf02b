import { type Env, isJson, type Json } from "./env";
import { badInput, invalidInput, modelNotAllowed } from "./refusals";

/** What to ask which model; `input` is within the limits. */
export interface Question {
  model: string;
  input: Json;
}

const TOKEN_LIMITS = ["max_tokens", "max_completion_tokens"];
// Each asks for several answers at once, which would go round the ceiling.
const MULTIPLIERS = ["requests", "n"];

/**
 * Read a body: the input itself, with `model` beside it, or `{model, input}`.
 *
 * `pathModel` is the model that the URL names; it takes precedence. Throws a `Refusal`.
 */
export function readQuestion(body: string, pathModel: string | undefined, env: Env): Question {
  const { model: named, ...flat } = parsed(body);
  const model = pathModel ?? named ?? env.MODELS[0];
  if (typeof model !== "string") throw badInput("required properties at '/' are 'model'");
  if (!env.MODELS.includes(model)) throw modelNotAllowed(model, env.MODELS);
  const input = pathModel === undefined && isJson(flat.input) ? flat.input : flat;
  if (!("messages" in input) && !("prompt" in input)) {
    throw badInput(
      "oneOf at '/' not met, 0 matches: required properties at '/' are 'prompt', " +
        "required properties at '/' are 'messages'",
    );
  }
  return { model, input: withinCeiling(input, env.MAX_TOKENS) };
}

function parsed(body: string): Json {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw invalidInput();
  }
  if (!isJson(value)) throw badInput(`Type mismatch of '/', 'object' not in '${kindOf(value)}'`);
  return value;
}

/** Lower the token limits to `ceiling`, and set one: a model's own default is not ours to trust. */
function withinCeiling(input: Json, ceiling: number): Json {
  for (const name of MULTIPLIERS) {
    if (name in input) {
      throw badInput(`Additional or unevaluated properties '/${name}' at '/' not allowed`);
    }
  }
  const limited = { ...input };
  for (const name of TOKEN_LIMITS) {
    const asked = input[name] ?? ceiling;
    if (typeof asked !== "number") {
      throw badInput(`Type mismatch of '/${name}', 'integer' not in '${kindOf(asked)}'`);
    }
    // Some engines take a limit below 1 for none.
    if (asked < 1) throw badInput(`'/${name}' must be >= 1`);
    if (name in input) limited[name] = Math.min(asked, ceiling);
  }
  limited.max_tokens ??= limited.max_completion_tokens ?? ceiling;
  return limited;
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
