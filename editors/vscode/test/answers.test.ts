import { beforeEach, expect, test, vi } from "vitest";

import { Answers } from "../src/answers";
import { executed } from "./editor";

vi.mock("vscode", async () => (await import("./editor.js")).vscode);

const token = "workers-ai/explain/1";

beforeEach(() => executed.mockClear());

/** The path of the document that was opened last, and its text. */
function shown(answers: Answers) {
  const uri = executed.mock.lastCall?.[1] as Parameters<
    typeof answers.provideTextDocumentContent
  >[0];
  return { path: uri.path, text: answers.provideTextDocumentContent(uri) };
}

test("an explanation is opened once, and grows", () => {
  const answers = new Answers();
  answers.receive({ token, action: "explain", delta: "It " });
  answers.receive({ token, action: "explain", delta: "greets." });
  expect(executed).toHaveBeenCalledTimes(1);
  expect(shown(answers)).toEqual({ path: `/${token}/Explain greeting.py.md`, text: "It greets." });
});

test("the complete text takes the place of what came before", () => {
  const answers = new Answers();
  answers.receive({ token, action: "explain", delta: "It" });
  answers.receive({ token, action: "explain", text: "It greets." });
  expect(shown(answers).text).toBe("It greets.");
});

test("the code of an edit is not shown while it grows", () => {
  const answers = new Answers();
  answers.receive({ token, action: "refactor", delta: "def" });
  answers.receive({ token, action: "refactor", text: "" });
  expect(executed).not.toHaveBeenCalled();
});

test("a prompt is shown again each time it is asked for", () => {
  const answers = new Answers();
  for (const text of ["first", "second"]) {
    answers.receive({ token: "workers-ai/prompt", action: "prompt", uri: "/x/a.py", text });
    expect(shown(answers)).toEqual({ path: "/workers-ai/prompt/Prompt a.py.md", text });
  }
  expect(executed).toHaveBeenCalledTimes(2);
});
