"""Every setting, declared once (`table`), resolved from options of five sources, with its origin.

`read_options` reads, `resolve` judges without reading, `credentials` hands out what may be sent.
Nothing here speaks to an editor or an endpoint.
"""

from workers_ai_ls.settings.addresses import web_origin
from workers_ai_ls.settings.credentials import Credentials, MissingCredentials, credentials
from workers_ai_ls.settings.declaring import Setting
from workers_ai_ls.settings.options import Options, SettingsFile, read_options, user_file_path
from workers_ai_ls.settings.origin import Origin
from workers_ai_ls.settings.overview import Row, overview
from workers_ai_ls.settings.resolving import Resolved, resolve
from workers_ai_ls.settings.table import (
    DEFAULT_BASE_URL,
    SETTINGS,
    Context,
    JournalBounds,
    Offered,
    Prompts,
    Settings,
    Timeouts,
)

__all__ = [
    "DEFAULT_BASE_URL",
    "SETTINGS",
    "Context",
    "Credentials",
    "JournalBounds",
    "MissingCredentials",
    "Offered",
    "Options",
    "Origin",
    "Prompts",
    "Resolved",
    "Row",
    "Setting",
    "Settings",
    "SettingsFile",
    "Timeouts",
    "credentials",
    "overview",
    "read_options",
    "resolve",
    "user_file_path",
    "web_origin",
]
