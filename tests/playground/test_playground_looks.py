"""The page's looks in headless Chromium: sizes, colours, names, and its picture."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.playground.opening import one, open_page, send
from workers_ai_local.replay import replaying

pytestmark = pytest.mark.playground


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_its_window_and_can_be_read(page: Page, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    with replaying(one(text="word" * 200)) as endpoint:
        open_page(page, endpoint)
        send(page)
        expect(page.get_by_role("status")).to_have_text("Done")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    shade = int(ground.removeprefix("rgb(").split(",")[0])
    assert (shade < 128) == (scheme == "dark")


def test_a_narrow_window_moves_to_the_answer(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    with replaying(one(text="short")) as endpoint:
        open_page(page, endpoint)
        page.get_by_label("User message").press("Control+Enter")
        expect(page.locator("#answer")).to_have_text("short")
        expect(page.locator("#answer")).to_be_in_viewport(ratio=0.9)


def test_every_control_has_a_name_and_is_reached_by_the_keyboard(page: Page) -> None:
    with replaying(one(text="x")) as endpoint:
        open_page(page, endpoint)
        page.get_by_label("Model").focus()
        names = []
        for _ in range(15):
            names.append(page.evaluate(NAME))
            page.keyboard.press("Tab")
    assert all(names)
    assert names[:4] == ["Model", "System message", "User message", "temperature"]
    assert names[-4:] == ["Stream", "fetch", "Send Ctrl ↵", "Answer"]


NAME = """() => {
    const { labels, ariaLabel, innerText } = document.activeElement;
    const label = labels?.[0]?.childNodes;
    return (ariaLabel ?? [...(label ?? [])].find((node) => node.data?.trim())?.data ?? innerText).trim();
}"""

PICTURE = Path(__file__).parents[2] / "server" / "playground.png"
SHOWN = '''def reverse_words(sentence: str) -> str:
    """Return the sentence with its words in reverse order."""
    return " ".join(reversed(sentence.split()))

`split()` without an argument also takes care of repeated spaces.'''


def test_the_picture_of_the_page(page: Page, pytestconfig: pytest.Config, tmp_path: Path) -> None:
    """Run with `--playground --pictures` to take it anew."""
    page.set_viewport_size({"width": 1180, "height": 800})
    usage = {"prompt": 46, "completion": 43, "cached": 32}
    script = one(text=SHOWN, every=0.02, delay=0.15, usage=usage)
    with replaying(script) as endpoint:
        open_page(page, endpoint)
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_role("status")).to_have_text("Done")
        expect(page.get_by_label("Usage and timing")).to_contain_text("tokens/s")
        keep = pytestconfig.getoption("--pictures", default=False)
        taken = page.screenshot(
            path=PICTURE if keep else tmp_path / "playground.png", full_page=True
        )
    assert taken.startswith(b"\x89PNG")
