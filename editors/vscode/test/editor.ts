/** As much of VS Code as the units need, and what they have asked of it. */

import { vi } from "vitest";

export const executed = vi.fn(async (..._args: unknown[]) => {});
export const registered = new Map<string, () => unknown>();
export const begun: { task: (progress: unknown, token: unknown) => Promise<void> }[] = [];

class EventEmitter {
  private readonly listeners: (() => void)[] = [];
  event = (listener: () => void) => this.listeners.push(listener);
  fire = () => {
    for (const listener of this.listeners) {
      listener();
    }
  };
}

const uri = (path: string) => ({ path, toString: () => path });

export const vscode = {
  EventEmitter,
  Uri: { from: ({ path }: { path: string }) => uri(path), parse: (text: string) => uri(text) },
  ViewColumn: { Beside: -2 },
  ProgressLocation: { Notification: 15 },
  commands: {
    executeCommand: executed,
    registerCommand: (name: string, does: () => unknown) => {
      registered.set(name, does);
      return { dispose: () => registered.delete(name) };
    },
  },
  workspace: { registerTextDocumentContentProvider: () => ({ dispose: () => {} }) },
  window: {
    activeTextEditor: { document: { uri: uri("/project/greeting.py") } },
    setStatusBarMessage: vi.fn(),
    withProgress: (_options: unknown, task: (typeof begun)[number]["task"]) => begun.push({ task }),
  },
};
