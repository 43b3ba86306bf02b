/** The jobs that run: each shows its progress in a notification with a button to cancel it. */

import * as vscode from "vscode";
import type { HandleWorkDoneProgressSignature } from "vscode-languageclient/node";

type Token = Parameters<HandleWorkDoneProgressSignature>[0];
type Step = Parameters<HandleWorkDoneProgressSignature>[1];

const TOLD_MS = 8000;

type Shown = { title: string; report: (message?: string) => void; end: () => void };

export class Jobs implements vscode.Disposable {
  readonly running = new Map<Token, Shown>();
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;

  constructor(private readonly cancel: (token: Token) => void) {}

  /** Show a step of a job; false for other work, which can't be cancelled. */
  step(token: Token, step: Step): boolean {
    const begins = step.kind === "begin" && step.cancellable;
    begins && this.running.set(token, this.notification(token, step.title));
    const shown = this.running.get(token);
    if (step.kind === "report") {
      shown?.report(step.message);
    } else if (step.kind === "end" && this.running.delete(token)) {
      shown?.end();
      vscode.window.setStatusBarMessage(`${shown?.title}: ${step.message}`, TOLD_MS);
    }
    this.changed.fire();
    return shown !== undefined;
  }

  /** The server has ended, and all jobs with it. */
  dispose(): void {
    for (const shown of this.running.values()) {
      shown.end();
    }
    this.running.clear();
    this.changed.fire();
  }

  private notification(token: Token, title: string): Shown {
    const location = vscode.ProgressLocation.Notification;
    const shown: Shown = { title, report: () => {}, end: () => {} };
    // VS Code begins later, when the job may have ended already.
    const ended = new Promise<void>((resolve) => {
      shown.end = resolve;
    });
    void vscode.window.withProgress(
      { location, title, cancellable: true },
      (progress, cancelled) => {
        shown.report = (message = "") => progress.report({ message });
        cancelled.onCancellationRequested(() => this.cancel(token));
        return ended;
      },
    );
    return shown;
  }
}
