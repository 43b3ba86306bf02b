import { afterEach, beforeEach, expect, type MockInstance, vi } from "vitest";

const WRITERS = ["debug", "error", "info", "log", "trace", "warn", "dir", "table"] as const;
let writers: MockInstance[] = [];

// Whatever a test does: nothing is ever written to the console, so no prompt is.
beforeEach(() => {
  writers = WRITERS.map((writer) => vi.spyOn(console, writer));
});

afterEach(() => {
  for (const writer of writers) expect(writer).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});
