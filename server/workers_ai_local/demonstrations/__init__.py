"""Every answer and every failure of Workers AI on demand, by the id of the model that is asked.

- `@local/error/CODE`: the refusal with that code, as Cloudflare sends it (`errors.py`).
- `@local/fault/NAME`: a failure without an envelope (`faults.py`).
- `@local/shape/NAME`: a short text in one of the wire's shapes (`shapes.py`).

Any client gets any of them with nothing but a model id, on every route of the local endpoint.
"""

from workers_ai_local.demonstrations.table import DEMONSTRATIONS, demonstrated

__all__ = ["DEMONSTRATIONS", "demonstrated"]
