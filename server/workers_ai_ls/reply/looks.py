"""Tell code from prose where no fence does."""

import re

from workers_ai_ls.reply.tags import PROSE_LANGUAGES, is_language_name, language_of

_KEYWORD = re.compile(
    r"\s*(?:import|from|def|class|async|await|return|if|elif|else|for|while|try|except|finally|with|raise"
    r"|pass|lambda|yield|func|package|type|struct|interface|enum|const|let|var|val|function|export|default"
    r"|public|private|protected|static|final|abstract|void|int|float|double|char|bool|boolean|string|long"
    r"|unsigned|fn|pub|use|mod|impl|trait|match|switch|case|throw|throws|catch|namespace|using|template"
    r"|module|end|begin|require|include|local|then|do|done|fi|echo|print|println|puts|defer|go|select"
    r"|SELECT|INSERT|UPDATE|CREATE)\b"
)
_CODE = re.compile(
    r"""\s*(?:
        [#]\s*(?:include|define|ifdef|ifndef|if|endif|pragma|import)\b | [#]! | <\?php
        | //|/\*|\*/|\*\s|--\s|@\w|\"\"\"|\'\'\'
        | [\]})(>]+[;,)]*\s*$
        | [$\w.\[\]"'*&>-]+(?:\s*:\s*[\w\[\], |.<>]+)?\s*(?:[-+*/%|&^:]|<<|>>|\*\*|//)?=(?!=)
        | [\w.:$]+(?:<[\w, ]+>)?\(.*\)?\s*[;{:]?\s*$
        | <\/?\w+[^>]*>
    )""",
    re.VERBOSE,
)
_CODE_END = re.compile(r"(?:[;{}\[(]|=>|->|\):|\),|\\)\s*(?:(?://|\#).*)?$")
_COMMENT = re.compile(r"\s*#(?!#)\s?\S")
_HEADING = re.compile(r"\s*(?:#{2,6}\s+\S|\*\*[^*]+\*\*:?\s*$|(?:[-*+]|\d{1,2}[.)])\s+[A-Z`*])")
_SENTENCE = re.compile(r"\s*[\"'(`*_]*\w[\w'’`*-]*[,;:!.]?(?:\s+\S+){3,}[.:!?)`*]*\s*$")  # noqa: RUF001 - people write that apostrophe
_LABEL = re.compile(r"\s*(?:[A-Z][\w']*\s+){0,4}[\w']+:\s*$")
_PROSE_MARKS = re.compile(r"[{}\[\];=<>\\]|\w\(|\)\.|::|->")
_ORDINARY = re.compile(
    r"\b(?:the|a|an|is|are|was|to|of|and|that|this|it|we|you|I|in|be|can|your|here|which|I'm|sorry)\b"
)
# What a comment or a docstring says is prose, and it stands in code all the same.
_TEXT_IN_CODE = (("/*", "*/"), ('"""', '"""'), ("'''", "'''"))
# A share of code lines below this is prose with a few lines of code in it.
_ENOUGH = 0.5


def looks_like_code(text: str, language: str = "") -> bool:
    r"""Tell whether unfenced text is code rather than prose about code.

    >>> looks_like_code("def half(x):\n    return x / 2"), looks_like_code("The code is fine.")
    (True, False)
    """
    if language_of(language) in PROSE_LANGUAGES:
        return bool(text.strip())
    lines = [line for line in _without_text(text).split("\n") if line.strip()]
    if lines and is_language_name(lines[0]):
        lines = lines[1:]
    code = sum(_is_code(line) for line in lines)
    prose = sum(_is_prose(line) for line in lines)
    # A comment of several lines is neither; one sure line of code beside it suffices.
    return code > 0 and code / (code + prose) > _ENOUGH


def bare_code(text: str, language: str, *, only_first: bool = False) -> str | None:
    """Give the code of a reply that has no fence, without the prose before and after it.

    Only whole paragraphs of prose are dropped, and only from the two ends, so that the text inside
    of a docstring stays; `only_first` ends it at the first of them. None if what is left does not
    look like code.
    """
    if language_of(language) in PROSE_LANGUAGES:
        return text.strip("\n") or None
    paragraphs = re.split(r"\n(?:[ \t]*\n)+", text.strip("\n"))
    first, last = _inner(paragraphs)
    if only_first:
        prose = (at for at in range(first + 1, last) if _all_prose(paragraphs[at]))
        last = next(prose, last)
    code = _between(text, paragraphs, first, last)
    lines = code.split("\n")
    if len(lines) > 1 and is_language_name(lines[0]):
        code = "\n".join(lines[1:])
    return code if looks_like_code(code, language) else None


def without_prose(text: str) -> str:
    """Drop whole paragraphs of prose from the two ends of code, whatever is left."""
    paragraphs = re.split(r"\n(?:[ \t]*\n)+", text.strip("\n"))
    first, last = _inner(paragraphs)
    return _between(text, paragraphs, first, last)


def _inner(paragraphs: list[str]) -> tuple[int, int]:
    """Where code starts and ends among paragraphs."""
    first, last = 0, len(paragraphs)
    while first < last and _all_prose(paragraphs[first]):
        first += 1
    while first < last and _all_prose(paragraphs[last - 1]):
        last -= 1
    return first, last


def _without_text(code: str) -> str:
    """Put a mark of code in the place of comments and docstrings.

    No regular expression, which would look for each missing end through all that follows.
    """
    for opening, closing in _TEXT_IN_CODE:
        kept, at = "", 0
        while (start := code.find(opening, at)) >= 0:
            end = code.find(closing, start + len(opening))
            if end < 0:
                break
            kept += code[at:start] + "/**/"
            at = end + len(closing)
        code = kept + code[at:]
    return code


def _between(text: str, paragraphs: list[str], first: int, last: int) -> str:
    """Cut the paragraphs from `first` to before `last` out of `text`, blank lines as they were."""
    text = text.strip("\n")
    start = 0
    for paragraph in paragraphs[:first]:
        start = text.index(paragraph, start) + len(paragraph)
    end = len(text)
    for paragraph in reversed(paragraphs[last:]):
        end = text.rindex(paragraph, start, end)
    return text[start:end].strip("\n")


def _all_prose(paragraph: str) -> bool:
    lines = [line for line in paragraph.split("\n") if line.strip()]
    return all(_is_prose(line) for line in lines)


def _is_code(line: str) -> bool:
    if _HEADING.match(line) or _is_prose(line):
        return False
    return bool(_KEYWORD.match(line) or _CODE.match(line) or _CODE_END.search(line))


def _is_prose(line: str) -> bool:
    if _HEADING.match(line) or _LABEL.match(line):
        return not _KEYWORD.match(line) or line.lstrip()[0] in "#*-"
    if (
        line.startswith(("    ", "\t"))
        or _COMMENT.match(line)
        or re.match(r"\s*(?://|/\*|\*|--|@)", line)
    ):
        return False
    if not _SENTENCE.match(line):
        return False
    words = _ORDINARY.findall(line)
    marks = _PROSE_MARKS.findall(re.sub(r"`[^`]*`", "", line))
    return len(words) > len(marks) if marks else bool(words) or line.rstrip()[-1] in ".:!?"
