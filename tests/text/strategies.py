"""What the property tests of this room draw from."""

from hypothesis import settings
from hypothesis import strategies as st

from workers_ai_ls.text import Encoding

# Line ends, characters that only `str.splitlines` takes for one, every width in UTF-8 and UTF-16,
# a combining accent, a skin tone and a joiner.
ALPHABET = ["a", "b", " ", "\n", "\r", "\r\n", "\f", "\x85", "\u2028", "é", "e\u0301", "漢", "😀"]
ALPHABET += ["👍🏽", "\u200d", "\x1c"]

texts = st.lists(st.sampled_from(ALPHABET), max_size=24).map("".join)
lines = st.lists(st.sampled_from(["a", "b", "ab", "", "  a", "é"]), max_size=12)
encodings: st.SearchStrategy[Encoding] = st.sampled_from(["utf-8", "utf-16", "utf-32"])

# An example takes under a millisecond, but a busy machine may stop it for longer than Hypothesis's
# deadline; its default of 100 examples misses one of the rarer joins of line ends now and then.
thoroughly = settings(deadline=None, max_examples=400)
