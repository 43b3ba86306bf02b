"""Whatever is selected and whatever the model writes: nothing raises, and nothing else changes."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.actions.checking import PYTEST, Request
from workers_ai_ls.actions import ACTIONS, Action
from workers_ai_ls.actions.edit import NoInstruction
from workers_ai_ls.context import SelectionTooLong
from workers_ai_ls.reply import Refusal
from workers_ai_ls.reply.outcomes import CreateFile, Hold, Insert, Replace, Show, Unchanged

REFACTOR = next(action for action in ACTIONS if action.name == "refactor")
LINES = [
    "import os", "from sample import half, third as t", "class A:", "    def half(self):", "def half(x):",
    "\treturn x / 2", "    return x", "# AI: halve", "    # AI: it", "x = 1  # AI: two", "/* AI: it */ f();",
    "@cache", "", "  ", "if __name__ == '__main__':", "    half(4)", "package urls", 'import "testing"',
    "import { a, b as c } from './half';", "func half() {", "}", "x = '😋'", "```", "'''", "a\x0cb", "\u2028",
]  # fmt: skip
REPLIES = [
    "~~~python", "~~~", "~~~go", "~~~diff", "Sure:", "ALREADY FINE", "# ... rest of the code", "\u202e",
    "<<<<<<< SEARCH", "=======", ">>>>>>> REPLACE", "@@ -1,2 +1 @@", "--- a/sample", "+++ b/sample",
    "-    return x", "+    return y", "-class A:", "+x = 1", " class A:", "Human: go on", "<think>", "</think>",
    "print(“half”)", ">>> half(2)", "main()", "<|im_end|>", "I'm sorry, but I can't.",
]  # fmt: skip
ENDS = st.sampled_from(["\n", "\n", "\r\n", "\r", ""])


@st.composite
def texts(draw: st.DrawFn, lines: list[str]) -> str:
    """Some lines, each with a line end of its own."""
    parts = draw(st.lists(st.sampled_from(lines) | st.text(max_size=9), max_size=12))
    return "".join(part.replace("┃", "|") + draw(ENDS) for part in parts)


@st.composite
def requests(draw: st.DrawFn, actions: list[Action]) -> Request:
    """An action on any text with any selection."""
    text = draw(texts(LINES))
    places = sorted(draw(st.lists(st.integers(0, len(text)), min_size=1, max_size=2)))
    before = "┃".join([text[: places[0]], *_between(text, places), text[places[-1] :]])
    language = draw(st.sampled_from(["python", "go", "javascript", "c", "nim", "markdown"]))
    place = PYTEST
    if draw(st.booleans()):
        hint = draw(st.sampled_from(["", "from sample import half", "package urls"]))
        place = type(PYTEST)(PYTEST.path, PYTEST.name, "pytest", draw(texts(LINES)), hint)
    return Request(draw(st.sampled_from(actions)), before, language, "sample", tests=place)


def _between(text: str, places: list[int]) -> list[str]:
    return [text[places[0] : places[1]]] if len(places) > 1 else []


@settings(max_examples=300, deadline=None)
@given(
    requests(list(ACTIONS)), texts(LINES + REPLIES), st.sampled_from(["stop", "length", "unknown"])
)
def test_no_reply_raises(request: Request, reply: str, finish: str) -> None:
    try:
        assert isinstance(request.prompt.text(), str)
    except (NoInstruction, SelectionTooLong):
        return
    outcome = request.outcome(reply, finish)  # type: ignore[arg-type] # one of the three
    assert isinstance(outcome, Replace | Insert | CreateFile | Show | Unchanged | Hold | Refusal)
    if isinstance(outcome, Insert):
        _keeps_the_lines(request.tests.text or "", outcome.text)


@settings(max_examples=300, deadline=None)
@given(requests(list(ACTIONS)), texts(LINES + REPLIES), st.data())
def test_any_cut_gives_the_same_outcome(request: Request, reply: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(reply)), max_size=9)))
    try:
        whole = request.outcome(reply)
    except NoInstruction:
        return
    assert request.outcome(reply, cuts=cuts) == whole


@settings(max_examples=300, deadline=None)
@given(requests([REFACTOR]), texts(LINES + REPLIES))
def test_nothing_but_the_selection_changes(request: Request, reply: str) -> None:
    outcome = request.outcome(reply)
    if not isinstance(outcome, Replace) or outcome.imports:
        return
    material = request.material
    after = request.applied(outcome)
    assert after.startswith(material.text[: material.start])
    assert after.endswith(material.text[material.end :])


def _keeps_the_lines(before: str, after: str) -> None:
    """Adding to a file leaves each line that it has, in order."""
    rest = iter(after.splitlines())
    assert all(line in rest for line in before.splitlines() if line.strip())


TIDY = [line for line in LINES if line not in ("```", "\u2028", "", "  ")]


@st.composite
def selections(draw: st.DrawFn) -> Request:
    """A selection in a text with line ends of one kind."""
    lines = draw(st.lists(st.sampled_from(TIDY), min_size=1, max_size=9))
    ending = draw(st.sampled_from(["\n", "\r\n"]))
    text = "".join(line + ending for line in lines)
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, len(text)))
    before = f"{text[:start]}┃{text[start:end]}┃{text[end:]}"
    return Request(REFACTOR, before, draw(st.sampled_from(["python", "go", "nim"])), "sample")


@settings(max_examples=500, deadline=None)
@given(selections())
def test_an_answer_that_repeats_the_code_changes_nothing(request: Request) -> None:
    code = request.material.original.replace("\r\n", "\n")
    outcome = request.outcome(f"Here it is:\n`````\n{code}\n`````\nNothing changed.")
    if isinstance(outcome, Replace):
        assert outcome.text == request.material.original
    else:
        assert isinstance(outcome, Unchanged | Refusal)


def test_an_answer_that_repeats_the_code_in_a_plain_block_is_read() -> None:
    outcome = Request(REFACTOR, "a = 1\r\n┃b = 2\r\n┃").outcome("~~~\nb = 2\n~~~")
    assert isinstance(outcome, Unchanged)
