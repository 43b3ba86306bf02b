"""The real small model, downloaded by the product's own code, once per machine."""

import os
import sys
from pathlib import Path

from workers_ai_local import SMALL, ModelFile, Progress, obtain_model_file


def real_model() -> ModelFile:
    """Return the model's file, from `WORKERS_AI_TEST_CACHE`, a folder, or the user's cache."""
    cache = os.environ.get("WORKERS_AI_TEST_CACHE")
    return obtain_model_file(SMALL, _tell, cache=Path(cache) if cache else None)


def _tell(progress: Progress) -> None:
    if progress.received == 0:
        sys.stderr.write(f"{progress.model.title} from {progress.whence}\n")
