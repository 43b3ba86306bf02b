"""Every value that a source gives, in rising order of the sources, before it is judged."""

import shlex
from collections.abc import Iterator

from workers_ai_ls.settings.options import Options, SettingsFile
from workers_ai_ls.settings.origin import Given, Origin
from workers_ai_ls.settings.payload import from_editor, from_file
from workers_ai_ls.settings.table import BY_NAME, SETTINGS


def sources(options: Options) -> Iterator[tuple[Origin, list[Given], str]]:
    """Each source with what it gives, the lowest first, and a sentence if it was not all readable.

    User file, workspace file, editor, then each variable of the environment.
    """
    user = Origin("user file", str(options.user.path))
    leaked = exposed_secret(options.user)
    given = [
        Given(name, value, user)
        for name, value in from_file(options.user.table)
        if not (options.user.exposed and _is_secret(name))
    ]
    yield user, given, options.user.problem or leaked
    if options.workspace:
        origin = Origin("workspace file", str(options.workspace.path))
        pairs = from_file(options.workspace.table)
        yield origin, [Given(*pair, origin) for pair in pairs], options.workspace.problem
    editor = Origin("editor")
    yield editor, [Given(*pair, editor) for pair in from_editor(options.lsp)], ""
    for setting in SETTINGS:
        variables = [
            name for name in setting.environment if options.environment.get(name, "").strip()
        ]
        for name in variables[:1]:
            variable = Origin("environment", name)
            # A pasted token often brings its line end along.
            yield variable, [Given(setting.name, options.environment[name].strip(), variable)], ""


def exposed_secret(file: SettingsFile) -> str:
    """The sentence for a secret in a file that others can read, or ""."""
    secrets = any(_is_secret(name) and value for name, value in from_file(file.table))
    if not (file.exposed and secrets):
        return ""
    remedy = f"run `chmod 600 {shlex.quote(str(file.path))}`"
    return f"The token in {file.path} is not used, because others can read that file: {remedy}."


def _is_secret(name: str) -> bool:
    return name in BY_NAME and BY_NAME[name].secret
