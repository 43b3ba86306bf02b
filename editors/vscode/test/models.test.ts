import { expect, test, vi } from "vitest";
import { entryOf } from "../src/models";

vi.mock("vscode", () => ({}));

const price = { usd_per_m_input: 0.66, usd_per_m_output: 1 };
const USUAL = { id: "@cf/a/usual", context_window: 32768, price, default: true };
const OTHER = { id: "@cf/a/other", context_window: 4096, price: null, default: false };

test("an entry tells size and price", () => {
  expect(entryOf(USUAL, "@cf/a/other")).toEqual({
    model: undefined,
    label: "@cf/a/usual",
    description: "32,768 tokens · $0.66 / $1 per M tokens · default",
  });
});

test("the one that answers now is marked", () => {
  expect(entryOf(USUAL, "").label).toBe("$(check) @cf/a/usual");
  expect(entryOf(OTHER, "").label).toBe("@cf/a/other");
  expect(entryOf(OTHER, "@cf/a/other")).toMatchObject({
    label: "$(check) @cf/a/other",
    model: "@cf/a/other",
  });
});
