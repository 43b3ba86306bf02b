import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs
import httpx
import pytest

from workers_ai_local import official
from workers_ai_local.catalogue import SMALL
from workers_ai_local.official import fetch_official
from workers_ai_local.sources import SourceUnavailable

CONTENT = bytes(range(256)) * 8
MODEL = attrs.evolve(SMALL, size=len(CONTENT), file_name="tiny.gguf")
Handler = Callable[[httpx.Request], httpx.Response]


class Stream(httpx.SyncByteStream):
    """Some bytes; then, perhaps, the network goes."""

    def __init__(self, content: bytes, error: Exception | None = None) -> None:
        self.content = content
        self.error = error

    def __iter__(self) -> Iterator[bytes]:
        yield self.content
        if self.error is not None:
            raise self.error


def whole(content: bytes = CONTENT) -> httpx.Response:
    return httpx.Response(200, stream=Stream(content))


def broken() -> httpx.Response:
    return httpx.Response(200, stream=Stream(CONTENT[:300], httpx.ReadError("gone")))


def fetch(folder: Path, handler: Handler) -> tuple[Path, list[int]]:
    seen: list[int] = []
    transport = httpx.MockTransport(handler)
    return fetch_official(MODEL, folder, seen.append, transport=transport), seen


def rest(request: httpx.Request) -> httpx.Response:
    start = int(request.headers["Range"].removeprefix("bytes=").removesuffix("-"))
    return httpx.Response(206, stream=Stream(CONTENT[start:]))


def test_it_fetches_the_file_from_the_official_repository(tmp_path: Path) -> None:
    asked: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        assert "Range" not in request.headers
        return whole()

    path, seen = fetch(tmp_path, handler)
    assert path.read_bytes() == CONTENT
    assert asked == [MODEL.official_url]
    assert seen[-1] == len(CONTENT)


def test_it_goes_on_where_an_earlier_try_ended(tmp_path: Path) -> None:
    (tmp_path / "tiny.gguf.partial").write_bytes(CONTENT[:100])
    ranges: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        ranges.append(request.headers["Range"])
        return rest(request)

    path, _ = fetch(tmp_path, handler)
    assert path.read_bytes() == CONTENT
    assert ranges == ["bytes=100-"]


def test_it_starts_again_where_ranges_are_ignored(tmp_path: Path) -> None:
    (tmp_path / "tiny.gguf.partial").write_bytes(b"x" * 100)
    path, _ = fetch(tmp_path, lambda _: whole())
    assert path.read_bytes() == CONTENT


def test_a_broken_transfer_that_brought_something_earns_another_try(tmp_path: Path) -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        if "Range" in request.headers:
            return rest(request)
        return broken()

    path, seen = fetch(tmp_path, handler)
    assert path.read_bytes() == CONTENT
    assert seen[0] == 300


def test_a_transfer_that_brings_nothing_more_ends_and_keeps_what_came(tmp_path: Path) -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        if "Range" in request.headers:
            raise httpx.ConnectError("no route")
        return broken()

    with pytest.raises(SourceUnavailable, match="cannot be reached"):
        fetch(tmp_path, handler)
    assert (tmp_path / "tiny.gguf.partial").read_bytes() == CONTENT[:300]


@pytest.mark.parametrize(
    ("response", "reason"),
    [
        (httpx.Response(404), "it answered 404"),
        (whole(b""), "it sent nothing"),
        (whole(CONTENT + b"x"), "more than the file"),
    ],
)
def test_why_it_has_nothing(tmp_path: Path, response: httpx.Response, reason: str) -> None:
    with pytest.raises(SourceUnavailable, match=reason):
        fetch(tmp_path, lambda _: response)
    left = tmp_path / "tiny.gguf.partial"
    assert not left.exists() or left.stat().st_size == 0


def test_a_whole_file_is_not_fetched_again(tmp_path: Path) -> None:
    (tmp_path / "tiny.gguf.partial").write_bytes(CONTENT)

    def handler(_: httpx.Request) -> httpx.Response:
        raise AssertionError

    assert fetch(tmp_path, handler)[0].read_bytes() == CONTENT


def test_a_host_that_never_answers_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(official, "_ANSWER_LIMIT", 0.05)
    released = threading.Event()

    def handler(_: httpx.Request) -> httpx.Response:
        released.wait(10)
        return whole()

    with pytest.raises(SourceUnavailable, match="did not answer in time"):
        fetch(tmp_path, handler)
    released.set()
