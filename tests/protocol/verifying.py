"""A server whose user has allowed that new tests are run; for the tests of that."""

from __future__ import annotations

import contextlib
import json
import shlex
import sys
from typing import TYPE_CHECKING, Any

import attrs

from tests.lsp_course import Course, Desk
from tests.lsp_editor import lsp_editor
from tests.protocol.test_answers_kept import rows
from tests.scripted_endpoint import HANG, ScriptedEndpoint, native_stream

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.lsp_editor import LspEditor
    from tests.scripted_endpoint import Answer

PYTEST = shlex.join([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"])
HALF = "def half(x):\n    ┃return x / 2\n"
RIGHT = "def test_right():\n    assert half(4) == 2"
WRONG = "def test_wrong():\n    assert half(4) == 3"


def answer_of(*tests: str) -> Answer:
    """An answer of the model."""
    body = "\n\n\n".join(tests)
    return native_stream(f"```python\nfrom half import half\n\n\n{body}\n```")


@attrs.frozen
class Verifying:
    """The desk of a user who has allowed it."""

    desk: Desk
    home: Path

    @property
    def editor(self) -> LspEditor:
        return self.desk.editor

    @property
    def folder(self) -> Path:
        """The workspace's."""
        return self.editor.folder

    async def write(self, *answers: Answer, name: str = "half.py", text: str = HALF) -> Course:
        """Ask for tests and wait until they are there."""
        return await self.desk.run("tests", text, *answers, name=name)

    def written(self, name: str = "test_half.py") -> str:
        """The text of the new tests."""
        return self.editor.text((self.folder / name).as_uri())

    def details(self) -> list[tuple[str, str]]:
        """Outcome and detail of each answer in the journal."""
        return [(row["outcome"], row["detail"]) for row in rows(self.home)]

    def trials(self) -> list[Path]:
        """What is left of the folders in which tests were run."""
        return [*(self.home / "home" / ".cache").glob("**/trials/*")]


@contextlib.asynccontextmanager
async def verifying(
    folder: Path,
    command: str = f"{PYTEST} {{file}}",
    *,
    folders: tuple[str, ...] | None = None,
    seconds: int = 60,
    more: str = "",
    environment: dict[str, str] | None = None,
    **editor: Any,
) -> AsyncIterator[Verifying]:
    """Start a server whose user's own file has the command for these folders (the workspace)."""
    file = folder / "home" / ".config" / "workers-ai-language-server" / "config.toml"
    file.parent.mkdir(parents=True)
    trusted = [str(folder / "workspace")] if folders is None else list(folders)
    file.write_text(
        f"[workersAI]\n{more}\n[workersAI.verification]\ncommand = {json.dumps(command)}\n"
        f"folders = {json.dumps(trusted)}\nseconds = {seconds}\n"
    )
    # Plugins of these tests' own pytest take longer to load than the new tests to run.
    given = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"} | (environment or {})
    async with (
        ScriptedEndpoint(HANG) as endpoint,
        lsp_editor(folder, endpoint, environment=given, **editor) as editor_,
    ):
        yield Verifying(Desk(editor_, endpoint), folder)
