import { beforeEach, expect, test, vi } from "vitest";
import { Jobs } from "../src/jobs";
import { begun } from "./editor";

vi.mock("vscode", async () => (await import("./editor.js")).vscode);

const BEGIN = { kind: "begin", title: "AI: Refactor", cancellable: true } as const;
const END = { kind: "end", message: "done" } as const;

beforeEach(() => begun.splice(0));

test("a job that ends before VS Code shows it leaves no notification", async () => {
  const jobs = new Jobs(() => {});
  expect(jobs.step("t", BEGIN)).toBe(true);
  expect(jobs.step("t", END)).toBe(true);
  await begun[0]?.task({ report: () => {} }, { onCancellationRequested: () => {} });
  expect(jobs.running.size).toBe(0);
});

test("what is reported is shown, and the button cancels this job", () => {
  const cancel = vi.fn();
  const report = vi.fn();
  const jobs = new Jobs(cancel);
  jobs.step("t", BEGIN);
  const press: (() => void)[] = [];
  const button = { onCancellationRequested: (does: () => void) => press.push(does) };
  void begun[0]?.task({ report }, button);
  jobs.step("t", { kind: "report", message: "1 token" });
  expect(report).toHaveBeenCalledWith({ message: "1 token" });
  press[0]?.();
  expect(cancel).toHaveBeenCalledWith("t");
});

test("work that can't be cancelled is left to the status bar", () => {
  const jobs = new Jobs(() => {});
  expect(jobs.step("index", { kind: "begin", title: "Reading project" })).toBe(false);
  expect(jobs.step("index", { kind: "end" })).toBe(false);
  expect(begun).toEqual([]);
});

test("when the server ends, its jobs do", async () => {
  const jobs = new Jobs(() => {});
  jobs.step("t", BEGIN);
  const ended = begun[0]?.task({ report: () => {} }, { onCancellationRequested: () => {} });
  jobs.dispose();
  await ended;
  expect(jobs.running.size).toBe(0);
});
