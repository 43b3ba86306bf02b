from pathlib import Path

import pytest

from tests.settings.offering import resolved
from workers_ai_ls.settings import Settings

SHAPES: dict[str, object] = {
    "section": {"workersAI": {"model": "m", "prompts": {"system": "Hi."}}},
    "bare section": {"model": "m", "prompts": {"system": "Hi."}},
    "list of one": [{"model": "m", "prompts": {"system": "Hi."}}],
    "tuple, as pygls decodes lists": ({"model": "m", "prompts": {"system": "Hi."}}, None),
    "dotted keys": {"workersAI.model": "m", "workersAI.prompts.system": "Hi."},
    "dotted group": {"workersAI.model": "m", "workersAI.prompts": {"system": "Hi."}},
    "dotted keys in the section": {"workersAI": {"model": "m", "prompts.system": "Hi."}},
    "bare dotted keys": {"model": "m", "prompts.system": "Hi."},
    "beside other servers": {
        "pylsp": {"model": "other"},
        "model": "not ours",
        "workersAI": {"model": "m", "prompts": {"system": "Hi."}},
    },
    "several items": [None, {"model": "early", "prompts": {"system": "Hi."}}, {"model": "m"}],
}


@pytest.mark.parametrize("payload", SHAPES.values(), ids=SHAPES)
def test_every_shape_that_editors_send_is_read(tmp_path: Path, payload: object) -> None:
    outcome = resolved(tmp_path, lsp=payload)
    assert (outcome.settings.model, outcome.settings.prompts.system) == ("m", "Hi.")
    assert outcome.problems == ()


NOTHING: dict[str, object] = {
    "null": None,
    "null section": {"workersAI": None},
    "empty": {},
    "list of null": [None],
    "Lua's empty table": {"workersAI": []},
    "Lua's empty group": {"workersAI": {"actions": []}},
    "null settings": {"workersAI": {"temperature": None, "model": None, "prompts": None}},
    "all servers' sections but ours": {"pylsp": {"plugins": {}}, "gopls": {"staticcheck": True}},
}


@pytest.mark.parametrize("payload", NOTHING.values(), ids=NOTHING)
def test_nothing_of_ours_is_no_problem(tmp_path: Path, payload: object) -> None:
    outcome = resolved(tmp_path, lsp=payload)
    assert outcome.settings == Settings()
    assert outcome.problems == ()


@pytest.mark.parametrize(
    "payload", ["x", 3, True, ["x"], [[1]], {"workersAI": "gpt"}, [{"model": "m"}, "x"]]
)
def test_what_is_no_object_is_told(tmp_path: Path, payload: object) -> None:
    (problem,) = resolved(tmp_path, lsp=payload).problems
    assert problem == (
        "The setting workersAI in the editor's settings is not used: "
        "it must be a group of settings."
    )


def test_a_bad_item_of_a_list_harms_no_other(tmp_path: Path) -> None:
    outcome = resolved(tmp_path, lsp=[{"model": "m"}, "x", {"stream": False}])
    assert (outcome.settings.model, outcome.settings.stream) == ("m", False)


def test_lists_nested_beyond_the_stack_are_read(tmp_path: Path) -> None:
    payload: object = {"model": "m"}
    for _ in range(100_000):
        payload = [payload]
    assert resolved(tmp_path, lsp=payload).settings.model == "m"


def test_null_leaves_the_lower_source_in_force(tmp_path: Path) -> None:
    outcome = resolved(tmp_path, user="[workersAI]\ntemperature = 0.25", lsp={"temperature": None})
    assert outcome.settings.temperature == 0.25
    assert outcome.origins["temperature"].source == "user file"


def test_a_misspelt_section_is_told(tmp_path: Path) -> None:
    assert resolved(tmp_path, lsp={"workersai": {"model": "m"}}).problems == (
        "The setting workersAI.workersai in the editor's settings is unknown: write workersAI.",
    )
