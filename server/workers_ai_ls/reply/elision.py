"""Recognise the comment that stands for code which the model left out."""

import re
from collections.abc import Iterator

from workers_ai_ls.reply.indentation import blanks

_COMMENT = re.compile(
    r"\s*(?:(?:[#%]|//+|--|;+|/\*+|\*|<!--|\{/\*|\(\*)\s*|[\[(<{]\s*(?=\.{3}|…))(?P<body>.*?)\s*(?:\*+/\}?|-->|\*\)|[\])>}])?\s*"
)
_TRAILING_COMMENT = re.compile(r"\S\s+(?:#|//)\s*(?P<body>(?:\.{3}|…).*)")
_NOUN = (
    r"(?:code|implementation|logic|body|methods?|functions?|class(?:es)?|file|module|solution|program|script"
    r"|tests?|test\s+cases?|cases|imports?|fields|properties|members|statements|lines|definitions?)"
)
_STAYS = (
    r"(?:\s+(?:(?:goes\s+)?here|(?:is|are|remains?|stays?|being)?\s*(?:the\s+same|unchanged|as\s+(?:is|before)"
    r"|omitted.*|not\s+shown)|follows|continues|below|above))"
)
_STANDS_FOR_CODE = re.compile(
    rf"(?:the\s+)?(?:rest|remainder)\s+of\s+(?:\w+\s+){{0,4}}?{_NOUN}{_STAYS}?"
    rf"|(?:the\s+)?remaining\s+(?:\w+\s+)?{_NOUN}{_STAYS}?"
    rf"|(?:the\s+)?(?:existing|original)\s+(?:\w+\s+)?(?:code|implementation|logic|body){_STAYS}?"
    rf"|(?:the\s+)?(?:existing|original|previous|other|same)\s+(?:\w+\s+)?{_NOUN}{_STAYS}"
    rf"|(?:everything\s+else|rest|{_NOUN}){_STAYS}"
    r"|(?:remains?\s+|is\s+)?unchanged(?:\s+code)?|same\s+as\s+(?:before|above|(?:the\s+)?original)|as\s+before"
    rf"|(?:your\s+)?(?:\w+\s+)?{_NOUN}\s+(?:goes\s+)?here"
    rf"|(?:todo:?\s+)?(?:implement|add|put|write|insert|place|fill\s+in)\s+(?:your|the|actual|all)\s+(?:own\s+)?"
    rf"(?:\w+\s+){{0,3}}?{_NOUN}(?:\s+here)?"
    rf"|{_NOUN}\s+omitted(?:\s+for\s+brevity)?|snip(?:ped)?",
    re.IGNORECASE,
)
# With dots beside it, less has to be said; "# ... and use it here" is an ordinary comment.
_HINTS_AT_CODE = re.compile(
    rf"\brest\s+of\b|\b(?:remaining|existing|original|previous|other|same|your|more)\s+(?:\w+\s+)?{_NOUN}\b"
    rf"|\bunchanged\b|\bremains?\s+the\s+same\b|\bsame\s+as\b|\bas\s+before\b|\bomitted\b|\b{_NOUN}\s+here\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"\w+\s+\w+\s+\w+")
_DOTS = re.compile(r"\.{3}|…")
# In Python (and stubs of it) a line of dots is a statement.
_DOTS_ARE_CODE = frozenset({"python"})


def elisions(code: str, original: str, language: str) -> Iterator[str]:
    """Give each line of `code` that stands for code left out.

    A line that `original` has too is the user's own. `language` is a name as `language_of` gives it.
    """
    own = {line.strip() for line in original.splitlines()}
    above = ""
    for line in code.split("\n"):
        if line.strip() not in own and _elides(line, language, above):
            yield line
        above = line


def _is_continued(above: str, line: str) -> bool:
    """Tell whether a comment of dots alone goes on with what the comment above it says.

    It stands for code all the same if that says so.
    """
    found = _COMMENT.fullmatch(above)
    if not found or not found["body"] or blanks(above) != blanks(line):
        return False
    return not _HINTS_AT_CODE.search(found["body"]) and bool(_SENTENCE.search(found["body"]))


def _elides(line: str, language: str, above: str) -> bool:
    if line.strip() in {"...", "…"}:
        return language not in _DOTS_ARE_CODE
    found = _COMMENT.fullmatch(line) or _TRAILING_COMMENT.search(line)
    if not found:
        return False
    body = found["body"]
    words = _DOTS.sub("", body).strip(" \t.,:;()[]<>-*!?")
    if not words:
        return bool(_DOTS.search(body)) and not _is_continued(above, line)
    if _STANDS_FOR_CODE.fullmatch(words):
        return True
    return bool(_DOTS.search(body) and _HINTS_AT_CODE.search(words))
