"""Settings that belong together, by group; `table` says where each group stands."""

import attrs

from workers_ai_ls.settings.declaring import setting
from workers_ai_ls.settings.forms import (
    CREDENTIAL,
    CREDENTIAL_EXPECTS,
    commands_by_framework,
    metadata,
    path_inside,
    pattern_of_files,
)


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
    prompt: bool = setting(default=True, description="Offer *AI: Show prompt*.", scope="window")


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
    conventions: tuple[str, ...] = setting(
        ("AGENTS.md",),
        "Names of files with the project's own conventions, such as `CONTRIBUTING.md`. The nearest "
        "one in the workspace enters each prompt, shortened where it is long.",
        maximum=300,
        verify=path_inside,
        expects="names of files or paths inside the workspace",
    )
    exclude: tuple[str, ...] = setting(
        (),
        "Files that must never be sent, as patterns of the form that `.gitignore` has, without `!`. "
        "What several places list adds up.",
        adds_up=True,
        maximum=300,
        verify=pattern_of_files,
        expects="patterns such as secrets/** or *.sql, without !",
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
class Gateway:
    """AI Gateway, in front of the models."""

    id: str = setting(
        "",
        "Name of the AI Gateway that requests pass. Empty: none.",
        scope="machine",
        environment=("WORKERS_AI_GATEWAY",),
        over_lsp=False,
        maximum=64,
        pattern=r"[A-Za-z0-9_-]+",
        expects="a gateway's name as the dashboard shows it",
    )
    token: str = setting(
        "",
        "Token of an authenticated gateway, for the endpoint `gateway`; or `cmd:` and a command.",
        scope="machine",
        environment=("WORKERS_AI_GATEWAY_TOKEN",),
        secret=True,
        over_lsp=False,
        pattern=CREDENTIAL,
        expects=CREDENTIAL_EXPECTS,
    )
    cache_ttl: int | None = setting(
        None,
        "Seconds for which the gateway keeps an answer. Unset, the gateway's own setting holds.",
        minimum=60,
        maximum=2_592_000,
    )
    skip_cache: bool = setting(
        default=False, description="Ask the model even where the gateway has an answer."
    )
    metadata: str = setting(
        "",
        'What the gateway\'s log notes of each request, a JSON object such as `{"team": "core"}`.',
        scope="machine",
        over_lsp=False,
        maximum=2000,
        verify=metadata,
        expects="a JSON object of at most five texts, numbers, true or false",
    )
    request_timeout: float | None = setting(
        None,
        "Seconds after which the gateway gives up on a request.",
        scope="machine",
        over_lsp=False,
        minimum=1,
        maximum=600,
    )


@attrs.frozen
class Verification:
    """Whether new tests are run, and by what."""

    command: str = setting(
        "",
        "Command that runs new tests, such as `pytest -q {file}`; or for each framework a line such "
        "as `go: go test ./{folder}`. Empty: new tests are not run.",
        scope="machine",
        over_lsp=False,
        maximum=4000,
        verify=commands_by_framework,
        expects="one command, or lines of framework, colon and command",
    )
    folders: tuple[str, ...] = setting(
        (),
        "Workspaces in which that command may be run, by their absolute paths.",
        scope="machine",
        over_lsp=False,
        maximum=4000,
        pattern=r"(~|/|\\\\|[A-Za-z]:).*",
        expects="absolute paths",
    )
    seconds: int = setting(
        60,
        "Seconds after which that command is stopped.",
        scope="machine",
        over_lsp=False,
        minimum=1,
        maximum=600,
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
