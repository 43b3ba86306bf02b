import hashlib
from pathlib import Path

import attrs
import pytest

from workers_ai_local.catalogue import LARGE, MODELS, SMALL, LocalModel
from workers_ai_local.model_file import (
    DamagedModelFile,
    ModelFile,
    cached_path,
    find_model_file,
    require_model_file,
)
from workers_ai_ls.errors import Failure

CONTENT = b"the model's bytes"
MODEL = attrs.evolve(
    SMALL, size=len(CONTENT), sha256=hashlib.sha256(CONTENT).hexdigest(), file_name="tiny.gguf"
)
OTHER = attrs.evolve(MODEL, id="@local/other", sha256=hashlib.sha256(CONTENT[::-1]).hexdigest())
KNOWN = [MODEL, OTHER]


def find(cache: Path, named: Path | None = None) -> ModelFile | None:
    environ = {"WORKERS_AI_LOCAL_MODEL": str(named)} if named else {}
    return find_model_file(MODEL, environ=environ, cache=cache, known=KNOWN)


def test_the_catalogue_is_what_the_issue_names() -> None:
    assert (SMALL.size, SMALL.sha256[:8], LARGE.sha256[:8]) == (491_400_064, "1d961463", "cc324af0")
    assert SMALL.official_url == (
        "https://huggingface.co/Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF/resolve/main/"
        "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf"
    )
    assert [model.mirror.count for model in MODELS] == [6, 22]


def test_nothing_there_is_none_or_a_sentence_that_says_what_to_do(tmp_path: Path) -> None:
    assert find(tmp_path) is None
    with pytest.raises(Failure, match=r"workers-ai-ls demo.*WORKERS_AI_LOCAL_MODEL"):
        require_model_file(MODEL, environ={}, cache=tmp_path)


def test_a_cached_file_is_found_and_stays(tmp_path: Path) -> None:
    path = cached_path(MODEL, tmp_path)
    path.write_bytes(CONTENT)
    assert find(tmp_path) == ModelFile(MODEL, path)
    assert require_model_file(MODEL, environ={}, cache=tmp_path).path.read_bytes() == CONTENT


@pytest.mark.parametrize("content", [CONTENT[::-1], CONTENT[:-1], CONTENT + b"x", b""])
def test_a_wrong_cached_file_is_refused_and_removed(tmp_path: Path, content: bytes) -> None:
    path = cached_path(MODEL, tmp_path)
    path.write_bytes(content)
    with pytest.raises(DamagedModelFile, match="has been removed"):
        find(tmp_path)
    assert not path.exists()


@pytest.mark.parametrize(("content", "model"), [(CONTENT, MODEL), (CONTENT[::-1], OTHER)])
def test_a_named_file_comes_first_and_says_itself_which_model_it_is(
    tmp_path: Path, content: bytes, model: LocalModel
) -> None:
    cached_path(MODEL, tmp_path).write_bytes(CONTENT)
    mine = tmp_path / "mine.gguf"
    mine.write_bytes(content)
    assert find(tmp_path, mine) == ModelFile(model, mine)


def test_a_wrong_named_file_is_refused_but_its_owners_to_remove(tmp_path: Path) -> None:
    mine = tmp_path / "mine.gguf"
    mine.write_bytes(b"something else")
    with pytest.raises(Failure, match=r"SHA-256 is not that of tiny\.gguf"):
        find(tmp_path, mine)
    assert mine.exists()


def test_a_named_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Failure, match=r"WORKERS_AI_LOCAL_MODEL names .*, which is no file"):
        find(tmp_path, tmp_path / "none.gguf")
