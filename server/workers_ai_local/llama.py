"""Loading a model into llama.cpp."""

import os
import secrets
import sys
from pathlib import Path

import xllamacpp  # type: ignore[import-untyped] # it ships no types

from workers_ai_local.embedded import WINDOW, EmbeddedEngine
from workers_ai_local.engine import ServedModel, Shape
from workers_ai_ls.errors import Failure

# Between two batches of the prompt, llama.cpp asks whether to go on. 64 tokens are 0.4 s on two
# cores; 512 take 3 s, and are no faster (1,000 tokens: 6.5 s either way; 32 at a time: 8 s).
_BATCH = 64

# Prompts with another beginning come back: a cache of 0.3 GB keeps some 20,000 tokens of them.
_PROMPT_CACHE_MIB = 256


def load_engine(
    path: Path,
    models: tuple[ServedModel, ...],
    window: int = WINDOW,
    shape: Shape = "native",
) -> EmbeddedEngine:
    """Load the model file at `path`. Takes seconds. Raises `Failure`."""
    params = xllamacpp.CommonParams()
    params.model.path = str(path)
    params.n_ctx = window
    params.n_parallel = 1
    params.n_batch = params.n_ubatch = _BATCH
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = _cores()
    params.cache_ram_mib = _PROMPT_CACHE_MIB
    params.verbosity = 0
    # The library insists on an HTTP server of its own: on loopback, behind a key that nobody has.
    params.hostnames = ["127.0.0.1"]
    params.api_keys = [secrets.token_urlsafe(32)]
    params.n_threads_http = 1
    params.ui = False
    try:
        return EmbeddedEngine(xllamacpp.Server(params), models, window, shape)
    except (RuntimeError, ValueError) as error:
        raise Failure(
            f"The model file {path} could not be loaded: check that it is whole, and that "
            f"1.5 GB of memory are free"
        ) from error


def _cores() -> int:
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
