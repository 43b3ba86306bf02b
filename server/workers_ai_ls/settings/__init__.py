"""Every setting, declared once (`table`), resolved from options of five sources, with its origin.

`read_options` reads, `resolve` judges without reading, `credentials` hands out what may be sent. Where
they lack a secret, `stored` asks the system's keyring and `with_stored` puts in what it holds.
Nothing here speaks to an editor or an endpoint.
"""

from workers_ai_ls.settings.addresses import web_origin
from workers_ai_ls.settings.checking import checked
from workers_ai_ls.settings.credentials import (
    Credentials,
    MissingAddress,
    MissingCredentials,
    credentials,
    is_credential,
)
from workers_ai_ls.settings.declaring import Setting
from workers_ai_ls.settings.forms import commands_by_framework, json_object, metadata
from workers_ai_ls.settings.groups import (
    Context,
    Gateway,
    JournalBounds,
    Offered,
    Prompts,
    Timeouts,
    Verification,
)
from workers_ai_ls.settings.keyring_access import (
    KeyringFailure,
    NoKeyring,
    forget,
    store,
    stored,
    stored_soon,
)
from workers_ai_ls.settings.options import Options, SettingsFile, read_options, user_file_path
from workers_ai_ls.settings.origin import Origin
from workers_ai_ls.settings.overview import Row, overview
from workers_ai_ls.settings.resolving import Resolved, resolve
from workers_ai_ls.settings.stored import (
    Stored,
    keyring_origin,
    wanted_from_keyring,
    with_stored,
)
from workers_ai_ls.settings.table import (
    CLOUDFLARE_URLS,
    DEFAULT_BASE_URL,
    SETTINGS,
    Settings,
)
from workers_ai_ls.settings.user_file import CannotKeep, change_user_file

__all__ = [
    "CLOUDFLARE_URLS",
    "DEFAULT_BASE_URL",
    "SETTINGS",
    "CannotKeep",
    "Context",
    "Credentials",
    "Gateway",
    "JournalBounds",
    "KeyringFailure",
    "MissingAddress",
    "MissingCredentials",
    "NoKeyring",
    "Offered",
    "Options",
    "Origin",
    "Prompts",
    "Resolved",
    "Row",
    "Setting",
    "Settings",
    "SettingsFile",
    "Stored",
    "Timeouts",
    "Verification",
    "change_user_file",
    "checked",
    "commands_by_framework",
    "credentials",
    "forget",
    "is_credential",
    "json_object",
    "keyring_origin",
    "metadata",
    "overview",
    "read_options",
    "resolve",
    "store",
    "stored",
    "stored_soon",
    "user_file_path",
    "wanted_from_keyring",
    "web_origin",
    "with_stored",
]
