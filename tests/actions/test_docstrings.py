"""The example in each action's docstring is manual, demo and test."""

import re
from importlib import import_module
from pkgutil import iter_modules

import pytest

from tests.actions.checking import Request
from workers_ai_ls import actions
from workers_ai_ls.actions import ACTIONS, Action
from workers_ai_ls.context import TestPlace
from workers_ai_ls.reply.outcomes import CreateFile, Replace, Show
from workers_ai_ls.settings import Offered, Prompts

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_OUTCOMES = {"after": Replace, "created": CreateFile, "shown": Show}


def _declared() -> list[tuple[str, Action]]:
    """The actions that modules of the room declare, with their modules."""
    modules = [
        import_module(f"{actions.__name__}.{each.name}")
        for each in iter_modules(actions.__path__)
        if each.name != "table"
    ]
    return [
        (module.__name__, each)
        for module in modules
        for each in vars(module).values()
        if isinstance(each, Action)
    ]


@pytest.mark.parametrize(("module", "action"), _declared())
def test_the_example_works(module: str, action: Action) -> None:
    parts = dict(_BLOCK.findall(import_module(module).__doc__ or ""))
    (kind,) = parts.keys() - {"before", "reply"}
    place = TestPlace("/work/test_sample.py", "test_sample.py", "pytest", None)
    request = Request(action, parts["before"], tests=place)
    assert action.applies(request.selection)
    outcome = request.outcome(parts["reply"])
    assert isinstance(outcome, _OUTCOMES[kind])
    assert request.applied(outcome) == parts[kind]


def test_every_declared_action_is_in_the_table_once() -> None:
    assert sorted(map(id, ACTIONS)) == sorted(id(action) for _, action in _declared())


def test_names_titles_and_kinds_are_unique() -> None:
    for attribute in ("name", "title", "kind", "command"):
        assert len({getattr(action, attribute) for action in ACTIONS}) == len(ACTIONS)


def test_the_kinds_are_those_that_editors_were_told() -> None:
    assert [(action.title, action.kind) for action in ACTIONS] == [
        ("AI: Explain", "refactor.workers-ai.explain"),
        ("AI: Refactor", "refactor.rewrite.workers-ai"),
        ("AI: Write tests", "refactor.workers-ai.tests"),
        ("AI: Edit", "refactor.rewrite.workers-ai.edit"),
    ]


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.name)
def test_settings_hide_and_instruct_each_action(action: Action) -> None:
    assert getattr(Offered(), action.name) is True
    assert getattr(Prompts(), action.name) == ""
