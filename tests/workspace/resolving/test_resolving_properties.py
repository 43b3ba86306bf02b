"""Whatever the code is, the answer comes, and the same one each time."""

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.workspace.index.workspaces import write
from workers_ai_ls.syntax import language_for
from workers_ai_ls.workspace.index import Index, open_index
from workers_ai_ls.workspace.resolving import Code, knowledge_of

if TYPE_CHECKING:
    from pathlib import Path

LIB = (
    "from app import *\n\nclass Ä(B):\n    def gö(self, x: 'Ä' = None) -> list['Ä']:\n"
    "        self.next = self.next.gö()[0]\n        return [self]\n\nclass B(Ä): ...\n\n"
    "T = TypeVar('T', bound=Ä)\n"
)
APP = (
    "import lib, os.path as p\nfrom lib import Ä as A, *\nfrom . import *\n\n"
    "@deco(1)\nclass C(A, metaclass=M):\n    x: T = 1\n    def f(self, a: A, *b: list[A], c=(d := 2)):\n"
    "        with a.gö() as (e, f), open(p.x) as g:\n            for h in e.gö():\n"
    "                if isinstance(h, (A, lib.B)):\n                    yield super().f(h.next.gö)\n"
    "        match a:\n            case A(x=y) | [y, *_]: return f'{y.gö()!r}'\n"
    "        try: global q; q = lambda z: z.x\n        except* A as err: raise err.gö() from None\n"
)
PIECES = [
    "\r\n",
    "\r",
    "\ud800",
    "😋",
    "(",
    "[",
    '"""',
    "\x00",
    "\x0c",
    "def ",
    "class ",
    ":",
    ".",
    "@",
    "\t",
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    root: Path = tmp_path_factory.mktemp("odd")
    opened = open_index(write(root / "project", {"lib.py": LIB}), cache=root / "cache")
    opened.update(root / "project" / "lib.py", LIB)
    return opened


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    cut=st.integers(0, len(APP)),
    at=st.integers(0, len(APP)),
    piece=st.sampled_from(PIECES),
    ends=st.tuples(st.integers(0, len(APP)), st.integers(0, len(APP))),
)
def test_odd_and_cut_off_code(
    index: Index, cut: int, at: int, piece: str, ends: tuple[int, int]
) -> None:
    text = (APP[:at] + piece + APP[at:])[: len(APP) - cut // 3]
    start, end = sorted(min(one, len(text)) for one in ends)
    code = Code("app.py", language_for("python", ""), text, start, end)
    first = knowledge_of(index, code)
    assert knowledge_of(index, code) == first


@pytest.mark.parametrize(
    "language", ["python", "typescript", "go", "rust", "java", "c", "markdown", ""]
)
@pytest.mark.parametrize(
    "text", ["", "x", APP, "{" * 200, "(" * 3000, "a." * 300 + "b", "x = " * 500]
)
def test_any_language_and_any_text(language: str, text: str) -> None:
    code = Code("", language_for(language, ""), text, 0, len(text))
    knowledge_of(None, code)
