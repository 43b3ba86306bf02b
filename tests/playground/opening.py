"""Opening the page over recorded replies, and asking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from workers_ai_local.playground import address

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from workers_ai_local.replay import ReplayEndpoint


def open_page(page: Page, endpoint: ReplayEndpoint, transport: str = "fetch") -> None:
    page.goto(address(endpoint.base_url, endpoint.token))
    page.get_by_role("radio", name=transport).check()
    expect(page.get_by_label("Model")).to_have_value(endpoint.model)


def send(page: Page, said: str = "hello") -> None:
    page.get_by_label("User message").fill(said)
    page.get_by_role("button", name="Send").click()


def shown(page: Page) -> str:
    return page.locator("#answer").inner_text()


def one(**reply: object) -> dict[str, object]:
    return {"replies": [reply]}
