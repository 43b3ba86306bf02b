"""Generates what people and editors read about the settings, from their declaration."""

from typing import Any, Final

from workers_ai_ls.settings.declaring import Setting, kinds
from workers_ai_ls.settings.overview import shown
from workers_ai_ls.settings.payload import SECTION
from workers_ai_ls.settings.table import SETTINGS

START: Final = "<!-- settings -->"
END: Final = "<!-- /settings -->"

_JSON_TYPES: Final = {
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "string",
    tuple: "array",
    type(None): "null",
}


def json_schema() -> dict[str, Any]:
    """JSON Schema of a settings file or object: everything below the section `workersAI`."""
    section = _group()
    for setting in SETTINGS:
        *groups, last = setting.name.split(".")
        group = section
        for name in groups:
            group = group["properties"].setdefault(name, _group())
        group["properties"][last] = _property(setting)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Settings of workers-ai-language-server",
        **_group(),
        "properties": {SECTION: section},
    }


def markdown_table() -> str:
    """Every setting as a row: name, default, meaning, and where it may be set."""
    rows = ["| Setting | Default | What it does | Where |", "| --- | --- | --- | --- |"]
    for one in SETTINGS:
        default = shown(one, one.default)
        cells = (f"`{one.name}`", default if default == "unset" else f"`{default}`")
        meaning = " ".join(filter(None, (one.description, _bounds(one))))
        rows.append(
            "| " + " | ".join(_cell(text) for text in (*cells, meaning, _places(one))) + " |"
        )
    return "\n".join(rows) + "\n"


def insert_table(readme_text: str) -> str:
    """Replace what stands between the two markers. ValueError unless each stands there once."""
    if readme_text.count(START) != 1 or readme_text.count(END) != 1:
        raise ValueError(f"the text must hold {START} and {END} once each")
    before, _, rest = readme_text.partition(START)
    _, closing, after = rest.partition(END)
    if not closing:
        raise ValueError(f"{START} must stand before {END}")
    return f"{before}{START}\n{markdown_table()}{END}{after}"


def _group() -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": {}}


def _property(setting: Setting) -> dict[str, Any]:
    names = [_JSON_TYPES[kind] for kind in kinds(setting)]
    if names == ["array"]:
        return _list(setting)
    schema: dict[str, Any] = {
        "type": names if len(names) > 1 else names[0],
        "default": setting.default,
        "description": setting.description,
    }
    if setting.enum:
        schema["enum"] = list(setting.enum)
    if setting.pattern:
        schema["pattern"] = f"^({setting.pattern})?$"
    if setting.maximum is not None:
        schema["maxLength" if names == ["string"] else "maximum"] = setting.maximum
    if setting.minimum is not None:
        schema["minimum"] = setting.minimum
    return schema


def _list(setting: Setting) -> dict[str, Any]:
    text: dict[str, Any] = {"type": "string", "maxLength": setting.maximum}
    if setting.pattern:
        text["pattern"] = f"^({setting.pattern})?$"
    return {
        "type": "array",
        "items": text,
        "default": setting.default,
        "description": setting.description,
    }


def _bounds(setting: Setting) -> str:
    if setting.minimum is None or setting.maximum is None:
        return ""
    return f"From {setting.minimum:,g} to {setting.maximum:,.10g}."


def _places(setting: Setting) -> str:
    variables = [f"`{name}`" for name in setting.environment]
    places = ["editor", "files"] if setting.over_lsp else ["user file"]
    kept = ["keyring"] if setting.secret else []
    return ", ".join([*kept, *places, *variables])


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
