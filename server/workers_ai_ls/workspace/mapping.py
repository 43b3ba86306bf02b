"""Where a project would put the tests for a file, learned from those that it has."""

from collections.abc import Iterable
from pathlib import Path
from typing import Literal, NamedTuple

from workers_ai_ls.workspace.layout import GENERIC
from workers_ai_ls.workspace.pairing import Pair, module_of, pairs_in, relatives

_NEARNESS = 4.0
"""How much more a pair counts than one that is a folder further away from the source."""

Folder = tuple[str, ...]


class _Rule(NamedTuple):
    """A way from a source's folder to that of its tests; `vague` where one pair shows little of it."""

    kind: Literal["up", "swap", "root", "flat"]
    old: Folder
    new: Folder
    up: int = 0
    vague: bool = False

    def applied(self, folder: Folder) -> Folder | None:
        """Give the folder of the tests; None where the rule says nothing about this one."""
        match self.kind:
            case "flat":
                return self.new
            case "up":
                return (*folder[: len(folder) - self.up], *self.new)
            case "root":
                fits = folder[: len(self.old)] == self.old
                return (*self.new, *folder[len(self.old) :]) if fits else None
            case "swap":
                size = len(self.old)
                starts = range(len(folder) - size + 1)
                at = next((each for each in starts if folder[each : each + size] == self.old), None)
                return None if at is None else (*folder[:at], *self.new, *folder[at + size :])


def learned(source: Path, base: Path, files: Iterable[Path]) -> Path | None:
    """Give the test file that a project's pairs of sources and tests ask for; None without pairs.

    Each pair suggests rules, and every pair votes on every rule, the nearest ones loudest. What one
    pair shows is followed too: a project's first test sets its way.
    """
    own = source.relative_to(base)
    pairs = [pair for pair in pairs_in(files, base, relatives(source)) if pair.source != own]
    if not pairs:
        return None
    folder = own.parent.parts
    weights = {pair: _weight(pair, folder) for pair in pairs}
    folders: dict[tuple[Folder, Folder], float] = {}
    for pair, weight in weights.items():
        key = pair.source.parent.parts, pair.test.parent.parts
        folders[key] = folders.get(key, 0) + weight
    rules = dict.fromkeys(rule for source, test in folders for rule in _rules(source, test))
    ranked = [
        (_votes(rule, folders), -_doubt(rule, base, target), target)
        for rule in rules
        if (target := rule.applied(folder)) is not None
    ]
    if not ranked:
        return None
    names: dict[str, float] = {}
    for pair, weight in weights.items():
        name = pair.naming.applied(module_of(own), own.suffix)
        names[name] = names.get(name, 0) + weight
    return base.joinpath(*max(ranked)[2], max(names, key=lambda name: names[name]))


def _weight(pair: Pair, folder: Folder) -> float:
    nearness: float = _NEARNESS ** _shared(folder, pair.source.parent.parts)
    return nearness if pair.fits else nearness / _NEARNESS


def _rules(source: Folder, test: Folder) -> list[_Rule]:
    behind = _shared(source[::-1], test[::-1])
    old, new = source[: len(source) - behind], test[: len(test) - behind]
    listed = [_Rule("root", old, new, vague=not behind), _Rule("flat", (), test)]
    common = _shared(source, test)
    if common or len(source) == common:
        listed.append(_Rule("up", (), test[common:], len(source) - common))
    inner = _shared(old, new)
    if len(old) > inner:
        vague = not behind and GENERIC.isdisjoint(old[inner:])
        listed.append(_Rule("swap", old[inner:], new[inner:], vague=vague))
    return listed


def _votes(rule: _Rule, folders: dict[tuple[Folder, Folder], float]) -> float:
    """How much speaks for a rule; what contradicts it counts half."""
    votes = 0.0
    for (source, test), weight in folders.items():
        target = rule.applied(source)
        if target is not None:
            votes += weight if target == test else -weight / 2
    return round(votes, 6)


def _doubt(rule: _Rule, base: Path, target: Folder) -> int:
    """The order of rules for which as much speaks."""
    if rule.kind == "up" and not rule.up:
        return 0
    if rule.kind in ("swap", "root"):
        if not rule.vague:
            return 1
        return 2 if base.joinpath(*target).is_dir() else 5
    return 3 if rule.kind == "flat" else 4


def _shared(one: Folder, other: Folder) -> int:
    """How many parts two folders begin with together."""
    return next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
