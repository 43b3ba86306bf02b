import { WorkerEntrypoint } from "cloudflare:workers";
import type { Json } from "../../src/env";

interface Env {
  /** What takes the place of `https://api.cloudflare.com/client/v4`. */
  LOCAL_AI_URL: string;
  LOCAL_AI_ACCOUNT: string;
  LOCAL_AI_TOKEN: string;
}

/** Stands where the AI binding is, and asks the local endpoint instead of Cloudflare's network. */
export class LocalAi extends WorkerEntrypoint<Env> {
  async run(model: string, input: Json, options: AiOptions = {}) {
    const { LOCAL_AI_URL: url, LOCAL_AI_ACCOUNT: account, LOCAL_AI_TOKEN: token } = this.env;
    const response = await fetch(`${url}/accounts/${account}/ai/run/${model}`, {
      method: "POST",
      headers: {
        ...options.extraHeaders,
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
      },
      body: JSON.stringify(input),
    });
    return options.returnRawResponse ? response : response.body;
  }
}

export default {
  fetch: () => new Response("This Worker is only called by another one.", { status: 404 }),
} satisfies ExportedHandler;
