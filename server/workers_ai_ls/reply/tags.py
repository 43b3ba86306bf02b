"""The words that follow a fence, and which languages they stand for."""

import re

_ALIASES = {
    "python": "py python2 python3 py3 pycon ipython pyi python-repl",
    "javascript": "js jsx mjs cjs node nodejs javascriptreact ecmascript",
    "typescript": "ts tsx mts cts typescriptreact",
    "go": "golang",
    "rust": "rs",
    "java": "",
    "kotlin": "kt kts",
    "c": "h",
    "cpp": "c++ cc cxx hpp hxx arduino ino",
    "objective-c": "objc objectivec",
    "csharp": "cs c#",
    "ruby": "rb",
    "php": "",
    "lua": "luau",
    "julia": "jl",
    "swift": "",
    "scala": "",
    "perl": "pl",
    "r": "",
    "sql": "mysql postgresql sqlite",
    "html": "xhtml htm",
    "css": "scss sass less",
    "json": "jsonc json5",
    "yaml": "yml",
    "toml": "ini",
    "xml": "",
    "markdown": "md mdx",
    "text": "txt plaintext plain output out stdout stderr log none traceback error result results",
    "shellscript": "sh shell bash zsh fish console terminal shell-session sh-session bats",
    "powershell": "ps1 pwsh cmd bat batch dos",
    "diff": "patch udiff",
}
_LANGUAGE_OF = {
    alias: language
    for language, aliases in _ALIASES.items()
    for alias in (language, *aliases.split())
}
_RELATED = (
    {"javascript", "typescript"},
    {"c", "cpp", "objective-c"},
    {"shellscript", "powershell"},
)
# These are written for people, so an answer in them need not look like code.
PROSE_LANGUAGES = frozenset(
    {"markdown", "text", "latex", "tex", "restructuredtext", "rst", "asciidoc"}
)
# Blocks that show how to run something, or what it printed, next to the block that answers.
ASIDES = frozenset({"shellscript", "powershell", "text", "diff"})
# `r` and `h` alone on a line are more often a variable than the name of a language.
_NOT_A_NAME = frozenset(
    {"r", "h", "out", "error", "result", "results", "none", "plain", "text", "node", "less"}
)

_ATTRIBUTE = re.compile(
    r"(?:[{\[(].*|(?:title|file|filename|filepath|name|path|lines|linenums|hl_lines|highlight|start)\b.*"
    r"|[\w./\\-]+\.\w{1,5}|[\w#+-]+)",
    re.IGNORECASE,
)


def language_of(tag: str) -> str:
    """Give the one name of a language for a fence tag, a language id or an alias.

    >>> language_of("py"), language_of("typescriptreact"), language_of("Zig"), language_of("")
    ('python', 'typescript', 'zig', '')
    """
    return _LANGUAGE_OF.get(tag.casefold(), tag.casefold())


def are_related(tag: str, other: str) -> bool:
    """Tell whether models mix the two languages' tags up (`js` for TypeScript, `c` for C++)."""
    pair = {language_of(tag), language_of(other)}
    return len(pair) == 1 or any(pair <= family for family in _RELATED)


def is_language_name(line: str) -> bool:
    """Tell whether a line is nothing but the name of a language (a fence tag that lost its fence)."""
    word = line.strip().casefold()
    return word in _LANGUAGE_OF and word not in _NOT_A_NAME


def tag_and_code(info: str) -> tuple[str, str]:
    """Split what follows an opening fence into the language tag and code on the same line.

    >>> tag_and_code("py title=x"), tag_and_code("java:src/Main.java"), tag_and_code("src/a.py")
    (('py', ''), ('java', ''), ('py', ''))
    >>> tag_and_code("go package plain"), tag_and_code("def half(x):")
    (('go', 'package plain'), ('', 'def half(x):'))
    """
    info = info.strip()
    if attributes := re.fullmatch(r"\{\s*\.?(?P<tag>[\w+#-]*).*\}", info):
        return attributes["tag"].casefold(), ""
    word, _, rest = info.partition(" ")
    rest = rest.strip()
    name = re.split(r"[:{,;=(]", word, maxsplit=1)[0]
    if not name or "/" in name or "." in name:
        return word.rpartition(".")[2].casefold() if "." in word else "", ""
    if name.casefold() not in _LANGUAGE_OF and rest and not _ATTRIBUTE.fullmatch(rest):
        return "", info
    if name.casefold() not in _LANGUAGE_OF and re.search(r"[()=;]", info):
        return "", info
    return name.casefold(), "" if not rest or _ATTRIBUTE.fullmatch(rest) else rest
