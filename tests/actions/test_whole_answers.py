"""Answers that hold more than was selected: the class, the file, imports, helpers, a demo."""

from __future__ import annotations

import pytest

from tests.actions.checking import Request, check
from workers_ai_ls.actions import ACTIONS
from workers_ai_ls.reply import Refusal
from workers_ai_ls.reply.outcomes import Replace

EDIT = next(action for action in ACTIONS if action.name == "edit")
REFACTOR = next(action for action in ACTIONS if action.name == "refactor")

FILE = """\
import os
from typing import List

LIMIT = 3


class Basket:
    def __init__(self, prices):
        self.prices = prices

    ┃def total(self):
        total = 0
        for price in self.prices:
            total += price
        return total
┃
    def count(self):
        return len(self.prices)


def half(x):
    return x / 2
"""
PLAIN = FILE.replace("┃", "")
OLD = "        total = 0\n        for price in self.prices:\n            total += price\n        return total\n"
NEW = "        return sum(self.prices)\n"
AFTER = PLAIN.replace(OLD, NEW)
CLASS = AFTER[AFTER.index("class Basket") : AFTER.index("\n\ndef half")]


def fenced(code: str, tag: str = "python") -> str:
    return f"~~~{tag}\n{code}\n~~~"


@pytest.mark.parametrize(
    "code",
    [
        pytest.param(AFTER, id="the file"),
        pytest.param(AFTER.replace("\n\n\n", "\n\n"), id="the file with fewer blank lines"),
        pytest.param(AFTER.replace("    ", "\t"), id="the file with tabs"),
        pytest.param(AFTER.replace("    ", "  "), id="the file with two blanks"),
        pytest.param(CLASS, id="the class"),
        pytest.param("import os\n\n" + CLASS, id="the class with an import that is there"),
        pytest.param(AFTER[: AFTER.index("def half")], id="most of the file"),
        pytest.param(
            "class Basket:\n    # ... existing code ...\n\n    def total(self):\n" + NEW + "\n    # ... rest of the class ...",
            id="the class with the rest left out",
        ),
        pytest.param(
            "class Basket:\n    def __init__(self, prices): ...\n\n    def total(self):\n" + NEW + "\n    def count(self): ...",
            id="the class with stubs",
        ),
        pytest.param("def total(self):\n    return sum(self.prices)", id="the method"),
        pytest.param("from typing import List\n\ndef total(self):\n    return sum(self.prices)", id="an import that is there"),
        pytest.param(
            "def total(self):\n    return sum(self.prices)\n\n# Example usage:\nbasket = Basket([1, 2])\nprint(basket.total())",
            id="a demo",
        ),
        pytest.param(
            'def total(self):\n    return sum(self.prices)\n\n\nif __name__ == "__main__":\n    print(Basket([1]).total())',
            id="a main guard",
        ),
        pytest.param(
            "class Shop:\n    def total(self):\n        return sum(self.prices)\n", id="another class around it"
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_only_the_selected_method_changes(code: str, ending: str) -> None:
    request = Request(REFACTOR, FILE.replace("\n", ending))
    outcome = request.outcome(fenced(code))
    assert isinstance(outcome, Replace), outcome
    assert request.applied(outcome) == AFTER.replace("\n", ending)
    assert outcome.rest is None


@pytest.mark.parametrize("around", ["file", "class", "method"])
def test_a_new_import_goes_to_the_imports(around: str) -> None:
    body = "        return math.fsum(self.prices)\n"
    whole = PLAIN.replace(OLD, body).replace("import os", "import math\nimport os")
    classes = whole[whole.index("class Basket") : whole.index("\n\ndef half")]
    code = {
        "file": whole,
        "class": "import math\n\n\n" + classes,
        "method": "import math\nimport os\n\ndef total(self):\n    return math.fsum(self.prices)",
    }[around]
    outcome = Request(REFACTOR, FILE).outcome(fenced(code))
    assert isinstance(outcome, Replace)
    assert outcome.imports == ("import math",)
    after = PLAIN.replace(OLD, body).replace("List\n", "List\nimport math\n", 1)
    check(REFACTOR, FILE, fenced(code), after)


def test_imports_come_first_where_they_must() -> None:
    before = "import os\n\n\ndef f(┃x):\n    return x\n"
    reply = fenced("from __future__ import annotations\nimport re\n\ndef f(x: A):\n    return re.x")
    after = "from __future__ import annotations\nimport os\nimport re\n\n\ndef f(x: A):\n    return re.x\n"
    check(EDIT, before, reply, after, instruction="Types.")


def test_imports_stay_where_the_selection_has_them() -> None:
    before = "# Shop\n┃import os\n\ndef f(x):\n    return os.x\n┃"
    reply = fenced("import os\nimport re\n\ndef f(x):\n    return re.x")
    after = "# Shop\nimport os\nimport re\n\ndef f(x):\n    return re.x\n"
    check(EDIT, before, reply, after, instruction="Use re.")


def test_a_whole_file_that_was_selected_is_taken_as_it_is() -> None:
    reply = fenced("import re\n\n\ndef f(x):\n    return re.x")
    check(
        EDIT,
        "┃def f(x):\n    return 1\n┃",
        reply,
        "import re\n\n\ndef f(x):\n    return re.x\n",
        instruction="re",
    )


@pytest.mark.parametrize("around", ["file", "class"])
def test_what_else_was_changed_on_purpose_is_offered(around: str) -> None:
    code = {"file": AFTER, "class": CLASS}[around].replace(
        "len(self.prices)", "sum(1 for _ in self.prices)"
    )
    request = Request(REFACTOR, FILE)
    outcome = request.outcome(fenced(code))
    assert isinstance(outcome, Replace)
    assert request.applied(outcome) == AFTER
    assert outcome.rest is not None
    assert AFTER.count(outcome.rest.before) == 1
    assert AFTER.replace(outcome.rest.before, outcome.rest.after) == AFTER.replace(
        "len(self.prices)", "sum(1 for _ in self.prices)"
    )


@pytest.mark.parametrize(
    "code",
    [
        CLASS.replace("    def count(self):\n        return len(self.prices)\n", ""),
        CLASS.replace("        return len(self.prices)", "        # Their number.\n        return  len( self.prices )"),
        CLASS.replace("        return len(self.prices)", "        pass"),
    ],
    ids=["a method is missing", "a comment and blanks", "a stub"],
)  # fmt: skip
def test_what_changed_by_carelessness_is_not_offered(code: str) -> None:
    request = Request(REFACTOR, FILE)
    outcome = request.outcome(fenced(code))
    assert isinstance(outcome, Replace)
    assert request.applied(outcome) == AFTER
    assert outcome.rest is None


def test_what_is_offered_holds_nothing_invisible() -> None:
    code = AFTER.replace("len(self.prices)", "sum(1 for\u202e _ in self.prices)")
    outcome = Request(REFACTOR, FILE).outcome(fenced(code))
    assert isinstance(outcome, Replace)
    assert outcome.rest is not None
    assert outcome.rest.after.isascii()


def test_a_change_elsewhere_alone_is_refused() -> None:
    code = PLAIN.replace("len(self.prices)", "sum(1 for _ in self.prices)")
    outcome = Request(REFACTOR, FILE).outcome(fenced(code))
    assert isinstance(outcome, Refusal)
    assert outcome.reason == "beyond"


def test_a_new_helper_comes_along() -> None:
    helper = "    def _prices(self):\n        return filter(None, self.prices)\n"
    body = "        return sum(self._prices())\n"
    code = CLASS.replace(NEW, body) + "\n" + helper
    after = AFTER.replace(NEW, f"{body}\n{helper}")
    check(REFACTOR, FILE, fenced(code), after)


def test_a_helper_beside_a_function_comes_along() -> None:
    before = "import os\n\n\ndef f(┃x):\n    return x * 2 + 1\n\n\ndef g():\n    return 1\n"
    code = "def _twice(x):\n    return x * 2\n\n\ndef f(x):\n    return _twice(x) + 1"
    after = f"import os\n\n\n{code}\n\n\ndef g():\n    return 1\n"
    check(REFACTOR, before, fenced(code), after)
    whole = f"import os\n\n\n{code}\n\n\ndef g():\n    return 1"
    check(REFACTOR, before, fenced(whole), after)


def test_several_selected_definitions_out_of_the_whole_file() -> None:
    before = "A = 1\n\n\n┃def f():\n    return A\n\n\ndef g():\n    return f()\n┃\n\ndef h():\n    return 3\n"
    after = "A = 1\n\n\ndef f():\n    return 1\n\n\ndef g():\n    return 2\n\n\ndef h():\n    return 3\n"
    check(EDIT, before, fenced(after), after, instruction="Simplify.")


@pytest.mark.parametrize(
    ("language", "before", "code", "after"),
    [
        pytest.param(
            "javascript",
            "class A {\n  ┃half(x) {\n    let y = x / 2;\n    return y;\n  }┃\n\n  third(x) {\n    return x / 3;\n  }\n}\n",
            "half(x) {\n  return x / 2;\n}",
            "class A {\n  half(x) {\n    return x / 2;\n  }\n\n  third(x) {\n    return x / 3;\n  }\n}\n",
            id="a bare method",
        ),
        pytest.param(
            "javascript",
            "const a = require('a');\n\n┃function f(x) {\n  return a(x);\n}┃\n\nmodule.exports = { f };\n",
            "const a = require('a');\nconst b = require('b');\n\nfunction f(x) {\n  return b(x);\n}\n\nmodule.exports = { f };",
            "const a = require('a');\nconst b = require('b');\n\nfunction f(x) {\n  return b(x);\n}\n\nmodule.exports = { f };\n",
            id="the whole module with a new require",
        ),
        pytest.param(
            "typescript",
            "import { a } from './a';\n\n┃export function f(x: number): number {\n  return a(x);\n}┃\n",
            "import { a, b } from './a';\n\nexport function f(x: number): number {\n  return b(x);\n}\n\nconsole.log(f(1));",
            "import { a } from './a';\nimport { b } from './a';\n\nexport function f(x: number): number {\n  return b(x);\n}\n",
            id="a new name of a module, and a demo",
        ),
        pytest.param(
            "go",
            'package a\n\nimport "fmt"\n\n┃func f() {\n\tfmt.Println(1)\n}┃\n\nfunc g() {}\n',
            'package main\n\nimport (\n\t"fmt"\n\t"os"\n)\n\nfunc f() {\n\tfmt.Fprintln(os.Stderr, 1)\n}\n\nfunc main() {\n\tf()\n}',
            'package a\n\nimport "fmt"\nimport "os"\n\nfunc f() {\n\tfmt.Fprintln(os.Stderr, 1)\n}\n\nfunc g() {}\n',
            id="a program around a function",
        ),
        pytest.param(
            "java",
            "package a;\n\nclass A {\n    ┃int half(int x) {\n        int y = x / 2;\n        return y;\n    }┃\n}\n",
            "public class Main {\n    int half(int x) {\n        return x / 2;\n    }\n\n    public static void main(String[] args) {\n        System.out.println(half(4));\n    }\n}",
            "package a;\n\nclass A {\n    int half(int x) {\n        return x / 2;\n    }\n}\n",
            id="another class around a method",
        ),
        pytest.param(
            "java",
            "package a;\n\nimport java.util.List;\n\nclass A {\n    ┃int half(int x) {\n        int y = x / 2;\n        return y;\n    }┃\n}\n",
            "import java.util.List;\nimport java.util.Map;\n\nint half(int x) {\n    return x / 2;\n}",
            "package a;\n\nimport java.util.List;\nimport java.util.Map;\n\nclass A {\n    int half(int x) {\n        return x / 2;\n    }\n}\n",
            id="imports above a method",
        ),
        pytest.param(
            "c",
            "#include <stdio.h>\n\n┃int half(int x) {\n    int y = x / 2;\n    return y;\n}┃\n",
            '#include <stdio.h>\n#include <stdlib.h>\n\nint half(int x) {\n    return x / 2;\n}\n\nint main(void) {\n    printf("%d", half(4));\n    return 0;\n}',
            "#include <stdio.h>\n#include <stdlib.h>\n\nint half(int x) {\n    return x / 2;\n}\n",
            id="includes and a main",
        ),
        pytest.param(
            "rust",
            "use std::fmt;\n\n┃fn half(x: i32) -> i32 {\n    let y = x / 2;\n    y\n}┃\n",
            'fn half(x: i32) -> i32 {\n    x / 2\n}\n\nfn main() {\n    println!("{}", half(4));\n}',
            "use std::fmt;\n\nfn half(x: i32) -> i32 {\n    x / 2\n}\n",
            id="a main in Rust",
        ),
        pytest.param(
            "php",
            "<?php\nclass A {\n    ┃public function half($x) {\n        $y = $x / 2;\n        return $y;\n    }┃\n}\n",
            "public function half($x) {\n    return $x / 2;\n}",
            "<?php\nclass A {\n    public function half($x) {\n        return $x / 2;\n    }\n}\n",
            id="a bare method in PHP",
        ),
        pytest.param(
            "ruby",
            "class A\n  ┃def half(x)\n    y = x / 2\n    y\n  end┃\nend\n",
            "def half(x)\n  x / 2\nend\n\nputs A.new.half(4)",
            "class A\n  def half(x)\n    x / 2\n  end\nend\n",
            id="a demo in Ruby",
        ),
        pytest.param(
            "nim",
            "import a\n\nproc half(x: int): int =\n  x\n\n┃proc third(x: int): int =\n  x┃\n\nproc b =\n  discard\n",
            "import a\n\nproc half(x: int): int =\n  x\n\nproc third(x: int): int =\n  x div 3\n\nproc b =\n  discard",
            "import a\n\nproc half(x: int): int =\n  x\n\nproc third(x: int): int =\n  x div 3\n\nproc b =\n  discard\n",
            id="a whole file without a grammar",
        ),
    ],
)  # fmt: skip
def test_other_languages(language: str, before: str, code: str, after: str) -> None:
    check(REFACTOR, before, fenced(code, language), after, language=language, path="a.x")


@pytest.mark.parametrize(
    ("instruction", "kept"), [("", False), ("Add a main that prints it.", True)]
)
def test_a_demo_that_was_asked_for_stays(instruction: str, kept: bool) -> None:  # noqa: FBT001 - a row of the table
    before = "┃def f(x):\n    y = x\n    return y\n┃"
    code = "def f(x):\n    return x\n\n\ndef main():\n    print(f(1))\n\n\nmain()"
    after = f"{code}\n" if kept else "def f(x):\n    return x\n"
    check(EDIT if instruction else REFACTOR, before, fenced(code), after, instruction=instruction)


def test_calls_stay_where_the_selection_has_some() -> None:
    before = "┃def f(x):\n    y = x\n    return y\n\n\nprint(f(1))\n┃"
    code = "def f(x):\n    return x\n\n\nprint(f(1))"
    check(REFACTOR, before, fenced(code), code + "\n")


def test_an_assignment_below_a_definition_is_no_demo() -> None:
    code = "def f(x):\n    return x\n\n\nf.fast = True"
    check(REFACTOR, "┃def f(x):\n    y = x\n    return y\n┃", fenced(code), code + "\n")
