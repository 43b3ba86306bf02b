"""The settings: each is declared here, once. Manifests, schemas and tables are generated from it.

A setting is an attribute; its camelCase path below `workersAI` is its name in every channel. Times
are in seconds.
"""

from typing import Final, Literal
from urllib.parse import urlsplit

import attrs

from workers_ai_ls.settings.addresses import web_origin
from workers_ai_ls.settings.declaring import Setting, declared, setting
from workers_ai_ls.settings.forms import (
    CREDENTIAL,
    CREDENTIAL_EXPECTS,
    header_lines,
    json_object,
)
from workers_ai_ls.settings.groups import (
    Context,
    Gateway,
    JournalBounds,
    Offered,
    Prompts,
    Timeouts,
    Verification,
)

DEFAULT_BASE_URL: Final = "https://api.cloudflare.com/client/v4"
GATEWAY_BASE_URL: Final = "https://gateway.ai.cloudflare.com/v1"
CLOUDFLARE_URLS: Final = (DEFAULT_BASE_URL, GATEWAY_BASE_URL)
"""Where a Cloudflare API token may go when no address is given beside it."""

# A model's id becomes part of the request's path, and a repository may choose the model: no segment
# can be "..", so the id cannot lead a request that carries a token to another address.
_MODEL_ID: Final = r"@?[A-Za-z0-9][\w.:-]*(/@?[A-Za-z0-9][\w.:-]*)*"


@attrs.frozen
class Settings:
    """Every setting, resolved: what the rest of the program reads."""

    endpoint: Literal["rest", "openai", "gateway", "worker"] = setting(
        "rest",
        "Who answers: Cloudflare's REST API (`rest`), an OpenAI-compatible server (`openai`), "
        "AI Gateway's own host (`gateway`), or a Worker of your team (`worker`).",
        scope="machine",
        environment=("WORKERS_AI_ENDPOINT",),
        over_lsp=False,
    )
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
        "Cloudflare API token that may run Workers AI, or the key of another endpoint; or `cmd:` "
        "and a command that prints it.",
        scope="machine",
        environment=("CLOUDFLARE_API_TOKEN", "CLOUDFLARE_AUTH_TOKEN"),
        secret=True,
        over_lsp=False,
        pattern=CREDENTIAL,
        expects=CREDENTIAL_EXPECTS,
    )
    headers: str = setting(
        "",
        "Further credentials, a `header: value` per line; a value may be `cmd:` and a command, "
        "such as `cf-access-token: cmd:cloudflared access token -app=https://ai.team.example`.",
        scope="machine",
        environment=("WORKERS_AI_HEADERS",),
        secret=True,
        over_lsp=False,
        maximum=8000,
        verify=header_lines,
        expects="lines of header, colon and value, none of them a header that HTTP itself needs",
    )
    base_url: str = setting(
        "",
        "Address of the endpoint. Empty: Cloudflare's. For `openai` what stands before "
        "`/chat/completions`, for `worker` the whole address.",
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
    repair: bool = setting(
        default=True,
        description="Ask the model once more where its answer cannot be used.",
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
    top_p: float | None = setting(
        None,
        "Share of the likeliest tokens that the model chooses from.",
        minimum=0,
        maximum=1,
    )
    top_k: int | None = setting(
        None, "Number of the likeliest tokens that the model chooses from.", minimum=1, maximum=50
    )
    seed: int | None = setting(
        None,
        "Start of the model's random numbers: the same one tends to give the same answer.",
        minimum=1,
        maximum=9_999_999_999,
    )
    repetition_penalty: float | None = setting(
        None, "How much repeating is held against a token.", minimum=0, maximum=2
    )
    frequency_penalty: float | None = setting(
        None,
        "How much each earlier occurrence is held against a token.",
        minimum=-2,
        maximum=2,
    )
    presence_penalty: float | None = setting(
        None,
        "How much having occurred at all is held against a token.",
        minimum=-2,
        maximum=2,
    )
    lora: str = setting(
        "",
        "Name or id of a LoRA fine-tune of yours, for prompts sent as one text.",
        maximum=200,
        pattern=r"[\w.:/@-]+",
        expects="the name of a fine-tune",
    )
    reasoning_effort: Literal["", "none", "minimal", "low", "medium", "high", "xhigh", "max"] = (
        setting(
            "",
            "How long a reasoning model thinks before it answers. Empty: as the model likes.",
        )
    )
    extra_body: str = setting(
        "",
        "Further members of the request's body, a JSON object such as "
        '`{"options": {"rejectIfBusy": true}}`.',
        scope="machine",
        over_lsp=False,
        maximum=8000,
        verify=json_object,
        expects="a JSON object without the members that the server sets itself",
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
    verification: Verification = attrs.field(factory=Verification)
    timeouts: Timeouts = attrs.field(factory=Timeouts)
    gateway: Gateway = attrs.field(factory=Gateway)
    journal: JournalBounds = attrs.field(factory=JournalBounds)

    @property
    def address(self) -> str:
        """Where requests go: `base_url`, or Cloudflare's for the endpoint; "" for a Worker."""
        if self.base_url:
            return self.base_url
        if self.endpoint == "gateway":
            return GATEWAY_BASE_URL
        return "" if self.endpoint == "worker" else DEFAULT_BASE_URL

    @property
    def needs_account(self) -> bool:
        """Whether requests name an account, and so need its token."""
        if self.endpoint == "openai":
            # Cloudflare's API has this path, also where a proxy stands in front of it.
            return urlsplit(self.address).path.rstrip("/") == "/client/v4"
        return self.endpoint != "worker"


SETTINGS: Final[tuple[Setting, ...]] = tuple(declared(Settings))
BY_NAME: Final[dict[str, Setting]] = {one.name: one for one in SETTINGS}
