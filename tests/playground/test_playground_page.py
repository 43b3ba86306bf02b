"""Asking and answering in headless Chromium, over recorded replies."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.playground.gated import gated
from tests.playground.opening import one, open_page, send, shown
from workers_ai_local.replay import replaying

if TYPE_CHECKING:
    from collections.abc import Mapping

pytestmark = pytest.mark.playground

TRANSPORTS = ["fetch", "EventSource"]
USAGE = {"prompt": 31, "completion": 2, "cached": 7}


def test_it_opens_without_a_complaint_and_lists_the_models(page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    with replaying(one(text="x") | {"models": ["@cf/some/model", "@cf/other/model"]}) as endpoint:
        open_page(page, endpoint)
        options = page.get_by_label("Model").locator("option").all_inner_texts()
        page.wait_for_load_state("networkidle")
    assert options == ["@cf/some/model", "@cf/other/model"]
    assert complaints == []


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_the_answer_grows_while_the_rest_is_held_back(page: Page, transport: str) -> None:
    with gated(one(pieces=["alpha ", "beta"], usage=USAGE)) as (endpoint, gate):
        open_page(page, endpoint, transport)
        send(page)
        for grown in ("alpha ", "alpha beta"):
            gate.let_through(1)
            expect(page.locator("#answer")).to_have_text(grown)
            expect(page.get_by_role("status")).to_have_text("Answering …")
            assert [event["event"] for event in endpoint.events] == ["request"]
        gate.let_through(1)
        expect(page.get_by_role("status")).to_have_text("Done")
        assert endpoint.wait_for("end")["outcome"] == "finished"
        assert len(endpoint.events) == 2  # the browser's EventSource did not ask again
    figures = page.get_by_label("Usage and timing").inner_text().split("\n")
    told = dict(zip(figures[::2], figures[1::2], strict=True))
    assert (told["tokens in"], told["cached"], told["tokens out"]) == ("31", "7", "2")
    assert set(told) >= {"first token", "total"}
    frames = page.locator("#frames").inner_text()
    assert '"response":"alpha "' in frames
    assert "data: [DONE]" in frames


@pytest.mark.parametrize("transport", TRANSPORTS)
@pytest.mark.parametrize("shape", ["native", "dual", "openai", "json"])
def test_every_shape_is_read(page: Page, shape: str, transport: str) -> None:
    pieces: list[object] = [{"reasoning": "hm"}, "a", {"value": 7}, None, "é🙂"]
    if shape in {"native", "dual", "json"}:
        del pieces[0]  # These carry no reasoning.
    if shape == "json":
        pieces = ["a7é🙂"]
    with replaying(one(pieces=pieces, shape=shape, usage=USAGE)) as endpoint:
        open_page(page, endpoint, transport)
        send(page)
        expect(page.get_by_role("status")).to_have_text("Done")
        assert shown(page) == "a7é🙂"
        expect(page.get_by_text("Thinking", exact=True)).to_be_visible(visible=shape == "openai")


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_it_asks_what_the_form_says(page: Page, transport: str) -> None:
    with replaying(one(text="whole")) as endpoint:
        open_page(page, endpoint, transport)
        page.get_by_label("System message").fill(" ")
        page.get_by_label("temperature").fill("0.2")
        page.get_by_label("seed").fill("5")
        page.get_by_label("max_tokens").fill("")
        page.get_by_label("Stream").uncheck()
        page.get_by_label("User message").fill("say it")
        page.keyboard.press("Control+Enter")
        expect(page.locator("#answer")).to_have_text("whole")
        asked = json.loads(str(endpoint.wait_for("request")["body"]))
    assert asked == {
        "messages": [{"role": "user", "content": "say it"}],
        "stream": False,
        "temperature": 0.2,
        "seed": 5,
    }


@pytest.mark.parametrize("transport", TRANSPORTS)
@pytest.mark.parametrize("by", ["button", "key"])
def test_stop_ends_the_request_at_the_endpoint(page: Page, transport: str, by: str) -> None:
    with replaying(one(pieces=["begun"], end="hang")) as endpoint:
        open_page(page, endpoint, transport)
        send(page)
        expect(page.locator("#answer")).to_have_text("begun")
        expect(page.get_by_role("button", name="Stop")).to_be_focused()
        if by == "button":
            page.get_by_role("button", name="Stop").click()
        else:
            page.keyboard.press("Escape")
        assert endpoint.wait_for("end")["outcome"] == "closed by client"
        expect(page.get_by_role("status")).to_have_text("Stopped")
        expect(page.get_by_role("button", name="Send")).to_be_enabled()
        assert shown(page) == "begun"
        assert not page.get_by_role("alert").is_visible()


@pytest.mark.parametrize("transport", TRANSPORTS)
@pytest.mark.parametrize("layer", ["model", "edge", "openai", "gateway"])
def test_an_error_is_shown_in_the_apis_words_with_its_code(
    page: Page, layer: str, transport: str
) -> None:
    busy = {"status": 429, "code": 3040, "message": "Capacity temporarily exceeded", "layer": layer}
    with replaying(one(error=busy)) as endpoint:
        open_page(page, endpoint, transport)
        send(page)
        expect(page.get_by_role("alert")).to_have_text(
            "Error 3040 · HTTP 429 Capacity temporarily exceeded"
        )
        expect(page.get_by_role("status")).to_have_text("Failed")


@pytest.mark.parametrize("transport", TRANSPORTS)
@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ({"pieces": ["a"], "end": "cut"}, "The stream broke off before its end."),
        ({"pieces": ["a", {"raw": "data: {\n\n"}]}, "The stream holds what is no JSON: {"),
        (
            {"pieces": ["a", {"raw": 'data: {"errors":[{"code":8005,"message":"Oh"}]}\n\n'}]},
            "Error 8005 Oh",
        ),
        ({"error": {"status": 502, "body": "<html>"}}, "HTTP 502 <html>"),
    ],
)
def test_other_ends_are_named(
    page: Page, reply: Mapping[str, object], said: str, transport: str
) -> None:
    with replaying(one(**reply)) as endpoint:
        open_page(page, endpoint, transport)
        send(page)
        expect(page.get_by_role("alert")).to_have_text(said)


def test_a_dropped_connection_and_an_endpoint_that_has_ended(page: Page) -> None:
    with replaying(one(pieces=["a"], end="drop")) as endpoint:
        open_page(page, endpoint)
        send(page)
        expect(page.get_by_role("alert")).to_contain_text("The connection broke off")
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("The endpoint cannot be reached")


def test_an_answer_that_ran_into_max_tokens_is_called_cut(page: Page) -> None:
    with replaying(one(pieces=["a", "b"], usage=USAGE)) as endpoint:
        open_page(page, endpoint)
        page.get_by_label("max_tokens").fill("2")
        send(page)
        expect(page.get_by_role("status")).to_have_text("Cut off at max_tokens")


READ_AT_EVERY_CUT = """async (stream) => {
    const { eventSplitter, readEvent } = await import("/playground/reading.js");
    const read = (texts) => {
        const split = eventSplitter();
        return texts.flatMap(split).map(readEvent).map(({ text }) => text ?? "").join("");
    };
    const cuts = [...Array(stream.length + 1).keys()];
    const halves = cuts.map((at) => read([stream.slice(0, at), stream.slice(at)]));
    return [...new Set([...halves, read([...stream])])];
}"""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_stream_reads_the_same_however_it_is_cut(page: Page, end: str) -> None:
    lines = [": comment", 'data: {"response":"one ","p":"ab"}', "", 'data:{"response":', "data: 2}"]
    stream = end.join(
        [*lines, "", 'data: {"response":" é","usage":{}}', "", "data: [DONE]", "", ""]
    )
    with replaying(one(text="x")) as endpoint:
        open_page(page, endpoint)
        assert page.evaluate(READ_AT_EVERY_CUT, stream) == ["one 2 é"]
