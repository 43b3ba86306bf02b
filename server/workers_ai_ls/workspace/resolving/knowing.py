"""What a piece of code has to do with, as prompts take it."""

from typing import Final

from workers_ai_ls.context import Knowledge
from workers_ai_ls.syntax import parse
from workers_ai_ls.syntax.symbol import FileSymbols
from workers_ai_ls.syntax.symbols_known import known_symbols
from workers_ai_ls.workspace.index import Index
from workers_ai_ls.workspace.resolving.asked import Asked
from workers_ai_ls.workspace.resolving.callers import callers
from workers_ai_ls.workspace.resolving.code import Code
from workers_ai_ls.workspace.resolving.fellows import fellows
from workers_ai_ls.workspace.resolving.question import Question
from workers_ai_ls.workspace.resolving.rules import BY_NAME, RULES
from workers_ai_ls.workspace.resolving.siblings import sibling
from workers_ai_ls.workspace.resolving.used import used

_UNFINISHED: Final = "the workspace is still being read"


def knowledge_of(index: Index | None, code: Code) -> Knowledge:
    """Find what a piece of code uses, who uses it, and what is like it.

    It takes milliseconds, and never fails: what can't be found is not in the answer. Without an
    index it knows the code's own file.
    """
    asked = Asked(index, {code.path: RULES.get(code.language.id, BY_NAME)})
    asked.put(code.path, _own_file(index, code))
    question = Question(asked, code)
    first, last = question.line(code.start), question.line(max(code.start, code.end - 1))
    incomplete = "" if asked.is_complete else _UNFINISHED
    return Knowledge(
        used(question, first, last),
        fellows(question, first, last),
        callers(question, first, last),
        sibling(question, first, last),
        path=code.path,
        incomplete=incomplete,
    )


def _own_file(index: Index | None, code: Code) -> FileSymbols:
    """Give the symbols of the text itself, from the index if it has that text already."""
    found = index.symbols_of(code.path, code.text) if index else None
    if found is None:
        tree = parse(code.language, code.text)
        found = known_symbols(tree) if tree else None
    return found or FileSymbols("", [], [], b"", b"")
