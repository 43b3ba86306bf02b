"""The ways in which the wire fails: one tree under `Failure`, one sentence each.

Every sentence says what happened and what to do next, and names the model or the host. Here stand
the root and what can happen on the way; `account_errors.py` has what Cloudflare says of the
account, the model and the request. Which code becomes which class is data in `codes.py`; httpx's
exceptions are mapped in `http_errors.py`. Nothing else in the server looks at codes or at httpx.
"""

from typing import ClassVar

import attrs

from workers_ai_ls.errors import Failure
from workers_ai_ls.workers_ai.models import alternative


@attrs.frozen(kw_only=True)
class Refusal:
    """What is known about a request that failed; `detail` is one clause without a full stop.

    `retry_after` is in seconds, as the endpoint asked for. `own`: a server or Worker of one's own
    was asked, so Cloudflare's dashboard and catalogue are no help.
    """

    model: str = ""
    host: str = ""
    status: int | None = None
    code: int | str | None = None
    detail: str = ""
    retry_after: float | None = None
    own: bool = False


class BadEndpoint(Failure):
    """The endpoint's settings cannot be used; found before any request."""


class WireFailure(Failure):
    """A request that failed.

    `own_sentence`: the sentence where `Refusal.own` holds, if another. `tries`: how often a request that fails so may be sent in all. `backoff`: upper bound in
    seconds of the first wait. `brief`: the reason in a progress report.
    """

    sentence: ClassVar[str]
    own_sentence: ClassVar[str] = ""
    tries: ClassVar[int] = 1
    backoff: ClassVar[float] = 1.0
    brief: ClassVar[str] = "failed"

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        told = (refusal.own and self.own_sentence) or self.sentence
        sentence = told.format_map(_words(refusal))
        super().__init__("T" + sentence[1:] if sentence.startswith("the ") else sentence)

    @property
    def alternative(self) -> str:
        """A live model to choose instead."""
        return alternative(self.refusal.model)


class NoRoute(WireFailure):
    """7000, 7001, or a 404 or 405 without a code: not the API's address."""

    sentence = "{host} has no Workers AI API at this address: check WORKERS_AI_BASE_URL."
    own_sentence = (
        "{host} answers no such request at this address: check WORKERS_AI_BASE_URL and "
        "workersAI.endpoint."
    )


class Aborted(WireFailure):
    """3007, 3008: a timeout of the platform, worth one more try."""

    sentence = "{host} gave up on the request to {model}: try again, or choose another model."
    tries = 2
    brief = "timed out"


class Stalled(WireFailure):
    """Our own time limits; `detail` is the time waited."""

    sentence = "{model} sent nothing for {detail}: try again, or choose a faster model."


class NotTaken(Stalled):
    """A repeated request that got no answer at all within the time for all tries."""


class Unreachable(WireFailure):
    """No network, no such host, refused, or lost before an answer came."""

    sentence = "{host} cannot be reached: {detail}."
    tries = 3
    brief = "no connection"


class Untrusted(WireFailure):
    """TLS failed; trying again cannot help."""

    sentence = (
        "The identity of {host} could not be verified ({detail}): if a proxy of your network "
        "signs its own certificates, name its authority in SSL_CERT_FILE."
    )


class NotAnApi(WireFailure):
    """A web page where JSON or a stream was due."""

    sentence = (
        "{host} answered with a web page (status {status}) instead of a model's answer: check "
        "WORKERS_AI_BASE_URL and whether a proxy or sign-in page stands in between."
    )


class BadGateway(NotAnApi):
    """The web page of a proxy that could not reach the API (5xx)."""

    tries = 3
    brief = "server error"


class Redirected(WireFailure):
    """A 3xx: never followed, for the token must not go elsewhere."""

    sentence = (
        "{host} redirects to {detail} instead of answering: set WORKERS_AI_BASE_URL to the "
        "address of the API itself."
    )


class SignInPage(Redirected):
    """A 3xx that looks like the way to a sign-in page."""


class SignInNeeded(WireFailure):
    """A sign-in page where an answer was due; `detail` is what to run."""

    sentence = "Sign in again: run `{detail}` in a terminal, then try again."


class OnlyReasoning(WireFailure):
    """The whole budget of the answer went into the model's thinking."""

    sentence = (
        "{model} spent its whole answer on thinking: set workersAI.reasoningEffort to low, raise "
        "workersAI.maxTokens, or choose another model."
    )


class BrokenStream(WireFailure):
    """The answer ended without its end, or is not in any shape that is known."""

    sentence = "The answer of {model} is broken ({detail}): try again."


class ConnectionLost(BrokenStream):
    """The connection went away in the middle of the answer."""

    tries = 3
    brief = "connection lost"


class ModelError(WireFailure):
    """An error inside a stream without a code that is known."""

    sentence = "{model} stopped with an error ({detail}): try again, or choose another model."


class ServerError(WireFailure):
    """8005, 3043 and every 5xx."""

    sentence = "{host} failed ({detail}): try again {when}."
    tries = 3
    brief = "server error"


def _words(refusal: Refusal) -> dict[str, object]:
    wait = refusal.retry_after
    return {
        "model": refusal.model or "the model",
        "host": refusal.host or "the endpoint",
        "status": refusal.status,
        "detail": refusal.detail or f"status {refusal.status}",
        "when": "in a minute" if wait is None else f"in {wait:.0f} s",
        "alternative": alternative(refusal.model),
    }
