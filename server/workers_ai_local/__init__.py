"""An endpoint on loopback that speaks the Workers AI protocol, with a small real model behind it.

`obtain_model_file` (the only thing that downloads) or `find_model_file` gives a file;
`start_local` or `local_endpoint` serves it from a process of its own. Tests serve recorded replies
instead: `workers_ai_local.replay`. Both give every error and oddity of Workers AI to whoever asks
for its id as a model: `workers_ai_local.demonstrations`. Importing this package needs nothing of
the extra `[local]`.
"""

from workers_ai_local.catalogue import LARGE, MODELS, SMALL, LocalModel
from workers_ai_local.download import Progress, obtain_model_file
from workers_ai_local.extra import require_extra
from workers_ai_local.local_endpoint import (
    ACCOUNT_ID,
    IDLE_SECONDS,
    WINDOW,
    LocalEndpoint,
    local_endpoint,
    start_local,
)
from workers_ai_local.model_file import (
    DamagedModelFile,
    ModelFile,
    find_model_file,
    require_model_file,
)

__all__ = [
    "ACCOUNT_ID",
    "IDLE_SECONDS",
    "LARGE",
    "MODELS",
    "SMALL",
    "WINDOW",
    "DamagedModelFile",
    "LocalEndpoint",
    "LocalModel",
    "ModelFile",
    "Progress",
    "find_model_file",
    "local_endpoint",
    "obtain_model_file",
    "require_extra",
    "require_model_file",
    "start_local",
]
