"""The extra `[local]`: what it holds, and the sentence for whoever lacks it."""

from importlib.util import find_spec

from workers_ai_ls.errors import Failure

EXTRA = ("starlette", "uvicorn", "xllamacpp")


def require_extra(modules: tuple[str, ...] = EXTRA) -> None:
    """Raise a `Failure` that says how to install the extra when one of `modules` is missing."""
    if any(find_spec(module) is None for module in modules):
        raise Failure(
            "The local endpoint needs its extra: pip install 'workers-ai-language-server[local]'"
        )
