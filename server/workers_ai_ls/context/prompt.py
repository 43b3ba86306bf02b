"""A prompt and the three ways in which models take it: scoped, unscoped and raw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import attrs

from workers_ai_ls.errors import Failure

if TYPE_CHECKING:
    from .source import Source

Role = Literal["system", "user", "assistant"]


class NoTemplate(Failure):
    """A raw prompt was asked for from a model whose template is not known."""

    def __init__(self, model: str) -> None:
        super().__init__(
            f"No raw prompt template is known for {model}; "
            f'set workersAI.promptStyle to "scoped" or choose another model.'
        )


@attrs.frozen
class Turn:
    """One message of a scoped prompt."""

    role: Role
    content: str


@attrs.frozen
class Prompt:
    """What is sent to the model, and the most that it may answer (tokens)."""

    turns: tuple[Turn, ...]
    max_tokens: int
    sources: tuple[Source, ...] = ()
    """What it draws on, in the order in which it stands there."""
    cut: tuple[str, ...] = ()
    """What was left out for lack of room, in words."""

    def text(self) -> str:
        """Everything that is sent, for the prompt's hash and for people to read."""
        return "\n\n".join(f"[{turn.role}]\n{turn.content}" for turn in self.turns)

    def again(self, answer: str, request: str) -> Prompt:
        """Ask once more, with the answer so far in view; an empty one is no turn of its own."""
        if not answer.strip():
            *turns, last = self.turns
            asked = attrs.evolve(last, content=f"{last.content}\n\n{request}")
            return attrs.evolve(self, turns=(*turns, asked))
        more = (Turn("assistant", answer), Turn("user", request))
        return attrs.evolve(self, turns=self.turns + more)


def render_unscoped(prompt: Prompt) -> str:
    """Render the prompt as one text, for `prompt` instead of `messages`."""
    return "\n\n".join(turn.content for turn in prompt.turns)


def render_raw(prompt: Prompt, model: str) -> str:
    """Render the prompt in the model's own template, for `raw: true`.

    Templates: PROTOCOL.md, "Templates for raw: true". Raises NoTemplate.
    """
    name = model.lower()
    if "deepseek-coder" in name:
        return _deepseek_coder(prompt)
    if "qwen" in name:
        return _chatml(prompt)
    raise NoTemplate(model)


def _deepseek_coder(prompt: Prompt) -> str:
    parts = []
    for turn in prompt.turns:
        if turn.role == "system":
            parts.append(f"{turn.content}\n")
        elif turn.role == "user":
            parts.append(f"### Instruction:\n{turn.content}\n")
        else:
            parts.append(f"### Response:\n{turn.content}\n<|EOT|>\n")
    return "".join(parts) + "### Response:\n"


def _chatml(prompt: Prompt) -> str:
    turns = (f"<|im_start|>{turn.role}\n{turn.content}<|im_end|>\n" for turn in prompt.turns)
    return "".join(turns) + "<|im_start|>assistant\n"
