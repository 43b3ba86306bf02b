"""What headless Chromium refuses to other pages, and to an answer."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.playground.opening import one, open_page, send
from workers_ai_local.playground import address
from workers_ai_local.replay import replaying

pytestmark = pytest.mark.playground


@pytest.mark.parametrize("transport", ["fetch", "EventSource"])
def test_markup_in_an_answer_an_error_and_a_model_stays_text(page: Page, transport: str) -> None:
    markup = "<script>document.title = 'caught'</script><img src=x onerror=\"document.title=1\">"
    model = "@cf/<b>bold</b>"
    refusal = {"status": 400, "code": "<i>", "message": markup}
    replies = [{"when": "fail", "error": refusal}, {"text": markup}]
    with replaying({"replies": replies, "models": [model]}) as endpoint:
        open_page(page, endpoint, transport)
        title = page.title()
        send(page)
        expect(page.locator("#answer")).to_have_text(markup)
        send(page, "fail")
        expect(page.get_by_role("alert")).to_have_text(f"Error <i> · HTTP 400 {markup}")
        assert page.locator("main script, main img, main b, main i").count() == 0
        assert page.title() == title


def test_the_browser_itself_refuses_html_and_other_hosts(page: Page, problems: list[str]) -> None:
    with replaying(one(text="x")) as endpoint:
        open_page(page, endpoint)
        with pytest.raises(Exception, match="TrustedHTML"):
            page.evaluate("document.body.innerHTML = '<b>bold</b>'")
        with pytest.raises(Exception, match="Failed to fetch"):
            page.evaluate("fetch('http://127.0.0.2:9/')")
    assert any("Content Security Policy" in problem for problem in problems)
    problems.clear()


@pytest.mark.parametrize("mode", ["cors", "no-cors"])
def test_another_page_of_this_machine_gets_nothing(
    page: Page, problems: list[str], mode: str
) -> None:
    """Another port is another origin, though the same site: cookies would go there."""
    with replaying(one(text="x")) as ours, replaying(one(text="x")) as theirs:
        page.goto(theirs.base_url + "/nowhere")
        mine = address(ours.base_url, ours.token)
        with pytest.raises(Exception, match="Failed to fetch"):
            page.evaluate("([url, mode]) => fetch(url, {mode})", [mine, mode])
        page.evaluate(f"url => ({FRAMED})(url).then(() => null)", mine)
        assert [each.url for each in page.frames[1:]] == ["chrome-error://chromewebdata/"]
    problems.clear()


FRAMED = """url => new Promise((resolve) => {
    const frame = Object.assign(document.createElement("iframe"), { src: url, onload: resolve });
    document.body.append(frame);
})"""
