"""Signing in to what stands behind Cloudflare Access: cloudflared does it, in the browser."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

from workers_ai_ls.errors import Failure

if TYPE_CHECKING:
    from .asking import Asking

_DOWNLOADS = "https://developers.cloudflare.com/cloudflare-one/networks/connectors/cloudflare-tunnel/downloads/"


def access_header(origin: str) -> tuple[str, str]:
    """Return the header that lets requests in once somebody has signed in.

    Raises `Failure` when cloudflared, which prints its value, is not installed.
    """
    if shutil.which("cloudflared") is None:
        raise Failure(
            f"{origin} has a sign-in page, for which cloudflared is needed: install it "
            f"({_DOWNLOADS}), then run `workers-ai-ls login {origin}` again."
        )
    return "cf-access-token", f"cmd:cloudflared access token -app={origin}"


def sign_in(origin: str, asking: Asking) -> None:
    """Have the person sign in, if they agree. Raises `Failure` when they don't, or can't."""
    by_hand = f"run `cloudflared access login {origin}` in a terminal, then try again"
    if not asking.agrees(f"{origin} has a sign-in page. Open it in your browser with cloudflared?"):
        raise Failure(f"{origin} has a sign-in page: {by_hand}.")
    # It prints the token on standard output, and what the person must know on standard error.
    done = subprocess.run(  # noqa: S603 - an address of the person's own, and no shell
        ["cloudflared", "access", "login", origin],  # noqa: S607 - found on the path, as by name
        stdout=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode:
        raise Failure(f"cloudflared did not sign in to {origin}: {by_hand}.")
