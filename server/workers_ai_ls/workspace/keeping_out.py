"""Which files never enter a prompt: secrets by their names, ignored ones, and what a setting lists."""

from __future__ import annotations

import functools
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

import pathspec

from workers_ai_ls.errors import Failure

from .index.ignoring import rules_around, rules_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path, PurePath

OWN_IGNORE_FILE: Final = ".workers-ai-ignore"

_HARMLESS: Final = (".example", ".sample", ".template", ".dist")
_KEY_ENDINGS: Final = (
    *(".pem", ".key", ".p12", ".pfx", ".jks", ".keystore", ".ppk", ".kdbx", ".gpg", ".p8"),
)
_KEY_NAMES: Final = frozenset(
    ("id_rsa", "id_dsa", "id_ecdsa", "id_ecdsa_sk", "id_ed25519", "id_ed25519_sk")
)
_CREDENTIALS: Final = frozenset(
    (
        *(".netrc", "_netrc", ".pgpass", "pgpass.conf", ".my.cnf", ".npmrc", ".pypirc"),
        *(".git-credentials", ".htpasswd", ".dockercfg", ".vault-token", ".s3cfg", ".boto"),
        *("rclone.conf", "credentials.tfrc.json", "application_default_credentials.json"),
    )
)
_CREDENTIALS_IN: Final = (
    *((".aws", "credentials"), (".aws", "config"), (".docker", "config.json"), (".kube", "config")),
    *((".cargo", "credentials"), (".cargo", "credentials.toml"), (".gem", "credentials")),
    *(("gh", "hosts.yml"), ("doctl", "config.yaml")),
)
_PRIVATE_FOLDERS: Final = (".ssh/", ".gnupg/", ".azure/", ".config/gcloud/")


class KeptOut(Failure):
    """An action was asked for in a file of which nothing is sent."""


def why_kept_out(path: Path, root: Path | None, exclude: Sequence[str] = ()) -> str:
    """One sentence why nothing of a file may be sent, and what to do; "" where it may.

    `root` is the workspace folder that the file is in, if any; `exclude` is the setting of that
    name. A link counts as what it leads to and as what it is called. A file need not exist.
    """
    names = tuple(dict.fromkeys((path.absolute(), _resolved(path))))
    for one in names:
        if kind := _secret_kind(one):
            return (
                f"{path.name} is {kind}, so nothing of it is ever sent; what the AI is to see must "
                "stand in another file."
            )
    roots = (root, _resolved(root)) if root else ()
    for one in names:
        around = [folder for folder in roots if one.is_relative_to(folder)]
        # A file in no workspace is looked at as if each folder around it were one.
        for folder in around or one.parents:
            if is_excluded(one.relative_to(folder).as_posix(), exclude):
                return (
                    f"{path.name} is kept out by the setting workersAI.context.exclude, so nothing of "
                    "it is sent; change the setting to let it in."
                )
        for folder in around or [one.parent]:
            if sentence := _why_ignored(folder, one.relative_to(folder).as_posix()):
                return sentence
    return ""


def is_excluded(path: str, exclude: Sequence[str]) -> bool:
    """Whether the patterns of `context.exclude` keep out a path from the workspace's root, with slashes.

    Case does not count: not every system knows the difference.
    """
    if not exclude:
        return False
    spec = _spec(tuple(exclude))
    return spec.match_file(path) or spec.match_file(path.lower())


def is_never_sent(path: str, exclude: Sequence[str]) -> bool:
    """Whether nothing of a file that the index has may be sent: by its name or by the patterns.

    It does not look at the disk: what is ignored is not in the index.
    """
    return is_excluded(path, exclude) or bool(_secret_kind(PurePosixPath(path)))


@functools.lru_cache(maxsize=8)
def _spec(exclude: tuple[str, ...]) -> pathspec.GitIgnoreSpec:
    return pathspec.GitIgnoreSpec.from_lines([*exclude, *(one.lower() for one in exclude)])


def _secret_kind(path: PurePath) -> str:
    """What a file is by its name, in words that follow "is"; "" where it is nothing secret."""
    name, folder = path.name.casefold(), f"/{path.parent.as_posix()}/".casefold()
    if name.endswith(_HARMLESS):
        return ""
    if name == ".envrc" or name.startswith(".env.") or name.endswith(".env"):
        return "a file of secret settings"
    if name in _KEY_NAMES or name.endswith(_KEY_ENDINGS):
        return "a key file"
    inside = path.parent.name.casefold(), name
    private = any(f"/{each}" in folder for each in _PRIVATE_FOLDERS)
    if name in _CREDENTIALS or inside in _CREDENTIALS_IN or private:
        return "a file of credentials"
    return ""


def _why_ignored(folder: Path, name: str) -> str:
    """The sentence for a file that ignore files keep out, and "" for any other."""
    rules, prefix = rules_around(folder)
    at, top = folder, folder.parents[prefix.count("/") - 1] if prefix else folder
    *folders, last = name.split("/")
    for part in [*(f"{each}/" for each in folders), last]:
        rules = rules_of(at, prefix, rules)
        prefix += part
        if rules and rules.ignore(prefix):
            return (
                f"{last} is ignored by this project, so nothing of it is sent; the line `!/{prefix}` "
                f"in {top / OWN_IGNORE_FILE} lets it in."
            )
        at /= part
    return ""


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # A link that leads to itself.
        return path.absolute()
