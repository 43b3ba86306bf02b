"""Puts a placeholder in the place of each secret, and knows the way back."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from typing import TYPE_CHECKING

import attrs

from .key_blocks import KIND, coded_lines, key_blocks
from .restoring import Restorer, restored
from .span import Span, united
from .tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_SHORTEST = 6
_TELLING = re.compile(r"(?=.*[0-9])(?=.*\D)|(?=.*[a-z])(?=.*[A-Z])|(?=.*[^\w])", re.DOTALL)
"""What a password has that is no word of the code besides."""


@attrs.frozen
class Hidden:
    """Texts without their secrets; each stands in `secrets` by the placeholder that took its place."""

    texts: tuple[str, ...]
    secrets: Mapping[str, str] = attrs.field(factory=dict, repr=False)
    kinds: Mapping[str, int] = attrs.field(factory=dict)
    """How many secrets of each kind there are, in words: `aws key`."""

    def restore(self, text: str) -> str:
        """Put the secrets back in the place of their placeholders."""
        return restored(text, self.secrets)

    def restorer(self) -> Restorer:
        """The same for a text that comes in pieces."""
        return Restorer(self.secrets)


def hide(texts: Sequence[str], around: Iterable[str] = ()) -> Hidden:
    """Take the secrets out of `texts`. The same texts give the same placeholders.

    A secret has one placeholder wherever it stands. `around` are texts that parts of `texts` were
    cut out of: a part of a private key is known by the whole of it.

    >>> hidden = hide(["connect('db://me:Tr0ub4dor@db.example')"])
    >>> hidden.texts[0], hidden.kinds
    ("connect('db://me:REDACTED_PASSWORD_1@db.example')", {'password': 1})
    >>> hidden.restore("'REDACTED_PASSWORD_1'")
    "'Tr0ub4dor'"
    """
    spans = _spans(texts, around)
    if not any(spans):
        return Hidden(tuple(texts))
    found = [
        (text[span.start : span.end], span.kind)
        for text, held in zip(texts, spans, strict=True)
        for span in held
    ]
    placeholders = _placeholders(dict(reversed(found)), [secret for secret, _ in found], texts)
    return Hidden(
        tuple(_replaced(text, held, placeholders) for text, held in zip(texts, spans, strict=True)),
        {placeholder: secret for secret, placeholder in placeholders.items()},
        dict(Counter(_in_words(kind) for kind in dict(reversed(found)).values())),
    )


def _spans(texts: Sequence[str], around: Iterable[str]) -> list[list[Span]]:
    """Where secrets stand in each text: as found there, and wherever else they occur."""
    spans = [[*key_blocks(text), *tokens(text)] for text in texts]
    kinds = {line: KIND for text in around for line in coded_lines(text)}
    for text, held in zip(texts, spans, strict=True):
        for span in held:
            secret = text[span.start : span.end]
            if len(secret) >= _SHORTEST and _TELLING.match(secret):
                kinds.setdefault(secret, span.kind)
    if kinds:
        # The longest first, so that none is taken for a part of itself.
        known = re.compile("|".join(map(re.escape, sorted(kinds, key=len, reverse=True))))
        for text, held in zip(texts, spans, strict=True):
            held.extend(Span(*found.span(), kinds[found[0]]) for found in known.finditer(text))
    return [united(held) for held in spans]


def _placeholders(
    kinds: Mapping[str, str], ordered: Iterable[str], texts: Sequence[str]
) -> dict[str, str]:
    """A placeholder for each secret, numbered by kind in the order in which they come.

    All numbers have as many digits, so that none is the beginning of another.
    """
    mark = next(mark for mark in _marks() if not any(mark in text for text in texts))
    width = len(str(len(kinds)))
    counts: Counter[str] = Counter()
    placeholders: dict[str, str] = {}
    for secret in dict.fromkeys(ordered):
        kind = kinds[secret]
        counts[kind] += 1
        placeholders[secret] = f"{mark}{kind}_{counts[kind]:0{width}}"
    return placeholders


def _marks() -> Iterator[str]:
    yield "REDACTED_"
    yield from (f"REDACTED{number}_" for number in itertools.count(2))


def _replaced(text: str, spans: Sequence[Span], placeholders: Mapping[str, str]) -> str:
    parts, done = [], 0
    for span in spans:
        parts += [text[done : span.start], placeholders[text[span.start : span.end]]]
        done = span.end
    return "".join((*parts, text[done:]))


def _in_words(kind: str) -> str:
    return kind.replace("_", " ").lower()
