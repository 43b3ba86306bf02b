"""The settings: each is declared here, once. Manifests, schemas and tables are generated from it.

A setting is an attribute; its camelCase path below `workersAI` is its name in every channel. Times
are in seconds.
"""

from typing import Final, Literal

import attrs

from workers_ai_ls.settings.addresses import web_origin
from workers_ai_ls.settings.declaring import Setting, declared, setting

DEFAULT_BASE_URL: Final = "https://api.cloudflare.com/client/v4"

# A model's id becomes part of the request's path, and a repository may choose the model: no segment
# can be "..", so the id cannot lead a request that carries a token to another address.
_MODEL_ID: Final = r"@?[A-Za-z0-9][\w.:-]*(/@?[A-Za-z0-9][\w.:-]*)*"


@attrs.frozen
class Offered:
    """Which actions stand in the editor's list."""

    explain: bool = setting(default=True, description="Offer *AI: Explain*.", scope="window")
    refactor: bool = setting(default=True, description="Offer *AI: Refactor*.", scope="window")
    tests: bool = setting(default=True, description="Offer *AI: Write tests*.", scope="window")
    edit: bool = setting(
        default=True,
        description="Offer *AI: Edit* where an `AI:` comment asks for something.",
        scope="window",
    )


@attrs.frozen
class Prompts:
    """Instructions of the user's own, appended to ours."""

    system: str = setting(
        "", "Instructions added to the system message of every action.", maximum=8000
    )
    explain: str = setting("", "Instructions added to the prompt of *AI: Explain*.", maximum=8000)
    refactor: str = setting("", "Instructions added to the prompt of *AI: Refactor*.", maximum=8000)
    tests: str = setting("", "Instructions added to the prompt of *AI: Write tests*.", maximum=8000)
    edit: str = setting("", "Instructions added to the prompt of *AI: Edit*.", maximum=8000)


@attrs.frozen
class Context:
    """What the prompt says about the code."""

    max_tokens: int | None = setting(
        None,
        "Most tokens of a prompt. Unset, the model's context window is the limit.",
        minimum=256,
        maximum=10_000_000,
    )


@attrs.frozen
class Timeouts:
    """How long to wait for the endpoint, in seconds."""

    connect: float = setting(
        5.0,
        "Seconds to wait for a connection.",
        scope="machine",
        over_lsp=False,
        minimum=0.1,
        maximum=600,
    )
    first_token: float = setting(
        120.0,
        "Seconds to wait for the first token of an answer.",
        scope="machine",
        over_lsp=False,
        minimum=0.1,
        maximum=3600,
    )
    between_tokens: float = setting(
        30.0,
        "Seconds to wait for each further token.",
        scope="machine",
        over_lsp=False,
        minimum=0.1,
        maximum=3600,
    )


@attrs.frozen
class JournalBounds:
    """What the journal keeps, and for how long."""

    keep_prompts: bool = setting(
        default=False,
        description="Keep the text of prompts in the journal, not only their hash.",
        scope="machine",
        over_lsp=False,
    )
    days: int = setting(
        30,
        "Days after which an answer leaves the journal.",
        scope="machine",
        over_lsp=False,
        minimum=1,
        maximum=3650,
    )
    megabytes: int = setting(
        50,
        "Size of the journal, in megabytes, above which its oldest answers leave.",
        scope="machine",
        over_lsp=False,
        minimum=1,
        maximum=10_000,
    )


@attrs.frozen
class Settings:
    """Every setting, resolved: what the rest of the program reads."""

    account_id: str = setting(
        "",
        "Cloudflare account that answers and pays.",
        scope="machine",
        environment=("CLOUDFLARE_ACCOUNT_ID",),
        over_lsp=False,
        pattern=r"[A-Za-z0-9][\w.-]*",
        expects="an account id as the Cloudflare dashboard shows it",
    )
    api_token: str = setting(
        "",
        "Cloudflare API token that may run Workers AI.",
        scope="machine",
        environment=("CLOUDFLARE_API_TOKEN", "CLOUDFLARE_AUTH_TOKEN"),
        secret=True,
        over_lsp=False,
        pattern=r"[!-~]+",
        expects="one word of plain ASCII characters",
    )
    base_url: str = setting(
        DEFAULT_BASE_URL,
        "Address of the API: Cloudflare's, or an endpoint that speaks as it does.",
        scope="machine",
        environment=("WORKERS_AI_BASE_URL",),
        over_lsp=False,
        # Userinfo is a credential in the wrong place; a query or fragment would swallow the path.
        pattern=r"https?://[^/\s@?#\\]+(/[^\s@?#\\]*)?",
        verify=web_origin,
        expects="an address such as https://ai.example/v4, without password, query or fragment",
    )
    model: str = setting(
        "",
        "Model that answers, such as `@cf/qwen/qwen2.5-coder-32b-instruct`. Empty: the default.",
        environment=("WORKERS_AI_MODEL",),
        maximum=200,
        pattern=_MODEL_ID,
        expects="a model's id, such as @cf/qwen/qwen2.5-coder-32b-instruct",
    )
    apply: Literal["direct", "preview"] = setting(
        "direct",
        "Whether an edit is applied at once (`direct`) or shown first (`preview`), "
        "where the editor can show it.",
        scope="window",
    )
    actions: Offered = attrs.field(factory=Offered)
    follow_ups: bool = setting(
        default=True,
        description="Offer *Show difference*, *Revert* and *Try again* where an answer was used.",
        scope="window",
    )
    prompts: Prompts = attrs.field(factory=Prompts)
    temperature: float | None = setting(
        None,
        "How freely the model answers. Unset, the model's own default holds.",
        minimum=0,
        maximum=5,
    )
    max_tokens: int | None = setting(
        None,
        "Most tokens of an answer. Unset, the selection's size decides.",
        minimum=1,
        maximum=10_000_000,
    )
    prompt_style: Literal["scoped", "unscoped", "raw"] = setting(
        "scoped",
        "How the prompt is sent: messages with roles (`scoped`), one text (`unscoped`), "
        "or one text in the model's own template (`raw`).",
    )
    stream: bool = setting(default=True, description="Receive an answer while it is written.")
    answer_language: str = setting(
        "",
        "Language of explanations, such as `Deutsch`. Empty: as the model likes.",
        scope="window",
        maximum=60,
        pattern=r"[^\n\r]+",
        expects="the name of a language",
    )
    context: Context = attrs.field(factory=Context)
    timeouts: Timeouts = attrs.field(factory=Timeouts)
    journal: JournalBounds = attrs.field(factory=JournalBounds)


SETTINGS: Final[tuple[Setting, ...]] = tuple(declared(Settings))
BY_NAME: Final[dict[str, Setting]] = {one.name: one for one in SETTINGS}
