"""What code means: languages, syntax trees, definitions, and what a selection stands for.

Pure, and free to import: tree-sitter and its grammars are loaded when a text is first parsed. All
positions are offsets of code points into the text.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
