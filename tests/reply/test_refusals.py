"""What people are told where an answer is not used."""

import inspect
import re

import pytest

from workers_ai_ls.actions import ACTIONS, FOLLOW_UPS
from workers_ai_ls.lsp import answer_commands, commands
from workers_ai_ls.reply import Refusal, refusals
from workers_ai_ls.settings.table import Settings

KNOWN = [each for each in vars(refusals).values() if isinstance(each, Refusal)]
DECLINED = refusals.refusal_in("I'm sorry, but I can't help with that. Ask something else.")


@pytest.mark.parametrize("refusal", [*KNOWN, DECLINED], ids=lambda refusal: refusal.sentence[:40])
def test_one_sentence_says_what_happened_and_what_to_do(refusal: Refusal) -> None:
    said = re.sub(r"“.*”", "", refusal.sentence)
    assert re.fullmatch(r"The model\b[^;]*, so nothing was changed; [^;]+\.", said)
    assert not re.search(r"[.!?]\s", said)


def test_every_setting_and_command_that_is_named_exists() -> None:
    said = " ".join(each.sentence for each in KNOWN)
    registered = {each.command for each in ACTIONS} | {each.command for each in FOLLOW_UPS}
    for module in (commands, answer_commands):
        registered |= set(re.findall(r'"(workers-ai\.\w+)"', inspect.getsource(module)))
    assert set(re.findall(r"workers-ai\.\w+", said)) == {"workers-ai.showLastAnswer"} <= registered
    assert set(re.findall(r"workersAI\.(\w+)", said)) == {"maxTokens"}
    assert hasattr(Settings(), "max_tokens")
