"""Settings resolved from text, so that a test shows what stands in each source."""

from pathlib import Path

from workers_ai_ls.settings import Options, Resolved, read_options, resolve

TOKEN = "t0ken-of-nobody"
ACCOUNT = "0123456789abcdef"


def options(
    folder: Path,
    *,
    user: str = "",
    workspace: str = "",
    lsp: object = None,
    mode: int = 0o600,
    **environment: str,
) -> Options:
    """The user's file and the workspace's written below `folder` and read back."""
    user_file, root = folder / "config.toml", folder / "work"
    root.mkdir(exist_ok=True)
    if user:
        user_file.write_text(user, encoding="utf-8")
        user_file.chmod(mode)
    if workspace:
        (root / ".workers-ai.toml").write_text(workspace, encoding="utf-8")
    return read_options(environment=environment, user_file=user_file, workspace_root=root, lsp=lsp)


def resolved(folder: Path, **sources: object) -> Resolved:
    """What `options` of the same arguments resolve to."""
    return resolve(options(folder, **sources))  # type: ignore[arg-type] # checked there
