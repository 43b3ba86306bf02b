/** Which program is the server: the setting's, the bundled one, or the environment's. */

import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

/** A program, and the whole of its environment. */
export type Command = { program: string; args: readonly string[]; env: NodeJS.ProcessEnv };

/** No Python fits; the message says in one sentence what to do. */
export class NoPython extends Error {}

const ASK = "import sys; print('%d.%d' % sys.version_info[:2])";
const SETTING = "in the setting workersAI.server.interpreter";

/** `path` and `interpreter` are the user's; the folder `bundle` may be missing. Throws NoPython. */
export async function serverCommand(
  path: readonly string[],
  interpreter: string,
  bundle: string,
  selected?: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Command> {
  const versions = path.length > 0 ? [] : bundledFor(bundle);
  if (versions.length === 0) {
    const [program = "workers-ai-ls", ...args] = path;
    if (!(await said(program, [...args, "--version"], env))) {
      throw new Error(`${program} does not start: install it, or set workersAI.server.path.`);
    }
    return { program, args, env };
  }
  const others = selected ? [[selected], ...named(versions)] : named(versions);
  const pythons = interpreter ? [[interpreter]] : others;
  // At the same time: each Python takes a moment to start.
  const found = await Promise.all(
    pythons.map(([name = "", ...args]) => said(name, [...args, "-c", ASK], env)),
  );
  const [program, ...args] = pythons[found.findIndex((each) => versions.includes(each))] ?? [];
  if (program === undefined) {
    const fitting = `Python ${versions.slice(0, -1).join(", ")} or ${versions.at(-1)}`;
    const is = found[0] ? `Python ${found[0]}` : "no Python that starts";
    throw new NoPython(
      interpreter
        ? `${interpreter} is ${is}: name ${fitting} ${SETTING}.`
        : `Python is missing: install ${fitting}, or name it ${SETTING}.`,
    );
  }
  // By a variable, because the server starts processes like itself, which need the packages too.
  const PYTHONPATH = [join(bundle, "libs"), env.PYTHONPATH].filter(Boolean).join(delimiter);
  return { program, args: [...args, "-P", "-m", "workers_ai_ls"], env: { ...env, PYTHONPATH } };
}

/** The Python versions that the bundle has packages for; none without a bundle. */
function bundledFor(bundle: string): string[] {
  try {
    return JSON.parse(readFileSync(join(bundle, "pythons.json"), "utf8"));
  } catch {
    return [];
  }
}

/** Commands that may start a Python, the best one first. */
function named(versions: readonly string[]): string[][] {
  const newest = [...versions].reverse();
  return process.platform === "win32"
    ? [...newest.map((version) => ["py", `-${version}`]), ["python"]]
    : [["python3"], ...newest.map((version) => [`python${version}`]), ["python"]];
}

/** What a program prints; "" if it does not start, or fails. */
function said(program: string, args: string[], env: NodeJS.ProcessEnv): Promise<string> {
  const asked = promisify(execFile)(program, args, { env, timeout: 10_000 });
  return asked.then(({ stdout }) => stdout.trim()).catch(() => "");
}
