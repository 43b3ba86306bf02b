/** Refusals in Cloudflare's words, codes and envelope, so that clients need no others. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: number | string,
    message: string,
    readonly headers: HeadersInit = {},
  ) {
    super(message);
  }

  response(): Response {
    const body = {
      errors: [{ message: this.message, code: this.code }],
      success: false,
      result: {},
      messages: [],
    };
    return Response.json(body, { status: this.status, headers: this.headers });
  }
}

export const noRoute = () => new Refusal(400, 7000, "No route for that URI");

export const wrongMethod = (method: string, allowed: string) =>
  new Refusal(405, 7001, `${method} not supported for requested URI.`, { allow: allowed });

/** Whoever set the Worker up has to act: nobody is let in before that. */
export const misconfigured = (what: string) =>
  new Refusal(403, 10000, `Authentication error: this Worker refuses every request, for ${what}`);

export const notSignedIn = (why: string) =>
  new Refusal(401, 10000, `Authentication error: ${why}`, { "www-authenticate": "Bearer" });

export const signInUnavailable = () =>
  new Refusal(503, 8005, "Cloudflare Access's keys cannot be fetched just now; try again");

export const rateLimited = () =>
  new Refusal(429, 3021, ai("AiError: rate limiting: inference request per min rate reached"));

export const modelNotAllowed = (model: string, allowed: readonly string[]) =>
  new Refusal(
    403,
    5018,
    ai(`Ai: This account is not allowed to access ${model}; allowed here: ${allowed.join(", ")}`),
  );

export const invalidInput = () => new Refusal(400, 8001, ai("AiError: Invalid input"));

export const badInput = (what: string) =>
  new Refusal(400, 5006, `AiError: Bad input: Error: ${what}`);

export const internalError = (status = 500, headers: HeadersInit = {}) =>
  new Refusal(status, 8005, "Internal server error", headers);

function ai(message: string): string {
  return `AiError: ${message} (${crypto.randomUUID()})`;
}
