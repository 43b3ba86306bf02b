// The form: what is asked, by which way, and stopping.

import { Answer } from "./answer.js";
import { TRANSPORTS, servedModels } from "./transports.js";

const DEFAULT_MAX_TOKENS = 256;
const NUMBERS = [
  "temperature",
  "max_tokens",
  "top_p",
  "top_k",
  "seed",
  "repetition_penalty",
  "frequency_penalty",
  "presence_penalty",
];

const NARROW = matchMedia("(max-width: 56rem)"); // the answer stands below the form

const element = (id) => document.getElementById(id);
const meta = (name) => document.querySelector(`meta[name="${name}"]`).content;
const endpoint = { token: meta("endpoint-token"), api: meta("endpoint-api") };
const form = element("ask");
let running; // the AbortController of the request that runs, if one does

async function send() {
  if (running) {
    return;
  }
  running = new AbortController();
  const ask = asked();
  const answer = new Answer(ask.input.max_tokens ?? DEFAULT_MAX_TOKENS);
  showRunning(true);
  if (NARROW.matches) {
    element("answer").scrollIntoView({ block: "nearest" });
  }
  try {
    const transport = TRANSPORTS[form.elements.transport.value];
    await transport(endpoint, ask, running.signal, answer);
    answer.end();
  } catch (error) {
    if (running.signal.aborted) {
      answer.stop();
    } else {
      answer.break(error);
    }
  } finally {
    running = undefined;
    showRunning(false);
  }
}

function asked() {
  const { model, system, user, stream } = form.elements;
  const messages = [
    { role: "system", content: system.value },
    { role: "user", content: user.value },
  ].filter(({ role, content }) => role === "user" || content.trim());
  const given = NUMBERS.map((name) => [name, form.elements[name]])
    .filter(([, field]) => field.value !== "")
    .map(([name, field]) => [name, field.valueAsNumber]);
  const input = { messages, stream: stream.checked, ...Object.fromEntries(given) };
  return { model: model.value, input };
}

function showRunning(is) {
  const [use, leave] = is ? ["stop", "send"] : ["send", "stop"];
  element(use).disabled = false;
  if (document.activeElement === element(leave)) {
    element(use).focus(); // a disabled button would drop the keyboard's place
  }
  element(leave).disabled = true;
  element("answer").setAttribute("aria-busy", is); // read out whole, not word by word
}

async function showModels() {
  try {
    const models = await servedModels(endpoint);
    form.elements.model.append(...models.map(({ name }) => new Option(name)));
  } catch (error) {
    new Answer(DEFAULT_MAX_TOKENS).fail({ message: `The models cannot be listed (${error.message}).` });
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
element("stop").addEventListener("click", () => running?.abort());
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    send();
  } else if (event.key === "Escape") {
    running?.abort();
  }
});
element("origin").textContent = location.origin;
showModels();
