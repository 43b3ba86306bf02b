"""Names are added to the import statements that a file has."""

import pytest

from workers_ai_ls.actions.joined_imports import joined
from workers_ai_ls.syntax import language_for


@pytest.mark.parametrize(
    ("language", "text", "statement", "after"),
    [
        ("python", "from a import b\n", "from a import c, d as e", "from a import b, c, d as e\n"),
        ("python", "from a import (\n    b,\n    c,  # why\n)\n", "from a import d", "from a import (\n    b,\n    c,\n    d,  # why\n)\n"),
        ("python", "from a import (\r\n    b\r\n)\r\n", "from a import d", "from a import (\r\n    b,\r\n    d\r\n)\r\n"),
        ("python", "from a import (b, c)\n", "from a import d", "from a import (b, c, d)\n"),
        ("python", "from a import b  # from a import x\n", "from a import d", "from a import b, d  # from a import x\n"),
        ("typescript", 'import { a } from "./x"\n', 'import { b } from "./x"', 'import { a, b } from "./x"\n'),
        ("typescript", 'import { a as z, } from "./x";\n', 'import { b } from "./x";', 'import { a as z, b, } from "./x";\n'),
        ("typescript", 'import d, { a } from "./x";\n', 'import { b } from "./x";', 'import d, { a, b } from "./x";\n'),
        ("typescript", "import {\n  a,\n  c,\n} from './x';\n", "import { b } from './x';", "import {\n  a,\n  c,\n  b,\n} from './x';\n"),
        ("javascript", "const { a } = require('./x')\n", "const { b } = require('./x');", "const { a, b } = require('./x')\n"),
        ("go", 'package a\n\nimport (\n\t"fmt"\n\t"testing"\n)\n', 'import "os"', 'package a\n\nimport (\n\t"fmt"\n\t"testing"\n\t"os"\n)\n'),
        # A line of its own is the file's way, or the only one.
        ("python", "from a import b\nfrom a import c\n", "from a import d", None),
        ("python", "from a import *\n", "from b import d", None),
        ("python", "import a\n", "from a import d", None),
        ("python", f"from a import {'b' * 90}\n", "from a import d", None),
        ("typescript", 'import type { a } from "./x"\n', 'import { b } from "./x"', None),
        ("typescript", 'import * as a from "./x"\n', 'import { b } from "./x"', None),
        ("go", 'package a\n\nimport "testing"\n', 'import "os"', None),
        ("java", "import a.B;\n", "import a.C;", None),
    ],
)  # fmt: skip
def test_joined(language: str, text: str, statement: str, after: str | None) -> None:
    expected = (text, [statement]) if after is None else (after, [])
    assert joined(text, [statement], language_for(language, "")) == expected


def test_several_for_one_place() -> None:
    text, left = joined("from a import b\n", ["from a import c", "from a import d"], language_for("python", ""))  # fmt: skip
    assert (text, left) == ("from a import b, c, d\n", [])
