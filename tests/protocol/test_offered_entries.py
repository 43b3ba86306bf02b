"""What the entries of the code action list say of themselves, and which no setting hides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import pytest
from lsprotocol import types
from pytest_lsp import client_capabilities

from tests.lsp_editor import lsp_editor
from tests.scripted_endpoint import ScriptedEndpoint, native_stream

if TYPE_CHECKING:
    from pathlib import Path

CODE = "def half(x):\n    ┃y = x / 2\n    return y\n"
GOOD = native_stream("```python\ndef half(x):\n    return x / 2\n```")
ELIDED = native_stream("```python\ndef half(x):\n    # ... rest of the code unchanged\n```")
WRITTEN = types.CodeActionTag.LlmGenerated


def capabilities(*, tags: bool) -> types.ClientCapabilities:
    known = client_capabilities("visual-studio-code")
    assert known.text_document is not None
    assert known.text_document.code_action is not None
    support = types.CodeActionTagOptions(value_set=[WRITTEN]) if tags else None
    action = attrs.evolve(known.text_document.code_action, tag_support=support)
    return attrs.evolve(known, text_document=attrs.evolve(known.text_document, code_action=action))


@pytest.mark.parametrize("tags", [True, False])
async def test_only_what_a_model_writes_is_tagged_and_only_where_tags_are_known(
    tmp_path: Path, *, tags: bool
) -> None:
    async with (
        ScriptedEndpoint(GOOD) as endpoint,
        lsp_editor(tmp_path, endpoint, capabilities=capabilities(tags=tags)) as editor,
    ):
        editor.open("half.py", CODE)
        await editor.choose("AI: Refactor")
        await editor.ended()
        tagged = {each.title for each in await editor.actions() if WRITTEN in (each.tags or ())}

    assert tagged == ({"AI: Explain", "AI: Refactor", "AI: Write tests"} if tags else set())


async def test_a_held_answer_is_offered_whatever_the_setting_for_follow_ups(
    tmp_path: Path,
) -> None:
    async with (
        ScriptedEndpoint(ELIDED) as endpoint,
        lsp_editor(tmp_path, endpoint, options={"followUps": False}) as editor,
    ):
        editor.open("half.py", CODE)
        await editor.choose("AI: Refactor")
        assert (await editor.ended()).startswith("held")
        titles = await editor.titles()

    assert titles[:3] == ["AI: Apply anyway", "AI: Show difference", "AI: Discard"]
