"""One table per grammar: what its nodes mean to us. Data only; nothing here imports tree-sitter."""

from .bash import BASH
from .c import CPP, C
from .c_sharp import C_SHARP
from .go import GO
from .java import JAVA
from .javascript import JAVASCRIPT, TSX, TYPESCRIPT
from .lua import LUA
from .php import PHP
from .python import PYTHON
from .ruby import RUBY
from .rust import RUST

__all__ = [
    "BASH",
    "CPP",
    "C_SHARP",
    "GO",
    "JAVA",
    "JAVASCRIPT",
    "LUA",
    "PHP",
    "PYTHON",
    "RUBY",
    "RUST",
    "TSX",
    "TYPESCRIPT",
    "C",
]
