import json
import re

import pytest

from workers_ai_ls.settings import SETTINGS
from workers_ai_ls.settings.reference import END, START, insert_table, json_schema, markdown_table


def test_the_schema_holds_every_setting_where_it_is_nested() -> None:
    section = json_schema()["properties"]["workersAI"]
    for setting in SETTINGS:
        node = section
        for name in setting.name.split("."):
            assert node["additionalProperties"] is False
            node = node["properties"][name]
        assert node["description"] == setting.description
        assert node["default"] == setting.default


def test_the_schema_is_json_and_says_types_and_bounds() -> None:
    section = json.loads(json.dumps(json_schema()))["properties"]["workersAI"]["properties"]
    assert section["apply"]["enum"] == ["direct", "preview"]
    assert section["temperature"] == {
        "type": ["number", "null"],
        "default": None,
        "description": section["temperature"]["description"],
        "maximum": 5,
        "minimum": 0,
    }
    assert section["model"]["maxLength"] == 200
    assert re.search(section["model"]["pattern"], "")
    assert re.search(section["model"]["pattern"], "@cf/a/b")
    assert not re.search(section["model"]["pattern"], "a/../b")
    assert section["journal"]["properties"]["keepPrompts"]["type"] == "boolean"


def test_the_table_has_a_row_for_every_setting_and_four_columns() -> None:
    head, rule, *rows = markdown_table().splitlines()
    assert [row.split("`")[1] for row in rows] == [setting.name for setting in SETTINGS]
    for line in (head, rule, *rows):
        assert len(re.findall(r"(?<!\\)\|", line)) == 5
    (token,) = (row for row in rows if "`apiToken`" in row)
    assert token.startswith("| `apiToken` | unset | Cloudflare API token that may run Workers AI, ")
    assert token.endswith(
        " | keyring, user file, `CLOUDFLARE_API_TOKEN`, `CLOUDFLARE_AUTH_TOKEN` |"
    )


def test_inserting_the_table_changes_only_what_is_between_the_marks() -> None:
    text = f"before\n{START}\nstale\n{END}\nafter\n"
    once = insert_table(text)
    assert once == f"before\n{START}\n{markdown_table()}{END}\nafter\n"
    assert insert_table(once) == once


@pytest.mark.parametrize("text", ["", START, END, START + START + END, END + START])
def test_missing_or_crossed_marks_are_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"<!-- settings -->"):
        insert_table(text)
