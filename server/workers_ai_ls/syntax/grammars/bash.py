"""Bash, which also serves for sh and zsh."""

from workers_ai_ls.syntax.language import Grammar

BASH = Grammar(
    module="tree_sitter_bash",
    scopes="(function_definition name: (_) @name body: (_) @body) @function",
    imports="(command) @call",
    calls=r"^(?:source|\.)\s",
    containers=frozenset({"program", "compound_statement", "do_group", "case_item", "subshell"}),
)
