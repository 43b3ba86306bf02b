"""Modules of JavaScript and TypeScript are found as Node.js, TypeScript and bundlers do."""

from pathlib import Path

import pytest

from tests.workspace.resolving.resolved import used

MODULES = {
    "without an ending": ({"a.ts": "export const x = 1;"}, "import { x } from './a';", "a.ts x"),
    "a script that was TypeScript": (
        {"a.ts": "export const x = 1;"},
        "import { x } from './a.js';",
        "a.ts x",
    ),
    "an index": (
        {"a/index.tsx": "export const x = 1;"},
        "import { x } from './a';",
        "a/index.tsx x",
    ),
    "a folder above": (
        {"a.mjs": "export const x = 1;"},
        "import { x } from '../a.mjs';",
        "a.mjs x",
    ),
    "declarations": (
        {"a.d.ts": "export declare const x: number;"},
        "import { x } from './a';",
        "a.d.ts x",
    ),
    "another name": (
        {"a.ts": "export const y = 1;"},
        "import { y as x } from './a';",
        "a.ts y",
    ),
    "handed on": (
        {"a.ts": "export { y as x } from './b';", "b.ts": "export const y = 1;"},
        "import { x } from './a';",
        "b.ts y",
    ),
    "all handed on": (
        {
            "a.ts": "export * from './b';",
            "b.ts": "export * from './c';",
            "c.ts": "export const x = 1;",
        },
        "import { x } from './a';",
        "c.ts x",
    ),
    "exported by a list": (
        {"a.ts": "const y = 1;\nexport { y as x };"},
        "import { x } from './a';",
        "a.ts y",
    ),
    "the default": (
        {"a.ts": "export default function y() {}"},
        "import x from './a';",
        "a.ts y",
    ),
    "the default by its name": (
        {"a.ts": "function y() {}\nexport default y;"},
        "import x from './a';",
        "a.ts y",
    ),
    "a module as a whole": (
        {"a.js": "function y() {}\nmodule.exports = y;"},
        "const x = require('./a');",
        "a.js y",
    ),
    "part of a required module": (
        {"a.js": "exports.x = function () {};"},
        "const { x } = require('./a');",
        "a.js x",
    ),
    "paths": (
        {
            "tsconfig.json": '{ "compilerOptions": { // here\n "paths": { "@/*": ["./lib/*"], } } }',
            "lib/a.ts": "export const x = 1;",
        },
        "import { x } from '@/a';",
        "lib/a.ts x",
    ),
    "the longest of the paths": (
        {
            "tsconfig.json": '{"compilerOptions": {"paths": {"*": ["a/*"], "@app/*": ["b/*"]}}}',
            "a/@app/a.ts": "export const x = 1;",
            "b/a.ts": "export const x = 1;",
        },
        "import { x } from '@app/a';",
        "b/a.ts x",
    ),
    "paths of what is extended": (
        {
            "src/tsconfig.json": '{"extends": "../base"}',
            "base.json": '{"compilerOptions": {"baseUrl": "lib", "paths": {"~/*": ["in/*"]}}}',
            "lib/in/a.ts": "export const x = 1;",
        },
        "import { x } from '~/a';",
        "lib/in/a.ts x",
    ),
    "paths of what is referred to": (
        {
            "tsconfig.json": '{"references": [{"path": "./tsconfig.app.json"}]}',
            "tsconfig.app.json": '{"compilerOptions": {"paths": {"#/*": ["lib/*"]}}}',
            "lib/a.ts": "export const x = 1;",
        },
        "import { x } from '#/a';",
        "lib/a.ts x",
    ),
    "baseUrl": (
        {
            "jsconfig.json": '{"compilerOptions": {"baseUrl": "."}}',
            "lib/a.js": "export const x = 1;",
        },
        "import { x } from 'lib/a';",
        "lib/a.js x",
    ),
    "a package of the same workspace, by what it is built of": (
        {
            "package.json": '{"workspaces": ["packages/*"]}',
            "packages/tool/package.json": '{"name": "@me/tool", "exports": {".": {"import": "./dist/index.js"}}}',
            "packages/tool/src/index.ts": "export const x = 1;",
        },
        "import { x } from '@me/tool';",
        "packages/tool/src/index.ts x",
    ),
    "a part of a package of a pnpm workspace": (
        {
            "pnpm-workspace.yaml": "packages:\n  - 'packages/**'\n",
            "packages/tool/package.json": '{"name": "tool", "exports": {"./*": "./lib/*.js"}}',
            "packages/tool/src/deep.ts": "export const x = 1;",
        },
        "import { x } from 'tool/deep';",
        "packages/tool/src/deep.ts x",
    ),
    "the package's own imports": (
        {"package.json": '{"imports": {"#in/*": "./lib/*.js"}}', "lib/a.js": "export const x = 1;"},
        "import { x } from '#in/a';",
        "lib/a.js x",
    ),
    "a package that is not of the workspace": (
        {"a.ts": "export const x = 1;", "react.ts": "export const x = 1;"},
        "import { x } from 'react';",
        None,
    ),
}


@pytest.mark.parametrize("case", MODULES)
def test_a_module_is_found(case: str, tmp_path: Path) -> None:
    files, statement, expected = MODULES[case]
    text = f"{statement}\nfunction f() {{\n  ┃return x();┃\n}}\n"
    found = used(tmp_path, {**files, "src/m.ts": text.replace("'./", "'../")})
    assert found == ([expected] if expected else [])


def test_a_file_that_is_no_module_shares_its_names(tmp_path: Path) -> None:
    files = {
        "global.d.ts": "declare const __DEV__: boolean\n",
        "module.ts": "export const own = 1\n",
        "a.ts": "export function f() {\n  ┃return [__DEV__, own];┃\n}\n",
    }
    assert used(tmp_path, files) == ["global.d.ts __DEV__"]
