"""Find where the tests for a source file live, for any language."""

from pathlib import Path

from workers_ai_ls.workspace.go_layout import go_tests
from workers_ai_ls.workspace.java_layout import java_tests
from workers_ai_ls.workspace.javascript_layout import javascript_tests
from workers_ai_ls.workspace.layout import TestTarget
from workers_ai_ls.workspace.other_layouts import customary_tests
from workers_ai_ls.workspace.python_layout import python_tests
from workers_ai_ls.workspace.rust_layout import rust_tests

_JAVASCRIPT = frozenset(
    {
        "javascript",
        "javascriptreact",
        "typescript",
        "typescriptreact",
        "tsx",
        "jsx",
        "vue",
        "svelte",
    }
)


def find_tests(
    path: Path, *, language_id: str, symbol: str | None, root: Path | None
) -> TestTarget:
    """Find the test file for the source file at `path`, which is the file itself if it is one.

    That is the existing one for this module, or for this symbol; else a new one where the project's
    pairs of sources and tests ask for it; else by custom; else one beside the source. In Rust it is
    the source itself, where unit tests are the project's way. `symbol` is what is to be tested,
    `root` the workspace folder, above which nothing is looked at. At most about 2,000 directory
    entries are. Raises NotText, TooLarge or
    CannotRead when there is a test file that can't be added to.
    """
    if language_id == "python":
        return python_tests(path, symbol, root)
    if language_id in _JAVASCRIPT:
        return javascript_tests(path, symbol, root)
    if language_id == "go":
        return go_tests(path, symbol, root)
    if language_id == "rust":
        return rust_tests(path, symbol, root)
    if language_id == "java":
        return java_tests(path, symbol, root)
    return customary_tests(path, symbol, language_id, root)
