"""One answer of a model, as the journal holds it."""

import hashlib
import time
from typing import Final, Literal, TypedDict

import attrs

Outcome = Literal[
    "running",
    "applied",
    "held",
    "shown",
    "refused",
    "failed",
    "cancelled",
    "unchanged",
    "discarded",
    "reverted",
    "interrupted",
]
"""What became of the answer.

"interrupted" is read, never written: the entry says "running", and its server has gone.
"""


@attrs.frozen
class Entry:
    """A row of the journal. Code is in it, so neither answer nor prompt is in its repr."""

    id: int = 0
    """Given by the journal; 0 before that."""
    time: float = attrs.field(factory=time.time)
    """When the job began, in seconds since 1970 (UTC)."""
    uri: str = ""
    """The document."""
    action: str = ""
    model: str = ""
    prompt_hash: str = ""
    """As `digest` makes it."""
    prompt: str | None = attrs.field(default=None, repr=False)
    """Dropped unless the journal was opened with `keep_prompts`."""
    answer: str = attrs.field(default="", repr=False)
    """The model's text as it came, perhaps only its beginning."""
    outcome: Outcome = "running"
    detail: str = ""
    """One sentence on the outcome, such as why an answer is held."""
    first_line: int = 0
    """First selected line, from 1; 0 when there is none."""
    last_line: int = 0
    """Last selected line, inclusive."""
    original_hash: str = ""
    """`digest` of the code that was selected."""
    tokens_in: int | None = None
    tokens_out: int | None = None
    tokens_cached: int | None = None
    neurons: float | None = None
    """Cloudflare's unit of price: what the endpoint said, else what its price list comes to."""
    finish_reason: str = ""
    gateway_cache: str = ""
    """AI Gateway's word: `HIT` where it had the answer already, `MISS` where it asked the model."""
    gateway_log: str = ""
    """The id of the entry in AI Gateway's log."""
    server: str = attrs.field(default="", eq=False, repr=False)
    """Names the server that writes it; the journal fills it in."""


class Changes(TypedDict, total=False):
    """What may change in an entry once it is recorded."""

    model: str
    prompt_hash: str
    answer: str
    outcome: Outcome
    detail: str
    first_line: int
    last_line: int
    tokens_in: int | None
    tokens_out: int | None
    tokens_cached: int | None
    neurons: float | None
    finish_reason: str
    gateway_cache: str
    gateway_log: str


COLUMNS: Final = tuple(attribute.name for attribute in attrs.fields(Entry))


def digest(text: str) -> str:
    """SHA-256 of the text, in hexadecimal.

    >>> digest("")[:12]
    'e3b0c44298fc'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def storable(value: object) -> object:
    r"""`value` as SQLite can hold it: what an endpoint sends may be out of every bound.

    >>> storable("a\0b\ud800")
    'a\ufffdb\ufffd'
    >>> storable(10**30) is None
    True
    """
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        return None
    if not isinstance(value, str):
        return value
    # SQLite calls the result of joining texts that hold NUL undefined.
    whole = value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("\0", "\N{REPLACEMENT CHARACTER}")
