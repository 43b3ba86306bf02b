"""The paths of the local endpoint: one file for each kind of endpoint that it stands for."""

from workers_ai_local.routes import gateway, openai, rest, worker
from workers_ai_local.routes.caching import Cache
from workers_ai_local.routes.nowhere import nowhere
from workers_ai_local.routes.service import Observe, Service

__all__ = ["Cache", "Observe", "Service", "gateway", "nowhere", "openai", "rest", "worker"]
