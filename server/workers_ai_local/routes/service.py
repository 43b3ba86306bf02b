"""What all routes of one application share."""

from collections.abc import Callable, Mapping

import attrs

from workers_ai_local.api_errors import model_withdrawn, no_such_model
from workers_ai_local.cloudflare_models import cloudflare_model
from workers_ai_local.demonstrations import DEMONSTRATIONS
from workers_ai_local.engine import Engine, ServedModel
from workers_ai_local.routes.caching import Cache

Observe = Callable[[dict[str, object]], None]
"""Takes what happened, as JSON: `event` is `request` or `end`, `at` a Unix time in seconds."""

# A demonstration costs what the default model does.
_DEMONSTRATED = cloudflare_model("@cf/qwen/qwen2.5-coder-32b-instruct")


@attrs.frozen
class Service:
    """An engine, who may use it, and who watches."""

    engine: Engine
    token: str = attrs.field(repr=False)
    observe: Observe
    account_id: str | None
    """The one account that there is; `None` for any that is shaped like one."""
    gateways: Mapping[str, str | None] = attrs.field(repr=False)
    """The AI Gateways under their names, each with its own token, if it has one."""
    cache: Cache = attrs.field(factory=Cache)

    def model(self, model_id: str) -> ServedModel:
        """Return the model of that id. Raises `ApiError` as Cloudflare does for those it has not."""
        for served in self.engine.models:
            if served.id == model_id:
                return served
        if model_id in DEMONSTRATIONS:
            window = _DEMONSTRATED.window or 0
            return ServedModel(model_id, window, "Demonstration", _DEMONSTRATED.neurons)
        withdrawn_on = cloudflare_model(model_id).withdrawn_on
        if withdrawn_on is not None:
            raise model_withdrawn(model_id, withdrawn_on)
        raise no_such_model(model_id)
