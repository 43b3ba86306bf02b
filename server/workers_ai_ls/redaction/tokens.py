"""Tokens and passwords of known formats: the detectors of detect-secrets, and those it lacks."""

from __future__ import annotations

import functools
import importlib
import re
from typing import TYPE_CHECKING, Final

from .span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_DETECTORS: Final = (
    ("aws", "AWSKeyDetector", "AWS_KEY", 1),
    ("azure_storage_key", "AzureStorageKeyDetector", "AZURE_KEY", 0),
    ("discord", "DiscordBotTokenDetector", "DISCORD_TOKEN", 0),
    ("github_token", "GitHubTokenDetector", "GITHUB_TOKEN", 0),
    ("gitlab_token", "GitLabTokenDetector", "GITLAB_TOKEN", 0),
    ("jwt", "JwtTokenDetector", "JWT", 0),
    ("mailchimp", "MailchimpDetector", "MAILCHIMP_KEY", 0),
    ("npm", "NpmDetector", "NPM_TOKEN", 1),
    ("openai", "OpenAIDetector", "OPENAI_KEY", 0),
    ("pypi_token", "PypiTokenDetector", "PYPI_TOKEN", 0),
    ("sendgrid", "SendGridDetector", "SENDGRID_KEY", 0),
    ("slack", "SlackDetector", "SLACK_TOKEN", 0),
    ("square_oauth", "SquareOAuthDetector", "SQUARE_TOKEN", 0),
    ("stripe", "StripeDetector", "STRIPE_KEY", 0),
    ("telegram_token", "TelegramBotTokenDetector", "TELEGRAM_TOKEN", 0),
    ("twilio", "TwilioKeyDetector", "TWILIO_KEY", 0),
)
"""Module, class, our kind, and the group that is the secret.

Left out: entropy and keywords, which guess; Artifactory, which takes `APFeature` for a password;
Cloudant, IBM and SoftLayer, which go by a variable's name; private keys and passwords in addresses,
of which it finds a part only.
"""

_FORMATS: Final = (
    ("ANTHROPIC_KEY", r"sk-ant-[a-z0-9]{3,12}-[\w-]{40,}"),
    ("CLOUDFLARE_TOKEN", r"cf(?:k|ut|at)_[A-Za-z0-9]{40,}"),
    ("DIGITALOCEAN_TOKEN", r"do[opr]_v1_[0-9a-f]{64}"),
    ("DOCKER_TOKEN", r"dckr_(?:pat|oat)_[\w-]{24,}"),
    ("GITHUB_TOKEN", r"github_pat_[A-Za-z0-9_]{36,}"),
    ("GOOGLE_KEY", r"AIza[\w-]{35}|GOCSPX-[\w-]{28}"),
    ("GRAFANA_TOKEN", r"gl(?:sa|c)_[A-Za-z0-9+/=_]{32,}"),
    ("HUGGING_FACE_TOKEN", r"hf_[A-Za-z0-9]{34,}"),
    ("NPM_TOKEN", r"npm_[A-Za-z0-9]{36}"),
    ("OPENAI_KEY", r"sk-(?:proj|svcacct|admin)-[\w-]{40,}"),
    ("SHOPIFY_TOKEN", r"shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}"),
    ("SLACK_TOKEN", r"xapp-\d-[A-Z0-9]+-\d+-[0-9a-f]+|xoxe(?:\.xox[bp])?-\d-[\w-]{32,}"),
    ("VAULT_TOKEN", r"hv[sbr]\.[\w-]{24,}"),
    ("AGE_KEY", r"AGE-SECRET-KEY-1[0-9A-Z]{58}"),
)
"""As their makers document them, most so that scanners find them."""

_OWN = re.compile("|".join(f"(?P<{kind}_{n}>{form})" for n, (kind, form) in enumerate(_FORMATS)))

_IN_ADDRESS = re.compile(r"://[^\s/:@'\"`<>{}]*:([^\s/'\"`<>{}]+)@(?=[^\s'\"`])")
_NO_PASSWORD = re.compile(r"[*x.]+|[$%].*|pass(?:word|wd)?|pwd?|secret", re.IGNORECASE)
"""What stands for a password, or takes its place in a template."""

_RUN = re.compile(r"[\w+/-]{20,}", re.ASCII)
_WORD = r"(?:[a-z]+|[0-9]{1,4})"
_NAME = re.compile(
    rf"[/_+-]*{_WORD}(?:[/_+-]+{_WORD})*[/_+-]*|[A-Z]*[_/+-][A-Z_/+-]*|[A-Z][a-z]+(?:[A-Z][a-z]+)+"
)
"""A run that is a name or a path: no token of these formats looks like that, but by rare chance."""

_REST = re.compile(r"[\w-]*", re.ASCII)
_SHORTEST_JWT = 36
"""Characters; `eyJson.parse` is none."""


def tokens(text: str) -> Iterator[Span]:
    """Each token and each password of an address in a text."""
    for found in _IN_ADDRESS.finditer(text):
        if not _NO_PASSWORD.fullmatch(found[1]):
            yield Span(*found.span(1), "PASSWORD")
    # Importing the library takes 60 ms and its patterns take 3 ms for 20 kB: it is asked only about
    # lines that hold a run as a token is.
    for line in _lines(text):
        yield from _own(line)
        yield from _detected(line)


def _own(line: tuple[str, int, int]) -> Iterator[Span]:
    text, start, stop = line
    for found in _OWN.finditer(text, start, stop):
        begin = found.start()
        if begin == start or not text[begin - 1].isalnum():
            yield Span(begin, _end(text, found.end()), _kind(found))


def _kind(found: re.Match[str]) -> str:
    return (found.lastgroup or "").rpartition("_")[0]


def _end(text: str, end: int) -> int:
    """The end of the run: formats grow longer, and half a token is still most of a secret."""
    rest = _REST.match(text, end)
    return rest.end() if rest else end


def _lines(text: str) -> Iterator[tuple[str, int, int]]:
    """The text, with the start and end of each line that holds what may be a token."""
    done = 0
    for run in _RUN.finditer(text):
        if run.start() >= done and not _NAME.fullmatch(run[0]):
            start = text.rfind("\n", 0, run.start()) + 1
            end = text.find("\n", run.end())
            done = len(text) if end < 0 else end
            yield text, start, done


def _detected(line: tuple[str, int, int]) -> Iterator[Span]:
    text, start, stop = line
    for kind, group, pattern in _patterns():
        for found in pattern.finditer(text, start, stop):
            begin, end = found.span(min(group, pattern.groups))
            end = _end(text, end)
            if kind != "JWT" or end - begin >= _SHORTEST_JWT:
                yield Span(begin, end, kind)


@functools.cache
def _patterns() -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    """Kind, group and pattern of each detector."""
    return tuple(
        (kind, group, pattern)
        for module, name, kind, group in _DETECTORS
        for pattern in getattr(
            importlib.import_module(f"detect_secrets.plugins.{module}"), name
        ).denylist
    )
