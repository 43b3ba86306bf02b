"""What a file imports."""

import pytest

from tests.syntax.reading import tree_of
from workers_ai_ls.syntax import imports

IMPORTS = {
    "python": (
        (
            "'''Doc.'''\nfrom __future__ import a\nimport b, c as d\nfrom . import (\n    e,\n)\n"
            "try:\n    import f\nexcept ImportError:\n    f = None\nif TYPE_CHECKING:\n    import g\n"
            "def h():\n    import no\n"
        ),
        [
            "from __future__ import a",
            "import b, c as d",
            "from . import (\n    e,\n)",
            "import f",
            "import g",
        ],
    ),
    "javascript": (
        (
            "'use strict';\nimport a from 'a';\nimport 'b';\nconst { c } = require('c');\n"
            "const no = f('d');\nexport * from 'e';\nexport const no2 = 1;\nrequire('g');\n"
            "function f() { const no3 = require('h'); }\n"
        ),
        [
            "import a from 'a';",
            "import 'b';",
            "const { c } = require('c');",
            "export * from 'e';",
            "require('g');",
        ],
    ),
    "javascriptreact": ("import A from 'a';\nconst b = <A />;\n", ["import A from 'a';"]),
    "typescript": (
        "import type { A } from 'a';\nimport b = require('b');\nconst no: X = y();\n",
        ["import type { A } from 'a';", "import b = require('b');"],
    ),
    "typescriptreact": ("import A from 'a';\nconst b = <A />;\n", ["import A from 'a';"]),
    "go": (
        'package a\n\nimport "b"\nimport (\n\tc "d"\n)\n',
        ["package: package a", 'import "b"', 'import (\n\tc "d"\n)'],
    ),
    "rust": (
        "use a::{b, c};\npub use d::*;\nextern crate e;\nmod f;\nmod g { use no; }\n",
        ["use a::{b, c};", "pub use d::*;", "extern crate e;"],
    ),
    "java": (
        "package a.b;\nimport c.D;\nimport static e.F.*;\nclass G {}\n",
        ["package: package a.b;", "import c.D;", "import static e.F.*;"],
    ),
    "c": (
        '#ifndef A_H\n#define A_H\n#include <b.h>\n#include "c.h"\nint d;\n#endif\n',
        ["#include <b.h>", '#include "c.h"'],
    ),
    "cpp": (
        "#include <a>\nusing namespace b;\nusing c::d;\nint e() { using namespace no; }\n",
        ["#include <a>", "using namespace b;", "using c::d;"],
    ),
    "csharp": (
        "using A;\nglobal using B;\nusing C = D.E;\nnamespace F;\nclass G {}\n",
        ["using A;", "global using B;", "using C = D.E;", "package: namespace F;"],
    ),
    "ruby": (
        "require 'a'\nrequire_relative 'b'\nputs 1\ndef f\n  require 'no'\nend\n",
        ["require 'a'", "require_relative 'b'"],
    ),
    "php": (
        "<?php\nnamespace A\\B;\nuse C\\{D, E};\nuse function F\\g;\nrequire_once 'h.php';\n",
        [
            "package: namespace A\\B;",
            "use C\\{D, E};",
            "use function F\\g;",
            "require_once 'h.php';",
        ],
    ),
    "lua": (
        "local a = require('a')\nlocal b, c = 1, 2\nrequire 'd'\ne = require('e').f\n",
        ["local a = require('a')", "require 'd'", "e = require('e').f"],
    ),
    "shellscript": ("#!/bin/sh\n. ./a.sh\nsource b\necho c\n", [". ./a.sh", "source b"]),
}


@pytest.mark.parametrize("language", IMPORTS)
def test_the_imports_of_a_file_in_order(language: str) -> None:
    text, expected = IMPORTS[language]
    found = imports(tree_of(language, text))
    prefix = {"import": "", "package": "package: "}
    assert [f"{prefix[each.kind]}{each.text}" for each in found] == expected
    assert [text[each.start : each.end] for each in found] == [each.text for each in found]


def test_offsets_count_from_the_text_with_emoji() -> None:
    text = "# 😀\nimport a\n"
    assert [(each.start, each.end) for each in imports(tree_of("python", text))] == [(4, 12)]


def test_imports_in_a_namespace_are_the_files() -> None:
    text = "namespace N { using A; class B { } }"
    assert [each.text for each in imports(tree_of("csharp", text))] == ["using A;"]
