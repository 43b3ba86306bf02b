// One answer as the page shows it. Text is put in as text, never as HTML.

import { readEvent, readWhole } from "./reading.js";

const element = (id) => document.getElementById(id);

/** One answer on the page, from sending to its end; it hears what a transport reports. */
export class Answer {
  #sent = performance.now();
  #first; // when the first piece came, and the last: milliseconds as #sent
  #last;
  #heard = false;
  #frames = 0;
  #usage;
  #finish;
  #done = false;
  #failed = false;
  #most;

  /** `most` is the ceiling of its tokens. */
  constructor(most) {
    this.#most = most;
    for (const id of ["answer", "reasoning", "frames", "figures", "count", "error"]) {
      element(id).replaceChildren();
    }
    element("error").hidden = element("thinking").hidden = true;
    say("Waiting for the first token …");
  }

  // A transport calls these three without an object before them.
  line = (text) => {
    this.#heard = true;
    const row = document.createElement("div");
    const time = document.createElement("time");
    time.textContent = `${((performance.now() - this.#sent) / 1000).toFixed(3)} s`;
    row.append(time, text);
    const pane = element("frames");
    const follows = pane.scrollHeight - pane.scrollTop - pane.clientHeight < 8;
    pane.append(row);
    if (follows) {
      pane.scrollTop = pane.scrollHeight;
    }
  };

  frame = (data) => {
    this.#frames += 1;
    this.line(`data: ${data}`);
    element("count").textContent = `${this.#frames} events`;
    this.#take(readEvent(data));
  };

  whole = (status, body) => {
    this.line(body);
    this.#take(readWhole(status, body), status);
  };

  #take({ text, reasoning, usage, finish, done, error }, status) {
    if (error) {
      this.fail(error, status);
      return;
    }
    if (text || reasoning) {
      this.#last = performance.now();
      this.#first ??= this.#last;
      say(text ? "Answering …" : "Thinking …");
    }
    if (reasoning) {
      element("thinking").hidden = false;
      element("reasoning").append(reasoning);
    }
    element("answer").append(text ?? "");
    this.#usage = usage ?? this.#usage; // the last one counts the whole answer
    this.#finish = finish ?? this.#finish;
    this.#done ||= Boolean(done);
  }

  /** Shows an error in its own words; `status` is the HTTP status, where it was no stream. */
  fail({ code, message }, status) {
    this.#failed = true;
    const box = element("error");
    const name = document.createElement("strong");
    const parts = [code && `Error ${code}`, status && `HTTP ${status}`];
    name.textContent = parts.filter(Boolean).join(" · ");
    box.replaceChildren(...(name.textContent ? [name, " "] : []), message);
    box.hidden = false;
    this.#figures();
    say("Failed");
  }

  /** All has come. */
  end() {
    if (this.#failed) {
      return;
    }
    if (!this.#done && !this.#finish) {
      this.fail({ message: "The stream broke off before its end." });
      return;
    }
    this.#figures();
    const cut = this.#finish === "length" || this.#usage?.completion_tokens >= this.#most;
    say(cut ? "Cut off at max_tokens" : "Done");
  }

  /** The person stopped it. */
  stop() {
    this.#figures();
    say("Stopped");
  }

  /** The connection failed. */
  break(error) {
    const message = this.#heard
      ? `The connection broke off (${error.message}).`
      : `The endpoint cannot be reached (${error.message}): start it again, and open its new address.`;
    this.fail({ message });
  }

  #figures() {
    const { prompt_tokens, completion_tokens, prompt_tokens_details, neurons } = this.#usage ?? {};
    const wait = this.#first && seconds(this.#first - this.#sent);
    const spoke = (this.#last - this.#first) / 1000;
    const speed = spoke > 0.01 ? (completion_tokens - 1) / spoke : NaN; // one burst has no speed
    const rows = {
      "first token": wait,
      total: seconds(performance.now() - this.#sent),
      "tokens/s": speed > 0 ? speed.toFixed(1) : undefined,
      "tokens in": prompt_tokens,
      cached: prompt_tokens_details?.cached_tokens,
      "tokens out": completion_tokens,
      neurons,
      finish: this.#finish,
    };
    element("figures").replaceChildren(...Object.entries(rows).flatMap(figure));
  }
}

function figure([name, value]) {
  if (value === undefined || value === null) {
    return [];
  }
  const row = document.createElement("div");
  const [term, definition] = [document.createElement("dt"), document.createElement("dd")];
  term.textContent = name;
  definition.textContent = value;
  row.append(term, definition);
  return [row];
}

const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(2)} s`;

function say(words) {
  if (element("status").textContent !== words) {
    element("status").textContent = words;
  }
}
