"""Tests that go into the very file that holds the code, and what is said of written tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.lsp_editor import lsp_editor
from tests.scripted_endpoint import ScriptedEndpoint, native_stream

if TYPE_CHECKING:
    from pathlib import Path

HALF = "pub fn half(x: i32) -> i32 {\n    ┃x / 2\n}\n"
ANSWER = "```rust\nuse super::*;\n\n#[test]\nfn four() {\n    assert_eq!(half(4), 2);\n}\n```"
UNIT = (
    "\n#[cfg(test)]\nmod tests {\n    use super::*;\n\n    #[test]\n    fn four() {\n"
    "        assert_eq!(half(4), 2);\n    }\n}\n"
)


@pytest.mark.parametrize("name", ["visual-studio-code", "neovim", "emacs"])
async def test_rust_unit_tests_are_one_edit_of_the_source_itself(tmp_path: Path, name: str) -> None:
    async with (
        ScriptedEndpoint(native_stream(ANSWER)) as endpoint,
        lsp_editor(tmp_path, endpoint, name) as editor,
    ):
        (editor.folder / "Cargo.toml").write_text('[package]\nname = "shop"\n')
        uri = editor.open("src/lib.rs", HALF, "rust")
        await editor.choose("AI: Write tests")
        assert (await editor.ended()).startswith("done")

        assert editor.text(uri) == HALF.replace("┃", "") + UNIT
        assert len(editor.edits) == 1
        (said,) = editor.messages
        assert said.endswith("1 test written to src/lib.rs; run it with: `cargo test --lib tests`.")

        await editor.choose("AI: Revert")
        await editor.until(
            lambda: editor.text(uri) == HALF.replace("┃", ""), "the tests to be taken back"
        )


async def test_tests_that_are_applied_after_a_look_are_told_of_with_their_command(
    tmp_path: Path,
) -> None:
    options = {"apply": "preview"}
    async with (
        ScriptedEndpoint(native_stream(ANSWER)) as endpoint,
        lsp_editor(tmp_path, endpoint, "neovim", options=options) as editor,
    ):
        (editor.folder / "Cargo.toml").write_text('[package]\nname = "shop"\n')
        uri = editor.open("src/lib.rs", HALF, "rust")
        await editor.choose("AI: Write tests")
        assert (await editor.ended()).startswith("ready")
        editor.current = uri
        await editor.choose("AI: Apply anyway")
        await editor.until(lambda: len(editor.messages) > 1, "the command to run them")
        _, said = editor.messages
        assert said.endswith("1 test written to src/lib.rs; run it with: `cargo test --lib tests`.")
        assert editor.text(uri) == HALF.replace("┃", "") + UNIT
