import { answer } from "./answer";
import { checkLimits, type Env } from "./env";
import { readQuestion } from "./question";
import { internalError, noRoute, Refusal, rateLimited, wrongMethod } from "./refusals";
import { signInOf, userOf } from "./sign-in";

const PREFIX = "^(?:/client/v4)?(?:/accounts/[^/%]+)?/ai";
const RUN = new RegExp(`^/run$|${PREFIX}/run(?:/([^%]+))?$`);
const SEARCH = new RegExp(`${PREFIX}/models/search$`);

/** Nothing here writes to the console: what people ask is theirs. */
export default {
  async fetch(request, env): Promise<Response> {
    try {
      return await respond(request, env);
    } catch (error) {
      return (error instanceof Refusal ? error : internalError()).response();
    }
  },
} satisfies ExportedHandler<Env>;

async function respond(request: Request, env: Env): Promise<Response> {
  const signIn = signInOf(env);
  checkLimits(env);
  const { pathname, searchParams } = new URL(request.url);
  const run = RUN.exec(pathname);
  if (run) {
    only("POST", request);
    const user = await userOf(request, signIn);
    if (env.RATE_LIMITER && !(await env.RATE_LIMITER.limit({ key: user })).success) {
      throw rateLimited();
    }
    return answer(readQuestion(await request.text(), run[1], env), request.headers, env);
  }
  if (SEARCH.test(pathname)) {
    only("GET", request);
    await userOf(request, signIn);
    return found(env.MODELS.filter((model) => model.includes(searchParams.get("search") ?? "")));
  }
  if (pathname === "/health") {
    only("GET", request);
    return success({ status: "ok", sign_in: signIn.by });
  }
  throw noRoute();
}

function only(method: string, request: Request): void {
  if (request.method !== method) throw wrongMethod(request.method, method);
}

function found(models: readonly string[]): Response {
  const task = { name: "Text Generation" };
  return success(models.map((id) => ({ id, name: id, source: 1, task, tags: [], properties: [] })));
}

function success(result: unknown): Response {
  return Response.json({ result, success: true, errors: [], messages: [] });
}
