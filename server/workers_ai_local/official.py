"""The publisher's own file, from Hugging Face, resumed where an earlier try ended."""

import queue
import threading
from pathlib import Path

import httpx

from workers_ai_local.catalogue import LocalModel
from workers_ai_local.sources import Report, Source, SourceUnavailable

# A machine that cannot reach the host turns to the mirror after this many seconds.
_ANSWER_LIMIT = 5.0
_LIMITS = httpx.Timeout(connect=4.0, read=30.0, write=10.0, pool=5.0)


def fetch_official(
    model: LocalModel,
    folder: Path,
    report: Report,
    *,
    transport: httpx.BaseTransport | None = None,
) -> Path:
    """Fetch the file of `model` over https; each try that brings bytes earns another.

    Raises `SourceUnavailable`; what has come so far stays in `folder` for the next time.
    """
    partial = folder / f"{model.file_name}.partial"
    with httpx.Client(transport=transport, timeout=_LIMITS, follow_redirects=True) as client:
        while (have := _size(partial)) < model.size:
            try:
                _fetch_rest(client, model, partial, report)
            except httpx.HTTPError as error:
                if _size(partial) <= have:
                    raise SourceUnavailable(_reason(error)) from error
            else:
                if _size(partial) <= have:
                    raise SourceUnavailable("it sent nothing")
    return partial


def _fetch_rest(client: httpx.Client, model: LocalModel, partial: Path, report: Report) -> None:
    have = _size(partial)
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={have}-"} if have else {})
    response = _answer(client, client.build_request("GET", model.official_url, headers=headers))
    try:
        response.raise_for_status()
        resumed = response.status_code == httpx.codes.PARTIAL_CONTENT
        have = have if resumed else 0
        with partial.open("ab" if resumed else "wb") as file:
            for chunk in response.iter_raw():
                have += len(chunk)
                if have > model.size:
                    raise SourceUnavailable("it sent more than the file")
                file.write(chunk)
                report(have)
    finally:
        response.close()
        if have > model.size:
            partial.unlink()


def _answer(client: httpx.Client, request: httpx.Request) -> httpx.Response:
    """Send `request` and return as soon as the answer's head is there.

    In a thread of its own, because a name look-up knows no time limit.
    """
    answers: queue.SimpleQueue[httpx.Response | httpx.HTTPError] = queue.SimpleQueue()

    def send() -> None:
        try:
            answers.put(client.send(request, stream=True))
        except httpx.HTTPError as error:
            answers.put(error)

    threading.Thread(target=send, daemon=True).start()
    try:
        answer = answers.get(timeout=_ANSWER_LIMIT)
    except queue.Empty:
        raise httpx.ConnectTimeout("no answer", request=request) from None
    if isinstance(answer, httpx.HTTPError):
        raise answer
    return answer


def _reason(error: httpx.HTTPError) -> str:
    if isinstance(error, httpx.HTTPStatusError):
        return f"it answered {error.response.status_code}"
    if isinstance(error, httpx.TimeoutException):
        return "it did not answer in time"
    return "it cannot be reached"


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


OFFICIAL = Source(
    whence=lambda model: model.official_url, room=1, kept=(".partial",), fetch=fetch_official
)
