"""Failures that no envelope tells of: what proxies, sign-in pages and broken streams look like."""

from collections.abc import Mapping

from workers_ai_local.recorded import Refusal, Reply

_BEGIN = ("def", " half(x):")
_PAGE = "<!DOCTYPE html>\n<html><head><title>{0}</title></head><body><h1>{0}</h1></body></html>\n"
_HTML = {"content-type": "text/html; charset=utf-8"}
_FAILURE = {"message": "AiError: AiError: Internal server error", "code": 3043}

# Of no host that there is: whoever follows it must not get anywhere.
_SIGN_IN = "https://team.cloudflareaccess.example/cdn-cgi/access/login/ai.team.example?kid=0"

FAULTS: Mapping[str, Reply] = {
    # Instead of an answer.
    "hang": Reply(delay=3600),
    "drop": Reply(shape="json", end="drop"),
    "empty": Reply(error=Refusal(200, body="")),
    "html": Reply(error=Refusal(200, body=_PAGE.format("Welcome"), headers=_HTML)),
    "html-502": Reply(error=Refusal(502, body=_PAGE.format("Bad gateway"), headers=_HTML)),
    "not-json": Reply(error=Refusal(200, body='{"result":')),
    "sign-in": Reply(error=Refusal(302, body="", headers={"location": _SIGN_IN})),
    "sign-in-page": Reply(error=Refusal(200, body=_PAGE.format("Sign in"), headers=_HTML)),
    # In the middle of a stream; without `stream`, what has no end breaks the body.
    "error": Reply(pieces=(*_BEGIN, {"frame": {"error": _FAILURE}}), end="cut"),
    "errors": Reply(
        pieces=(
            *_BEGIN,
            {"frame": {"errors": [_FAILURE], "success": False, "result": {}, "messages": []}},
        ),
        end="cut",
    ),
    "finish-error": Reply(pieces=_BEGIN, shape="openai", reason="error"),
    "cut": Reply(pieces=_BEGIN, end="cut"),
    "cut-frame": Reply(pieces=(*_BEGIN, {"raw": 'data: {"response":"\\n'}), end="cut"),
    "dropped": Reply(pieces=_BEGIN, end="drop"),
    "stalled": Reply(pieces=_BEGIN, end="hang"),
    "nothing-said": Reply(),
    # What a reader has to bear: each is a whole answer.
    "two-dones": Reply(pieces=_BEGIN, shape="openai", dones=2, finishes=2),
    "no-done": Reply(pieces=_BEGIN, shape="openai", dones=0),
    "bytes": Reply(text="# 😋 é 日本", chunk=1),
    "comments": Reply(pieces=({"raw": ": keep-alive\r\n\r\n"}, *_BEGIN, {"raw": ":\n\n"})),
    "crlf": Reply(pieces=({"raw": 'data: {"response":"def","p":"a"}\r\n\r\n'}, _BEGIN[1])),
}
