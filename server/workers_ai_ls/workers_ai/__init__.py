"""The wire to Workers AI, and the only HTTP user of the server.

`open_client` gives a `Client`; `Client.stream` sends a `Request` and yields `Event`s; whatever goes
wrong is a `WireFailure` or a `BadEndpoint`, whose `str()` is the sentence to show. Importing this
room costs no network library: httpx comes with the first client.
"""

from typing import TYPE_CHECKING

from workers_ai_ls.workers_ai.account_errors import (
    BadAccount,
    BadRequest,
    BadToken,
    ContextOverflow,
    GatewayMissing,
    GatewayRefused,
    ModelNotAllowed,
    ModelTimeout,
    ModelWithdrawn,
    NoCapacity,
    NoPermission,
    NoSuchModel,
    OutOfNeurons,
    PaidPlanNeeded,
    RateLimited,
    TermsNotAccepted,
)
from workers_ai_ls.workers_ai.command import NoCredential
from workers_ai_ls.workers_ai.endpoint import (
    CLOUDFLARE,
    Endpoint,
    EndpointKind,
    Gateway,
    is_loopback_host,
    is_model_id,
)
from workers_ai_ls.workers_ai.endpoint_problem import endpoint_problem
from workers_ai_ls.workers_ai.errors import (
    Aborted,
    BadEndpoint,
    BadGateway,
    BrokenStream,
    ConnectionLost,
    ModelError,
    NoRoute,
    NotAnApi,
    OnlyReasoning,
    Redirected,
    Refusal,
    ServerError,
    SignInNeeded,
    Stalled,
    Unreachable,
    Untrusted,
    WireFailure,
)
from workers_ai_ls.workers_ai.events import (
    Event,
    Finish,
    FinishReason,
    Reasoning,
    Retrying,
    Served,
    Text,
    Usage,
)
from workers_ai_ls.workers_ai.model_facts import Price, Thinking
from workers_ai_ls.workers_ai.models import (
    DEFAULT_MODEL,
    FREE_NEURONS_PER_DAY,
    TYPICAL_ACTION,
    Model,
    all_models,
    alternative,
    model,
)
from workers_ai_ls.workers_ai.opening import open_client
from workers_ai_ls.workers_ai.request import Message, Request, Role
from workers_ai_ls.workers_ai.timeouts import Timeouts

if TYPE_CHECKING:
    from workers_ai_ls.workers_ai.client import Client

__all__ = [
    "CLOUDFLARE",
    "DEFAULT_MODEL",
    "FREE_NEURONS_PER_DAY",
    "TYPICAL_ACTION",
    "Aborted",
    "BadAccount",
    "BadEndpoint",
    "BadGateway",
    "BadRequest",
    "BadToken",
    "BrokenStream",
    "Client",
    "ConnectionLost",
    "ContextOverflow",
    "Endpoint",
    "EndpointKind",
    "Event",
    "Finish",
    "FinishReason",
    "Gateway",
    "GatewayMissing",
    "GatewayRefused",
    "Message",
    "Model",
    "ModelError",
    "ModelNotAllowed",
    "ModelTimeout",
    "ModelWithdrawn",
    "NoCapacity",
    "NoCredential",
    "NoPermission",
    "NoRoute",
    "NoSuchModel",
    "NotAnApi",
    "OnlyReasoning",
    "OutOfNeurons",
    "PaidPlanNeeded",
    "Price",
    "RateLimited",
    "Reasoning",
    "Redirected",
    "Refusal",
    "Request",
    "Retrying",
    "Role",
    "Served",
    "ServerError",
    "SignInNeeded",
    "Stalled",
    "TermsNotAccepted",
    "Text",
    "Thinking",
    "Timeouts",
    "Unreachable",
    "Untrusted",
    "Usage",
    "WireFailure",
    "all_models",
    "alternative",
    "endpoint_problem",
    "is_loopback_host",
    "is_model_id",
    "model",
    "open_client",
]


def __getattr__(name: str) -> object:
    """Import `Client` when it is asked for, because it brings httpx along."""
    if name == "Client":
        from workers_ai_ls.workers_ai.client import Client

        return Client
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
