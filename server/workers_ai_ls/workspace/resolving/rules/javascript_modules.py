"""Which files a module of JavaScript or TypeScript stands for."""

import posixpath

from workers_ai_ls.syntax.symbol import Imported
from workers_ai_ls.workspace.resolving.rules.folders import joined
from workers_ai_ls.workspace.resolving.rules.javascript_files import file_at
from workers_ai_ls.workspace.resolving.rules.javascript_packages import in_package
from workers_ai_ls.workspace.resolving.rules.javascript_paths import by_configuration
from workers_ai_ls.workspace.resolving.rules.places import Places


def modules(places: Places, path: str, imported: Imported) -> list[str]:
    """Give the file of a module as Node.js, TypeScript and bundlers find it."""
    folder = posixpath.dirname(path)
    module = imported.module.partition("?")[0]
    if not module:
        return [path]
    if module.startswith("/"):
        return file_at(places, module.lstrip("/"))
    if module.startswith("."):
        return file_at(places, joined(folder, module))
    return by_configuration(places, folder, module) or in_package(places, folder, module)
