// The two ways to ask. Each takes the endpoint `{api, token}`, what is asked `{model, input}`, a
// signal that aborts, and `heard` with `frame(data)` for an event, `whole(status, body)` for an
// answer in one piece and `line(text)` for what is only shown. It resolves when all has come, and
// rejects when it was aborted or the endpoint cannot be reached.

import { eventSplitter } from "./reading.js";

/** Asks the API itself: `POST …/ai/run/{model}`. */
async function byFetch(endpoint, { model, input }, signal, heard) {
  const response = await post(endpoint, `${endpoint.api}/run/${model}`, input, signal);
  const kind = response.headers.get("content-type") ?? "";
  heard.line(`HTTP ${response.status} ${kind} cf-ai-req-id: ${response.headers.get("cf-ai-req-id")}`);
  if (!kind.startsWith("text/event-stream")) {
    heard.whole(response.status, await response.text());
    return;
  }
  const split = eventSplitter();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    split(step.value).forEach(heard.frame);
  }
}

/** Asks for an address that answers GET, and reads that with EventSource. */
async function byEventSource(endpoint, ask, signal, heard) {
  const given = await post(endpoint, "/playground/events", ask, signal);
  if (!given.ok) {
    heard.whole(given.status, await given.text());
    return;
  }
  const { address } = await given.json();
  await new Promise((resolve, reject) => {
    const source = new EventSource(address);
    const end = (settle, value) => {
      source.close();
      settle(value);
    };
    signal.addEventListener("abort", () => end(reject, signal.reason), { once: true });
    source.onopen = () => heard.line("EventSource opened");
    source.onmessage = (event) => heard.frame(event.data);
    source.addEventListener("whole", (event) => {
      const { status, body } = JSON.parse(event.data);
      heard.whole(status, body);
    });
    // An end of the stream is an "error" too: left alone, the browser would ask again.
    source.onerror = () => end(resolve);
  });
}

export const TRANSPORTS = { fetch: byFetch, EventSource: byEventSource };

/** Returns the models that the endpoint serves, or throws the API's words. */
export async function servedModels(endpoint) {
  const headers = { authorization: `Bearer ${endpoint.token}` };
  const response = await fetch(`${endpoint.api}/models/search`, { headers });
  const { result, errors } = await response.json();
  if (!response.ok) {
    throw new Error(errors.map(({ code, message }) => `${code}: ${message}`).join("; "));
  }
  return result;
}

function post(endpoint, address, value, signal) {
  const headers = {
    authorization: `Bearer ${endpoint.token}`,
    "content-type": "application/json",
  };
  return fetch(address, { method: "POST", headers, body: JSON.stringify(value), signal });
}
