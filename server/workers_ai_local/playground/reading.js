// What comes back, read: the events of a stream however it is cut, and what each of them says.

/** Returns a function that takes the stream's next text and returns the data of the events in it. */
export function eventSplitter() {
  let rest = "";
  let data = [];
  return (text) => {
    // A carriage return at the end may be half of a line end: it waits for what follows.
    const [, whole, kept] = /^([^]*?)(\r?)$/.exec(rest + text);
    const lines = whole.split(/\r\n|\n|\r/);
    rest = lines.pop() + kept;
    const events = [];
    for (const line of lines) {
      if (line.startsWith("data:")) {
        data.push(line.slice(5).replace(/^ /, ""));
      } else if (line === "" && data.length) {
        events.push(data.join("\n"));
        data = [];
      }
    }
    return events;
  };
}

/**
 * Reads the data of one event, of any shape: `{done}`, `{error: {code, message}}`, or whichever it
 * has of `text`, `reasoning`, `usage` and `finish` (the finish reason).
 */
export function readEvent(data) {
  if (data.trim() === "[DONE]") {
    return { done: true };
  }
  const value = parsed(data);
  if (value === undefined) {
    return { error: { message: `The stream holds what is no JSON: ${shortened(data)}` } };
  }
  return errorOf(value) ?? said(value);
}

/** Reads an answer that came in one piece: the same, and always `done` unless it is an error. */
export function readWhole(status, body) {
  const value = parsed(body);
  const error = value === undefined ? undefined : errorOf(value);
  if (error) {
    return error;
  }
  if (value === undefined || status >= 400) {
    return { error: { message: shortened(body) || "The answer is empty." } };
  }
  return { ...said(value?.result ?? value), done: true };
}

function said(value) {
  const choice = value?.choices?.[0];
  const delta = choice?.delta ?? choice?.message;
  return {
    // The dual shape says everything twice.
    text: textOf(delta ? delta.content : value?.response),
    reasoning: textOf(delta?.reasoning_content ?? delta?.reasoning),
    usage: value?.usage ?? undefined,
    finish: choice?.finish_reason ?? undefined,
  };
}

function errorOf(value) {
  const found = [value?.errors, value?.error].flat().find((each) => each);
  if (!found) {
    return value?.choices?.[0]?.finish_reason === "error"
      ? { error: { message: "The model failed in the middle of its answer." } }
      : undefined;
  }
  const message = typeof found === "string" ? found : (found.message ?? JSON.stringify(found));
  return { error: { code: found.code, message } };
}

// Pieces can be numbers, objects, null or missing.
function textOf(piece) {
  if (piece === undefined || piece === null) {
    return "";
  }
  return typeof piece === "object" ? JSON.stringify(piece) : String(piece);
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function shortened(text) {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
