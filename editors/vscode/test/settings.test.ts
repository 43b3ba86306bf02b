import { expect, test } from "vitest";
import { type Inspect, settingsForServer, userValue } from "../src/settings";

const inspecting =
  (settings: Record<string, ReturnType<Inspect>>): Inspect =>
  (name) =>
    settings[name];

test("VS Code's defaults are not sent", () => {
  const inspect: Inspect = () => ({ defaultValue: "x" }) as ReturnType<Inspect>;
  expect(settingsForServer(inspect)).toEqual({});
});

test("what is set is sent, nested", () => {
  const inspect = inspecting({
    model: { globalValue: "@cf/a/b" },
    "context.maxTokens": { workspaceValue: 1000 },
    "context.conventions": { globalValue: [] },
    followUps: { workspaceFolderValue: false },
  });
  expect(settingsForServer(inspect)).toEqual({
    model: "@cf/a/b",
    context: { maxTokens: 1000, conventions: [] },
    followUps: false,
  });
});

test("the folder goes before the workspace, and that before the user", () => {
  const all = { globalValue: 1, workspaceValue: 2, workspaceFolderValue: 3 };
  expect(userValue(all)).toBe(3);
  expect(userValue({ ...all, workspaceFolderValue: undefined })).toBe(2);
});

test("a repository takes nothing away from the files that the user keeps back", () => {
  const inspect = inspecting({
    "context.exclude": { globalValue: ["secrets/**"], workspaceValue: ["*.sql", "secrets/**"] },
  });
  expect(settingsForServer(inspect)).toEqual({ context: { exclude: ["secrets/**", "*.sql"] } });
});

test("endpoint and credentials never go over LSP", () => {
  const inspect: Inspect = () => ({ globalValue: "set" });
  const sent = Object.keys(settingsForServer(inspect));
  for (const name of ["accountId", "apiToken", "baseUrl", "endpoint", "headers"]) {
    expect(sent).not.toContain(name);
  }
});
