"""The part of JSON Schema that the input schemas use, with Workers AI's sentences.

Workers AI validates with Cloudflare's `cabidela`; its sentences and its oddities are facts of the
wire, and a general validator has neither. Written anew from its published behaviour:

- a list whose items are all strings or numbers counts as binary data, and its items are not
  looked at; so does one whose first other item is `null`;
- an absent object is looked into all the same, so it can lack what it requires;
- the length of a string is counted in UTF-16 units.
"""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

import attrs

Schema: TypeAlias = Mapping[str, Any]

_ABSENT = object()


class Unmet(Exception):  # noqa: N818 - what a body is, not a bug
    """A body that breaks its schema. `str()` is the validator's sentence."""


@attrs.frozen
class _Spot:
    """A place in the body."""

    value: object
    path: tuple[str, ...] = ()
    complaints: dict[str, None] = attrs.field(factory=dict)
    """What the branches of a `oneOf` said, each once, in order; shared by all of one body."""
    quiet: bool = False
    """Whether a branch is being tried: its sentence is noted alone."""

    @property
    def pointer(self) -> str:
        return "".join(f"/{name}" for name in self.path) or "/"

    def at(self, name: str, value: object) -> "_Spot":
        return attrs.evolve(self, value=value, path=(*self.path, name))

    def unmet(self, sentence: str) -> Unmet:
        if self.quiet or not self.complaints:
            return Unmet(sentence)
        return Unmet(f"{sentence}: {', '.join(self.complaints)}")


def validate(schema: Schema, body: object) -> None:
    """Raise `Unmet` when `body` breaks `schema`.

    >>> validate({"type": "object", "required": ["a"], "properties": {"a": {}}}, {})
    Traceback (most recent call last):
    workers_ai_local.schemas.validating.Unmet: required properties at '/' are 'a'
    """
    _matches(schema, _Spot(body))


def _matches(schema: Schema, spot: _Spot) -> int:
    """Return how much of `spot` the schema knew: nothing is what makes a property missing."""
    present = spot.value is not _ABSENT
    kinds = _kinds(spot.value)
    if present and "type" in schema and schema["type"] not in kinds:
        found = ",".join(f"'{kind}'" for kind in kinds)
        raise spot.unmet(f"Type mismatch of '{spot.pointer}', '{schema['type']}' not in {found}")
    if present and "oneOf" in schema:
        return _one_of(schema, spot)
    if schema.get("type") == "array" and "binary" not in kinds:
        return sum(_matches(schema["items"], item) for item in _items(spot))
    if schema.get("type") == "object" or "properties" in schema:
        return _object(schema, spot)
    if present:
        _bounds(schema, spot)
    return int(present)


def _one_of(schema: Schema, spot: _Spot) -> int:
    matches = 0
    kind = {"type": schema["type"]} if "type" in schema else {}
    for branch in schema["oneOf"]:
        try:
            _matches({**kind, **branch}, attrs.evolve(spot, quiet=True))
        except Unmet as unmet:
            spot.complaints[str(unmet)] = None
        else:
            matches += 1
    if matches != 1:
        raise spot.unmet(f"oneOf at '{spot.pointer}' not met, {matches} matches")
    return 1


def _object(schema: Schema, spot: _Spot) -> int:
    members = spot.value if isinstance(spot.value, dict) else {}
    met = {
        name
        for name, inner in schema.get("properties", {}).items()
        if _matches(inner, spot.at(name, members.get(name, _ABSENT)))
    }
    further = [name for name in members if name not in met]
    if "additionalProperties" in schema:
        # They are looked at by themselves, so their pointers begin with their own names.
        inner = schema["additionalProperties"]
        met |= {name for name in further if _matches(inner, _Spot(members[name], (name,)))}
    required = schema.get("required", [])
    if not met.issuperset(required):
        raise spot.unmet(f"required properties at '{spot.pointer}' are '{','.join(required)}'")
    return int(bool(met))


def _items(spot: _Spot) -> Iterator[_Spot]:
    values = spot.value if isinstance(spot.value, list) else []
    return (spot.at(str(number), value) for number, value in enumerate(values))


def _bounds(schema: Schema, spot: _Spot) -> None:
    value, place = spot.value, spot.pointer
    if "enum" in schema and value not in schema["enum"]:
        raise spot.unmet(f"enum {value} not in {','.join(schema['enum'])} at '{place}'")
    if isinstance(value, str):
        length = len(value.encode("utf-16-le", "surrogatepass")) // 2
        if length > schema.get("maxLength", length):
            raise spot.unmet(f"Length of '{place}' must be <= {schema['maxLength']}")
        if length < schema.get("minLength", length):
            raise spot.unmet(f"Length of '{place}' must be >= {schema['minLength']} not met")
    elif isinstance(value, int | float):
        if value < schema.get("minimum", value):
            raise spot.unmet(f"'{place}' must be >= {schema['minimum']}")
        if value > schema.get("maximum", value):
            raise spot.unmet(f"'{place}' must be <= {schema['maximum']}")


_KINDS: Mapping[type, list[str]] = {
    type(None): ["null"],
    str: ["string"],
    bool: ["boolean"],
    int: ["number", "integer"],
    float: ["number"],
    list: ["array"],
    dict: ["object"],
}


def _kinds(value: object) -> list[str]:
    if isinstance(value, list) and _is_binary(value):
        return ["array", "binary"]
    if isinstance(value, float) and value.is_integer():
        return ["number", "integer"]
    return _KINDS.get(type(value), [])


def _is_binary(items: list[object]) -> bool:
    plain = (str, int, float)
    others = (each for each in items if isinstance(each, bool) or not isinstance(each, plain))
    return next(others, None) is None
