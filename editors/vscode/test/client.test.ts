import { expect, test, vi } from "vitest";
import type { CodeAction, Command, LogOutputChannel } from "vscode";
import type { LanguageClientOptions } from "vscode-languageclient/node";

import { makeClient } from "../src/client";
import { executed, registered } from "./editor";

vi.mock("vscode", async () => (await import("./editor.js")).vscode);
vi.mock("vscode-languageclient/node", () => ({
  LanguageClient: class {
    onNotification = () => {};
    constructor(_id: string, _name: string, _server: unknown, options: LanguageClientOptions) {
      made.push(options);
    }
  },
}));

const made: LanguageClientOptions[] = [];
makeClient({} as LogOutputChannel, () => ({ program: "", args: [], env: {} }));

/** VS Code's list, where the server has listed `action` alone. */
async function listed(action: object): Promise<{ command: Command }[]> {
  const asked = made[0]?.middleware?.provideCodeActions as (...args: unknown[]) => unknown;
  return (await asked({}, {}, {}, {}, async () => [action as CodeAction])) as never;
}

const cancelling = (job: number) => ({
  title: "AI: Cancel",
  command: { title: "AI: Cancel", command: "workers-ai.cancel", arguments: [{ job }] },
});

test("a listed action runs with its arguments, though VS Code is given none to forget", async () => {
  const lists = await Promise.all([listed(cancelling(1)), listed(cancelling(2))]);
  for (const [index, [action]] of lists.entries()) {
    expect(action?.command.arguments).toBeUndefined();
    registered.get(action?.command.command ?? "")?.();
    expect(executed).toHaveBeenLastCalledWith("workers-ai.cancel", { job: index + 1 });
  }
});

test("of what was listed long ago nothing is kept", async () => {
  for (let job = 0; job < 300; job++) {
    await listed(cancelling(job));
  }
  expect(registered.size).toBe(200);
});
