"""The prompt of a job: secrets are out of it, and it fits all the same."""

from __future__ import annotations

import pytest

from tests.redaction import made_up
from workers_ai_ls.actions.refactor import REFACTOR
from workers_ai_ls.context import Material, Prompt, Selection, TestPlace, estimate, gather
from workers_ai_ls.jobs.foreseeing import foresee
from workers_ai_ls.jobs.prompt_page import price_of, prompt_page
from workers_ai_ls.jobs.prompting import size_of, without_secrets, write_prompt
from workers_ai_ls.settings import Context, Settings
from workers_ai_ls.syntax import language_for
from workers_ai_ls.text import snapshot_of
from workers_ai_ls.workers_ai import Model, model

KNOWN = model("@cf/qwen/qwen2.5-coder-32b-instruct")
ADDRESSES = "".join(f'    "a://b:p{n}Q@h",\n' for n in range(20))
MANY = f"def f(x):\n    return [\n{ADDRESSES}    ]\n"


def material(text: str, at: str = "return") -> Material:
    """What is known of the definition around a word."""
    snapshot = snapshot_of("file:///f.py", "python", 1, text)
    offset = text.index(at)
    return gather(Selection(snapshot, offset, offset, language_for("python", "f.py")))


def test_what_is_sent_holds_no_secret_and_the_answer_gets_it_back() -> None:
    about = material(f'def f(x):\n    return "{made_up.GITHUB}"\n')
    sent, hidden = without_secrets(write_prompt(REFACTOR, about, KNOWN, Settings()), about)
    assert made_up.GITHUB not in sent.text()
    assert "REDACTED_GITHUB_TOKEN_1" in sent.turns[-1].content
    assert hidden.restore('"REDACTED_GITHUB_TOKEN_1"') == f'"{made_up.GITHUB}"'


def test_a_part_of_a_private_key_is_known_by_the_document() -> None:
    text = f'KEY = """\n{made_up.KEY}\n"""\n'
    start = text.index(made_up.BODY[2])
    snapshot = snapshot_of("file:///f.txt", "text", 1, text)
    end = start + len(made_up.BODY[2])
    selection = Selection(snapshot, start, end, language_for("text", "f.txt"))
    about = gather(selection)
    assert about.code == made_up.BODY[2]
    sent, _ = without_secrets(write_prompt(REFACTOR, about, KNOWN, Settings()), about)
    assert not any(line in sent.text() for line in made_up.BODY)


def test_so_it_is_by_the_file_of_the_tests() -> None:
    tests = TestPlace("/t.py", "t.py", "pytest", text=f'K = """{made_up.KEY}"""')
    about = material(f'def f(x):\n    return "{made_up.BODY[3]}"\n')
    assert made_up.BODY[3] in without_secrets(_prompt(about), about).prompt.text()
    with_tests = Material(about.selection, about.start, about.end, about.code, tests=tests)
    assert made_up.BODY[3] not in without_secrets(_prompt(about), with_tests).prompt.text()


def test_placeholders_longer_than_the_secrets_leave_the_prompt_within_its_budget() -> None:
    rest = "".join(f"def g{n}(x):\n    return x\n\n\n" for n in range(200))
    about = material(f"{MANY}\n\n{rest}")
    plain = write_prompt(REFACTOR, about, KNOWN, Settings())
    most = size_of(plain) - 50
    assert size_of(without_secrets(plain, about).prompt) > size_of(plain) + 50
    prompt = write_prompt(REFACTOR, about, KNOWN, Settings(), most=most)
    assert size_of(without_secrets(prompt, about).prompt) <= most
    set_so = Settings(context=Context(max_tokens=most))
    assert (
        size_of(without_secrets(write_prompt(REFACTOR, about, KNOWN, set_so), about).prompt) <= most
    )


def test_what_is_foreseen_is_the_request_itself() -> None:
    about = material(f'def f(x):\n    return "{made_up.GITHUB}"\n')
    seen = foresee(REFACTOR, about, KNOWN, Settings())
    assert [each.content for each in seen.request.messages] == [
        turn.content for turn in seen.sent.prompt.turns
    ]
    assert seen.tokens == sum(estimate(each.content) for each in seen.request.messages)
    assert seen.request.max_tokens == seen.sent.prompt.max_tokens
    assert made_up.GITHUB not in repr(seen.request)


def test_a_price_is_that_of_the_catalogue_without_and_with_the_longest_answer() -> None:
    seen = foresee(REFACTOR, material("def f(x):\n    return x\n"), KNOWN, Settings())
    assert KNOWN.price is not None
    low = seen.tokens * KNOWN.price.usd_per_m_input / 1e6
    assert seen.dollars == pytest.approx(
        (low, low + seen.request.max_tokens * KNOWN.price.usd_per_m_output / 1e6)
    )
    assert seen.neurons is not None
    assert seen.neurons[0] < seen.neurons[1]
    assert " with the longest ($0.000" in price_of(seen)


def test_where_no_price_is_known_the_page_says_so() -> None:
    unknown: Model = model("@cf/nobody/knows")
    seen = foresee(REFACTOR, material("def f(x):\n    return x\n"), unknown, Settings())
    assert "- Price: no price known for @cf/nobody/knows\n" in prompt_page("f.py, line 1", [seen])


def test_one_text_is_shown_as_one_text() -> None:
    settings = Settings(prompt_style="unscoped")
    seen = foresee(REFACTOR, material("def f(x):\n    return x\n"), KNOWN, settings)
    page = prompt_page("f.py, line 1", [seen])
    assert "### Sent as one text\n" in page
    assert "### Sent as user\n" not in page
    assert seen.request.prompt is not None
    assert seen.request.prompt.rstrip() in page


def _prompt(about: Material) -> Prompt:
    return write_prompt(REFACTOR, about, KNOWN, Settings())
