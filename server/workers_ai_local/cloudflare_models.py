"""What Cloudflare says of its own models, as far as the local endpoint plays them.

The facts stand in `cloudflare_models.json`. The client has a catalogue of its own: a test holds
the two together, so that neither follows the other's mistakes.
"""

import json
from functools import cache
from importlib import resources

import attrs


@attrs.frozen
class CloudflareModel:
    """One text-generation model of Workers AI."""

    id: str
    window: int | None = None
    """Tokens of prompt and answer together, where it is known."""
    withdrawn_on: str | None = None
    """An ISO date, when Cloudflare answers 410 for it."""
    neurons: tuple[int, int] = attrs.field(default=(0, 0), converter=tuple)
    """Per million tokens of the prompt and of the answer."""


def cloudflare_model(model_id: str) -> CloudflareModel:
    """Return what is known of `model_id`, which may be nothing.

    >>> cloudflare_model("@hf/thebloke/deepseek-coder-6.7b-instruct-awq").withdrawn_on
    '2025-10-01'
    >>> cloudflare_model("@cf/somebody/new")
    CloudflareModel(id='@cf/somebody/new', window=None, withdrawn_on=None, neurons=(0, 0))
    """
    return cloudflare_models().get(model_id) or CloudflareModel(model_id)


@cache
def cloudflare_models() -> dict[str, CloudflareModel]:
    """Return all of them under their ids."""
    file = resources.files("workers_ai_local").joinpath("cloudflare_models.json")
    entries = json.loads(file.read_text("utf-8"))["models"]
    return {entry["id"]: CloudflareModel(**entry) for entry in entries}
