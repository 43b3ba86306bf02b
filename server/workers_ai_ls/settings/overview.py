"""What `doctor` shows: of each setting, what it is and where it came from."""

import json
from typing import NamedTuple

from workers_ai_ls.settings.declaring import Setting, held
from workers_ai_ls.settings.resolving import Resolved
from workers_ai_ls.settings.table import SETTINGS


class Row(NamedTuple):
    """One setting for the eye; a secret's value is not in it."""

    name: str
    value: str
    origin: str


def overview(resolved: Resolved) -> tuple[Row, ...]:
    """A row for every setting, in the order of the table."""
    values = dict(held(resolved.settings))
    return tuple(
        Row(one.name, shown(one, values[one.name]), str(resolved.origins[one.name]))
        for one in SETTINGS
    )


def shown(setting: Setting, value: object) -> str:
    """A value for people, as TOML writes it where it is plain.

    >>> shown(Setting("stream", bool, True, ""), True)
    'true'
    >>> shown(Setting("apiToken", str, "", "", secret=True), "s3cret")
    'set, not shown'
    """
    if value is None or value == "":
        return "unset"
    if setting.secret:
        return "set, not shown"
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:.10g}" if isinstance(value, float) else str(value)
