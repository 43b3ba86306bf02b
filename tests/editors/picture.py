"""Pictures of a terminal for the READMEs, drawn from what real editors show."""

from __future__ import annotations

import html
import io
import re
from typing import TYPE_CHECKING

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

_DARK = TerminalTheme(
    (20, 22, 27),  # Neovim's own background, so that no cell stands out
    (224, 226, 234),
    [
        (20, 22, 27),
        (255, 192, 185),
        (179, 246, 192),
        (252, 224, 148),
        (166, 219, 255),
        (255, 202, 255),
        (140, 248, 247),
        (224, 226, 234),
    ],
)


def drawn(screens: Sequence[str], *, title: str, columns: int) -> str:
    """Draw screens (text with ANSI colours) one below the other, as an SVG without fonts of its own."""
    console = Console(
        record=True,
        width=columns,
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
    )
    for screen in screens:
        console.print(Text.from_ansi(screen.rstrip("\n")))
    svg = console.export_svg(title=title, theme=_DARK, unique_id="screen")
    # No picture of ours may make a reader's browser fetch fonts from elsewhere.
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)


def words_of(svg: str) -> str:
    """The text that a picture shows, without its spaces."""
    return "".join(html.unescape("".join(re.findall(r"<text[^>]*>([^<]*)<", svg))).split())
