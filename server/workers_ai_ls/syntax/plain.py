"""The commonest languages whose syntax we do not read: their names, files and comments."""

from __future__ import annotations

from .language import Language

_C = (("/*", "*/"),)
_SGML = (("<!--", "-->"),)


def _language(
    ids: str,
    name: str,
    files: str,
    line: str = "",
    blocks: tuple[tuple[str, str], ...] = (),
    quotes: str = "\"'`",
) -> Language:
    """Make a language of words divided by blanks: its id and other ids, its files, its comments."""
    own, *aliases = ids.split()
    return Language(
        id=own,
        name=name,
        fence=own,
        extensions=tuple(files.split()),
        line_comments=tuple(line.split()),
        block_comments=blocks,
        quotes=quotes,
        aliases=tuple(aliases),
    )


PLAIN = (
    _language("haskell lhaskell", "Haskell", ".hs .lhs", "--", (("{-", "-}"),), '"'),
    _language("sql mysql plsql pgsql sqlite", "SQL", ".sql", "--", _C, "\"'"),
    _language("yaml yml dockercompose docker-compose", "YAML", ".yaml .yml", "#", (), "\"'"),
    _language("makefile make", "Makefile", "makefile gnumakefile .mk .mak", "#", (), '"'),
    _language("dockerfile docker", "Dockerfile", "dockerfile containerfile .dockerfile", "#"),
    _language("json", "JSON", ".json .webmanifest", "", (), '"'),
    _language("jsonc json5", "JSON with comments", ".jsonc .json5", "//", _C, '"'),
    _language("toml", "TOML", ".toml", "#", (), "\"'"),
    _language("ini dosini properties conf", "INI", ".ini .cfg .conf .properties", "# ;", (), ""),
    _language("html htmldjango jinja-html", "HTML", ".html .htm .xhtml", "", _SGML, ""),
    _language("xml xsl xsd svg", "XML", ".xml .xsl .xslt .xsd .svg", "", _SGML, ""),
    _language("css", "CSS", ".css", "", _C),
    _language("scss sass", "SCSS", ".scss .sass", "//", _C),
    _language("less", "Less", ".less", "//", _C),
    _language("vue", "Vue", ".vue", "//", (*_SGML, *_C)),
    _language("svelte", "Svelte", ".svelte", "//", (*_SGML, *_C)),
    _language("markdown md", "Markdown", ".md .markdown .mdx", "", _SGML, ""),
    _language("rst restructuredtext", "reStructuredText", ".rst", "..", (), ""),
    _language("latex tex plaintex bibtex", "LaTeX", ".tex .sty .cls .bib", "%", (), ""),
    _language("kotlin kt", "Kotlin", ".kt .kts", "//", _C, '"'),
    _language("swift", "Swift", ".swift", "//", _C, '"'),
    _language("scala", "Scala", ".scala .sbt .sc", "//", _C, '"'),
    _language("groovy gradle", "Groovy", ".groovy .gradle jenkinsfile", "//", _C),
    _language("dart", "Dart", ".dart", "//", _C, "\"'"),
    _language("zig", "Zig", ".zig", "//", (), '"'),
    _language("d", "D", ".d", "//", (*_C, ("/+", "+/"))),
    _language("objective-c objc", "Objective-C", ".m", "//", _C, "\"'"),
    _language("objective-cpp objcpp", "Objective-C++", ".mm", "//", _C, "\"'"),
    _language("fsharp", "F#", ".fs .fsi .fsx", "//", (("(*", "*)"),), '"'),
    _language("ocaml", "OCaml", ".ml .mli", "", (("(*", "*)"),), '"'),
    _language("elm", "Elm", ".elm", "--", (("{-", "-}"),), '"'),
    _language("erlang", "Erlang", ".erl .hrl", "%", (), '"'),
    _language("elixir", "Elixir", ".ex .exs", "#", (), "\"'"),
    _language("clojure clojurescript", "Clojure", ".clj .cljs .cljc .edn", ";", (), '"'),
    _language("lisp commonlisp scheme racket", "Lisp", ".lisp .lsp .scm .rkt", ";", (), '"'),
    _language("elisp emacs-lisp emacslisp", "Emacs Lisp", ".el", ";", (), '"'),
    _language("perl perl6 raku", "Perl", ".pl .pm .raku", "#", (("=pod", "=cut"),), "\"'"),
    _language("r", "R", ".r", "#"),
    _language("julia", "Julia", ".jl", "#", (("#=", "=#"),), '"`'),
    _language("matlab octave", "MATLAB", ".matlab", "%", (("%{", "%}"),), '"'),
    _language("fortran fortran-modern", "Fortran", ".f90 .f95 .f03 .f .for", "!", (), "\"'"),
    _language(
        "pascal objectpascal delphi", "Pascal", ".pas .dpr", "//", (("{", "}"), ("(*", "*)")), "'"
    ),
    _language("vb vbnet", "Visual Basic", ".vb .bas", "'", (), '"'),
    _language("powershell ps1", "PowerShell", ".ps1 .psm1 .psd1", "#", (("<#", "#>"),), "\"'"),
    _language("bat dosbatch batch", "Batch", ".bat .cmd", ":: REM rem", (), '"'),
    _language("fish", "Fish", ".fish", "#", (), "\"'"),
    _language("vim viml", "Vim script", ".vim .vimrc", '"', (), "'"),
    _language("cmake", "CMake", ".cmake cmakelists.txt", "#", (("#[[", "]]"),), '"'),
    _language("terraform hcl opentofu", "Terraform", ".tf .tfvars .hcl", "# //", _C, '"'),
    _language("nix", "Nix", ".nix", "#", _C, '"'),
    _language("proto proto3 protobuf", "Protocol Buffers", ".proto", "//", _C, "\"'"),
    _language("graphql", "GraphQL", ".graphql .gql", "#", (), '"'),
    _language("solidity", "Solidity", ".sol", "//", _C, "\"'"),
    _language("asm nasm assembly", "Assembly", ".asm .s", "; # //", _C, '"'),
    _language("verilog systemverilog", "Verilog", ".v .sv .svh", "//", _C, '"'),
    _language("vhdl", "VHDL", ".vhd .vhdl", "--", _C, '"'),
)

UNKNOWN = Language(
    id="plaintext",
    name="text",
    fence="text",
    extensions=(".txt",),
    line_comments=("#", "//", "--", ";", "%"),
    block_comments=(*_C, *_SGML),
    quotes="",
    aliases=("text", "fundamental"),
)
"""Of which nothing is known, so that any usual comment counts as one."""
