"""A short text in each of the wire's shapes, and with what stands in frames besides strings."""

from collections.abc import Mapping

from workers_ai_local.recorded import Reply

_TEXT = "def half(x):\n    return x / 2\n"
_THOUGHT = ({"reasoning": "Halve"}, {"reasoning": " it."})

SHAPES: Mapping[str, Reply] = {
    "native": Reply(text=_TEXT),
    "dual": Reply(text=_TEXT, shape="dual"),
    "openai": Reply(text=_TEXT, shape="openai"),
    "json": Reply(text=_TEXT, shape="json"),
    "native-numbers": Reply(text=_TEXT, numbers=True),
    "dual-numbers": Reply(text=_TEXT, shape="dual", numbers=True),
    "openai-numbers": Reply(text=_TEXT, shape="openai", numbers=True),
    "json-number": Reply(pieces=(2,), shape="json"),
    "object": Reply(pieces=({"value": {"half": 0.5}},)),
    "null": Reply(pieces=(None, "def", None)),
    "length": Reply(text=_TEXT, shape="openai", reason="length"),
    "reasoning": Reply(pieces=(*_THOUGHT, _TEXT), shape="openai"),
    "reasoning-key": Reply(
        # Some models have the other name for the same member.
        pieces=(
            {"frame": {"choices": [{"index": 0, "delta": {"reasoning": "Halve it."}}]}},
            _TEXT,
        ),
        shape="openai",
    ),
    "reasoning-only": Reply(pieces=_THOUGHT, shape="openai", reason="length"),
    "no-usage": Reply(text=_TEXT, usage=None),
}
