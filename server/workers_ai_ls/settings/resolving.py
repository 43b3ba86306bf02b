"""Options become settings: per setting the highest source that gives a good value wins."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import cast

import attrs

from workers_ai_ls.settings.binding import unusable_address, usable_secret
from workers_ai_ls.settings.checking import checked, expectation
from workers_ai_ls.settings.declaring import filled
from workers_ai_ls.settings.options import Options
from workers_ai_ls.settings.origin import DEFAULT, Given, Origin
from workers_ai_ls.settings.payload import GROUPS, SECTION, nearest
from workers_ai_ls.settings.sources import exposed_secret, sources
from workers_ai_ls.settings.table import BY_NAME, SETTINGS, Settings

_MOST_PROBLEMS = 8
"""Sentences that one source may cause: a hostile file must not drown the useful ones."""


@attrs.frozen
class Resolved:
    """Settings, where each came from, and what was wrong on the way."""

    settings: Settings
    origins: Mapping[str, Origin]
    """By setting's name, every one of them."""
    problems: tuple[str, ...]
    """Sentences to show once, none twice; no value stands in them."""
    user_file: Path
    """Where the user's own file is or would be."""
    token_refusal: str = ""
    """Why no token is set although one was given. It is one of the problems where the endpoint needs
    a token: a Cloudflare token that other tools find in the environment is no mistake elsewhere."""
    address_refusal: str = ""
    """Why no request may be made at all; one of the problems too."""


def resolve(options: Options) -> Resolved:
    """Settle every setting; never raises for what the options hold.

    Sources in rising order: default, user file, workspace file, editor, environment. A value that
    is bad, or that its source may not set, leaves the next lower one in force. Lists that add up
    take from every source. The keyring, which stands above the default, is asked only by those who
    lack a secret; see `with_stored`.
    """
    good, addresses, problems = _judged(options)
    secrets = {one.name: good.pop(one.name, []) for one in SETTINGS if one.secret}
    won = {name: _settled(name, offers) for name, offers in good.items()}
    public = filled(Settings, {name: given.value for name, given in won.items()})
    refusals: dict[str, str] = {}
    for name, offers in secrets.items():
        secret, refusals[name] = usable_secret(offers, addresses, public.address)
        if secret:
            won[name] = secret
    if "apiToken" not in won:
        refusals["apiToken"] = refusals["apiToken"] or exposed_secret(options.user)
    address_refusal = unusable_address(addresses)
    problems += [
        address_refusal,
        *(refusals[name] for name in secrets if name != "apiToken" or public.needs_account),
    ]
    return Resolved(
        settings=filled(Settings, {name: given.value for name, given in won.items()}),
        origins={
            one.name: won[one.name].origin if one.name in won else DEFAULT for one in SETTINGS
        },
        problems=tuple(dict.fromkeys(filter(None, problems))),
        user_file=options.user.path,
        token_refusal=refusals["apiToken"],
        address_refusal=address_refusal,
    )


def _judged(options: Options) -> tuple[dict[str, list[Given]], list[Given], list[str]]:
    """Good values by name, all addresses of the API (a bad one as ""), and sentences."""
    good: dict[str, list[Given]] = {}
    addresses: list[Given] = []
    problems: list[str] = []
    for origin, offers, problem in sources(options):
        faults = [problem] if problem else []
        for given in _apart(offers):
            judged = _judge(given, options.user.path)
            if isinstance(judged, Given):
                good.setdefault(given.name, []).append(judged)
            else:
                faults.append(judged)
            if given.name == "baseUrl" and _may_set(given):
                fit = judged if isinstance(judged, Given) else Given("baseUrl", "", origin)
                addresses.append(fit)
        problems += _capped(faults, origin)
    return good, addresses, problems


def _apart(offers: Iterable[Given]) -> Iterator[Given]:
    """Each text of a list that adds up by itself: a bad one must not take the good ones with it."""
    for given in offers:
        setting, value = BY_NAME.get(given.name), given.value
        if setting and setting.adds_up and isinstance(value, list | tuple):
            yield from (attrs.evolve(given, value=[one]) for one in value)
        else:
            yield given


def _settled(name: str, offers: Sequence[Given]) -> Given:
    """The highest value, or all of them together where they add up."""
    if not BY_NAME[name].adds_up:
        return offers[-1]
    texts = [text for given in offers for text in cast("tuple[str, ...]", given.value)]
    origins = tuple(dict.fromkeys(given.origin for given in offers))
    origin = attrs.evolve(origins[-1], beside=origins[:-1])
    return Given(name, tuple(dict.fromkeys(texts)), origin)


def _judge(given: Given, user_file: Path) -> Given | str:
    """The value as its setting's type holds it, or the sentence why it is not used."""
    start = f"The setting {_shown(given.name)} in {given.origin} is"
    if given.name in (*GROUPS, SECTION):
        return f"{start} not used: it must be a group of settings."
    setting = BY_NAME.get(given.name)
    if setting is None:
        near = nearest(given.name)
        return f"{start} unknown: {f'write {_shown(near)}' if near else 'remove it'}."
    if not _may_set(given):
        places = ", ".join([*setting.environment, str(user_file)])
        return f"{start} not used, because only you may set it: set it in {places}."
    try:
        return attrs.evolve(given, value=checked(setting, given.value))
    except ValueError:
        return f"{start} not used: it must be {expectation(setting)}."


def _may_set(given: Given) -> bool:
    own = given.origin.source in ("environment", "user file")
    return own or BY_NAME[given.name].over_lsp


def _shown(name: str) -> str:
    # A key is text of anybody's choice: it must not break the sentence that names it.
    plain = name if re.fullmatch(r"[\w.-]{1,60}", name) else ascii(name[:40])
    return plain if name == SECTION else f"{SECTION}.{plain}"


def _capped(faults: list[str], origin: Origin) -> list[str]:
    if len(faults) <= _MOST_PROBLEMS:
        return faults
    more = len(faults) - _MOST_PROBLEMS
    rest = f"Further settings in {origin} ({more}) are not used: correct the ones named first."
    return [*faults[:_MOST_PROBLEMS], rest]
