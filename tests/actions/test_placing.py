"""One edit of two parts: the selection, and the imports of the document as it is by now."""

import pytest

from workers_ai_ls.actions.placing import placed
from workers_ai_ls.reply.outcomes import Replace
from workers_ai_ls.syntax import language_for

PYTHON = language_for("python", "")
EDIT = Replace("sqrt(x)", imports=("from math import sqrt",))


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("import os\n\ny = X\n", "import os\nfrom math import sqrt\n\ny = sqrt(x)\n"),
        ("import os\r\n\r\ny = X\r\n", "import os\r\nfrom math import sqrt\r\n\r\ny = sqrt(x)\r\n"),
        ("from math import sqrt\ny = X", "from math import sqrt\ny = sqrt(x)"),
        ('"""Doc."""\ny = X\n', '"""Doc."""\n\nfrom math import sqrt\n\n\ny = sqrt(x)\n'),
        ("y = X\n", "from math import sqrt\n\n\ny = sqrt(x)\n"),
        ("y = X\nimport os\n", "y = sqrt(x)\nimport os\nfrom math import sqrt\n"),
    ],
)
def test_imports_go_where_the_file_has_them(text: str, after: str) -> None:
    start = text.index("X")
    done = placed(EDIT, text, start, start + 1, PYTHON)
    assert done.text == after
    assert after.startswith(EDIT.text, done.start)


def test_without_imports_only_the_selection_changes() -> None:
    done = placed(Replace("1"), "import os\ny = X\n", 14, 15, PYTHON)
    assert done == ("import os\ny = 1\n", 14)
