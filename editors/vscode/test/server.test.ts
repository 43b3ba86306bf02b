import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { NoPython, serverCommand } from "../src/server";

let folder: string;
let bundle: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "workers-ai-"));
  bundle = join(folder, "bundled");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function bundled(...versions: string[]) {
  mkdirSync(bundle);
  writeFileSync(join(bundle, "pythons.json"), JSON.stringify(versions));
}

/** A program that says that it is this version of Python. */
function python(name: string, version: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\necho ${version}\n`);
  chmodSync(path, 0o755);
  return path;
}

const find = (path: string[], interpreter: string, selected?: string, PYTHONPATH?: string) =>
  serverCommand(path, interpreter, bundle, selected, { PATH: folder, PYTHONPATH });

test("the setting goes before the bundle", async () => {
  bundled("3.12");
  python("python3", "3.12");
  const program = python("mine", "any version");
  expect(await find([program, "serve"], "")).toMatchObject({ program, args: ["serve"] });
});

test("without a bundle the environment's command answers", async () => {
  await expect(find([], "")).rejects.toThrow("workers-ai-ls does not start: install it, or set");
  python("workers-ai-ls", "0.1.0");
  expect(await find([], "")).toMatchObject({ program: "workers-ai-ls", args: [] });
});

test("the bundle runs by the first Python that it has packages for", async () => {
  bundled("3.12", "3.13");
  python("python3", "3.9");
  python("python3.13", "3.13");
  python("python", "3.12");
  const { program, args, env } = await find([], "");
  expect([program, ...args]).toEqual(["python3.13", "-P", "-m", "workers_ai_ls"]);
  expect(env.PYTHONPATH).toBe(join(bundle, "libs"));
});

test("the Python that is selected goes before those on the PATH", async () => {
  bundled("3.12");
  python("python3", "3.12");
  const selected = python("venv-python", "3.12");
  expect(await find([], "", selected)).toMatchObject({ program: selected });
});

test("the user's own PYTHONPATH comes after the bundle's packages", async () => {
  bundled("3.12");
  python("python3", "3.12");
  const { env } = await find([], "", undefined, "/mine");
  expect(env.PYTHONPATH).toBe([join(bundle, "libs"), "/mine"].join(delimiter));
});

test("the interpreter of the setting is the only one that is asked", async () => {
  bundled("3.11", "3.12");
  python("python3", "3.12");
  const old = python("old", "3.8");
  await expect(find([], old)).rejects.toThrow(
    `${old} is Python 3.8: name Python 3.11 or 3.12 in the setting workersAI.server.interpreter.`,
  );
  await expect(find([], "/missing")).rejects.toThrow("/missing is no Python that starts");
});

test("without a Python the message says what to install", async () => {
  bundled("3.11", "3.12", "3.13");
  const missing = find([], "");
  await expect(missing).rejects.toBeInstanceOf(NoPython);
  await expect(missing).rejects.toThrow("install Python 3.11, 3.12 or 3.13, or name it");
});
