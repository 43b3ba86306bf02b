// Packs the extension with the server for one platform: npm run package [TARGET]
//
// bundled/libs holds the packages of every Python version that pyproject.toml names, side by side.
// Compiled ones either serve all versions (abi3) or have the version in their file's name, so one
// folder holds them all; two versions of a file with one name would be a mistake, and end this.
import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** VS Code's names of platforms, and uv's; Linux is the oldest that all packages have wheels for. */
const PLATFORMS = {
  "linux-x64": "x86_64-manylinux_2_28",
  "linux-arm64": "aarch64-manylinux_2_28",
  "darwin-x64": "x86_64-apple-darwin",
  "darwin-arm64": "aarch64-apple-darwin",
  "win32-x64": "x86_64-pc-windows-msvc",
};
const EXTENSION = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const ROOT = resolve(EXTENSION, "../..");
const BUNDLED = join(EXTENSION, "bundled");

const target = process.argv[2] ?? `${process.platform}-${process.arch}`;
if (!(target in PLATFORMS)) {
  throw new Error(
    `There is no platform ${target}: choose one of ${Object.keys(PLATFORMS).join(", ")}.`,
  );
}
bundleServer();
run(process.execPath, ["scripts/bundle.mjs"]);
cpSync(join(ROOT, "LICENSE"), join(EXTENSION, "LICENSE"));
const { name, version } = JSON.parse(readFileSync(join(EXTENSION, "package.json"), "utf8"));
const out = join(EXTENSION, "dist", `${name}-${target}-${version}.vsix`);
run(process.execPath, [
  join(EXTENSION, "node_modules/@vscode/vsce/vsce"),
  "package",
  ...["--target", target, "--out", out],
  ...["--no-dependencies", "--no-rewrite-relative-links", "--allow-missing-repository"],
]);
rmSync(join(EXTENSION, "LICENSE"));

function bundleServer() {
  const work = mkdtempSync(join(tmpdir(), "workers-ai-bundle-"));
  try {
    run(uv(), ["build", "-q", "--wheel", "--out-dir", work, ROOT]);
    const wheel = readdirSync(work).find((each) => each.endsWith(".whl"));
    const pythons = readFileSync(join(ROOT, "pyproject.toml"), "utf8")
      .match(/Python :: (3\.\d+)"/g)
      .map((each) => each.slice(10, -1));
    rmSync(BUNDLED, { recursive: true, force: true });
    mkdirSync(join(BUNDLED, "libs"), { recursive: true });
    for (const python of pythons) {
      run(uv(), [
        ...["pip", "install", "-q", "--target", join(work, python), "--only-binary", ":all:"],
        ...["--python-version", python, "--python-platform", PLATFORMS[target]],
        ...["--constraints", join(ROOT, "server/requirements.lock"), join(work, wheel)],
      ]);
      merge(join(work, python), join(BUNDLED, "libs"));
    }
    writeFileSync(join(BUNDLED, "pythons.json"), JSON.stringify(pythons));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function merge(from, into) {
  // Scripts name the Python that made them, and nothing here calls one.
  const skipped = ["bin", "Scripts", ".lock"];
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    const source = join(entry.parentPath, entry.name);
    const inside = source.slice(from.length + 1);
    if (!entry.isFile() || skipped.includes(inside.split(/[\\/]/)[0])) {
      continue;
    }
    const place = join(into, inside);
    const metadata = inside.includes(".dist-info");
    if (existsSync(place) && !metadata && !readFileSync(place).equals(readFileSync(source))) {
      throw new Error(`${inside} is not the same for each Python version: it cannot be bundled.`);
    }
    cpSync(source, place);
  }
}

/** uv of the checkout's own environment, else of the system. */
function uv() {
  const own = join(ROOT, ".venv", process.platform === "win32" ? "Scripts/uv.exe" : "bin/uv");
  return existsSync(own) ? own : "uv";
}

function run(program, args) {
  execFileSync(program, args, { cwd: EXTENSION, stdio: "inherit" });
}
