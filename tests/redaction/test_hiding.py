"""What is taken out of a prompt, and that all of it comes back."""

import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.redaction import made_up
from workers_ai_ls.redaction import hide

pieces = st.one_of(
    st.text(max_size=12),
    st.sampled_from(sorted(made_up.IN_QUOTES.values())),
    st.sampled_from((made_up.KEY, made_up.KEY[:300], made_up.KEY[300:])),
    st.sampled_from((made_up.GITHUB_FINE, f"db://u:{made_up.PASSWORD}@h", "db://u:admin@h")),
    st.sampled_from(("REDACTED_", "REDACTED", "REDACTED2_", "REDACTED_AWS_KEY_1", "1", "\n", '"')),
)
texts = st.lists(st.lists(pieces, max_size=8).map("".join), max_size=4)


@pytest.mark.parametrize(("kind", "secret"), made_up.IN_QUOTES.items())
@pytest.mark.parametrize("line", ['key = "{}"\n', "KEY={}\n", "f('{}').encode(x)", "// {}"])
def test_a_token_of_a_known_format_is_replaced(kind: str, secret: str, line: str) -> None:
    hidden = hide([line.format(secret)])
    assert hidden.kinds == {kind: 1}
    (placeholder,) = hidden.secrets
    assert hidden.texts == (line.format(placeholder),)
    assert placeholder == f"REDACTED_{kind.upper().replace(' ', '_')}_1"


def test_a_fine_grained_token_is_one_too() -> None:
    assert hide([made_up.GITHUB_FINE]).texts == ("REDACTED_GITHUB_TOKEN_1",)


def test_the_secret_of_an_aws_key_is_known_by_its_name() -> None:
    line = f'aws_secret_access_key = "{made_up.AWS_SECRET}"'
    assert hide([line]).texts == ('aws_secret_access_key = "REDACTED_AWS_KEY_1"',)


def test_a_token_longer_than_its_format_was_goes_as_a_whole() -> None:
    assert hide([f"'{made_up.GITHUB}{'x9' * 20}'"]).texts == ("'REDACTED_GITHUB_TOKEN_1'",)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("postgres://me:Tr0ub4dor@db.example/x", "postgres://me:REDACTED_PASSWORD_1@db.example/x"),
        ("redis://:Tr0ub4dor@h", "redis://:REDACTED_PASSWORD_1@h"),
        ("https://me:p@ss!w$rd@h/a@b", "https://me:REDACTED_PASSWORD_1@h/a@b"),
    ],
)
def test_a_password_in_an_address_is_replaced(before: str, after: str) -> None:
    assert hide([before]).texts == (after,)


@pytest.mark.parametrize(
    "code",
    [
        'f"https://{user}:{password}@{host}"',
        "https://user:password@example.org",
        "https://%s:%s@%s/",
        "https://me:${TOKEN}@h",
        "http://localhost:8080/a@b",
        'if line == "-----BEGIN PRIVATE' + ' KEY-----":',
        "class AsyncHTTPTransportMixin: ...",
        "eyJson.parse(eyJsonText.value_of_it)",
        "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "import sk_learn_live_model_selection_of_features",
    ],
)
def test_what_only_looks_like_one_stays(code: str) -> None:
    assert hide([code]).texts == (code,)


def test_a_private_key_is_one_placeholder_that_parses_in_its_string() -> None:
    code = f'KEY = """\\\n{made_up.KEY}\n"""\n'
    assert hide([code]).texts == ('KEY = """\\\nREDACTED_PRIVATE_KEY_1\n"""\n',)


def test_a_private_key_in_joined_strings_is_one_too() -> None:
    code = "KEY = (\n" + "".join(f'    "{line}\\n"\n' for line in made_up.KEY.split("\n")) + ")\n"
    assert hide([code]).texts == ('KEY = (\n    "REDACTED_PRIVATE_KEY_1\\n"\n)\n',)
    escaped = 'KEY = "' + made_up.KEY.replace("\n", "\\n") + '"'
    assert hide([escaped]).texts == ('KEY = "REDACTED_PRIVATE_KEY_1"',)


@pytest.mark.parametrize("cut", [slice(0, 400), slice(100, None), slice(100, 400)])
def test_a_part_of_a_private_key_is_known_by_its_whole(cut: slice) -> None:
    part = f"a = 1\n{made_up.KEY[cut]}\nb = 2\n"
    hidden = hide([part], around=[f"x\n{made_up.KEY}\ny"])
    assert not any(line in hidden.texts[0] for line in made_up.BODY)
    assert hidden.restore(hidden.texts[0]) == part


@pytest.mark.parametrize("cut", [slice(0, 400), slice(100, None)])
def test_a_part_with_one_of_its_marks_is_known_by_itself(cut: slice) -> None:
    part = f"a = 1\n{made_up.KEY[cut]}"
    whole_lines = [line for line in made_up.BODY if line in part]
    assert len(whole_lines) > 3
    assert not any(line in hide([part]).texts[0] for line in whole_lines)


def test_the_same_secret_has_the_same_placeholder_everywhere() -> None:
    url = f"db://me:{made_up.PASSWORD}@h"
    hidden = hide([url, f'password = "{made_up.PASSWORD}"', f"# {made_up.GITHUB}"])
    assert hidden.texts == (
        "db://me:REDACTED_PASSWORD_1@h",
        'password = "REDACTED_PASSWORD_1"',
        "# REDACTED_GITHUB_TOKEN_1",
    )
    assert hidden.kinds == {"password": 1, "github token": 1}


def test_a_password_that_is_a_word_of_the_code_is_replaced_in_the_address_alone() -> None:
    assert hide(["db://u:admin@h", "admin()"]).texts == ("db://u:REDACTED_PASSWORD_1@h", "admin()")


def test_more_text_does_not_rename_what_stood_before() -> None:
    first = f"{made_up.GITHUB} {made_up.AWS_ID} {made_up.PASSWORD}"
    assert hide([first, made_up.STRIPE]).texts[0] == hide([first]).texts[0]


def test_a_placeholder_never_means_two_things() -> None:
    text = f'x = "REDACTED_GITHUB_TOKEN_1", "{made_up.GITHUB}"'
    hidden = hide([text])
    assert hidden.texts == ('x = "REDACTED_GITHUB_TOKEN_1", "REDACTED2_GITHUB_TOKEN_1"',)
    assert hidden.restore(hidden.texts[0]) == text


def test_a_hundred_secrets_are_told_apart() -> None:
    addresses = "\n".join(f"db://u:pass{n:03}@h" for n in range(100))
    hidden = hide([addresses])
    assert len(hidden.secrets) == 100
    assert "REDACTED_PASSWORD_001@" in hidden.texts[0]
    assert hidden.restore(hidden.texts[0]) == addresses


@given(texts)
def test_what_was_hidden_comes_back(given_texts: list[str]) -> None:
    hidden = hide(given_texts, around=given_texts)
    assert [hidden.restore(text) for text in hidden.texts] == given_texts
    lines = [line for text in hidden.texts for line in text.split("\n")]
    assert not set(lines) & set(made_up.IN_QUOTES.values())


@given(texts, st.lists(pieces, max_size=6), st.data())
def test_a_stream_is_restored_the_same_however_it_is_cut(
    given_texts: list[str], more: list[str], data: st.DataObject
) -> None:
    hidden = hide(given_texts)
    parts = [*hidden.texts, *more, *hidden.secrets, *(one[:-2] for one in hidden.secrets)]
    answer = "".join(data.draw(st.permutations(parts)))
    restorer, done, said = hidden.restorer(), 0, ""
    while done < len(answer):
        size = data.draw(st.integers(1, 20))
        said += restorer.feed(answer[done : done + size])
        done += size
    assert said + restorer.finish() == hidden.restore(answer)


def test_a_stream_is_held_back_no_longer_than_needed() -> None:
    restorer = hide([f"'{made_up.GITHUB}'"]).restorer()
    assert restorer.feed("a RED") == "a "
    assert restorer.feed("UCED ") == "REDUCED "
    assert restorer.feed("REDACTED_GITHUB_TOKEN_") == ""
    assert restorer.feed("1x") == f"{made_up.GITHUB}x"
    assert restorer.finish() == ""


def test_no_secret_stands_in_what_is_logged() -> None:
    hidden = hide([f"'{made_up.GITHUB}'"])
    assert made_up.GITHUB not in repr((hidden, hidden.restorer()))


def test_ordinary_code_neither_imports_the_detectors_nor_takes_long() -> None:
    script = (
        "import sys, pathlib, workers_ai_ls.redaction as r, workers_ai_ls.errors as code;"
        "r.hide([pathlib.Path(code.__file__).read_text('utf-8')]);"
        "assert 'detect_secrets' not in sys.modules and 'requests' not in sys.modules;"
        f"r.hide(['x = {made_up.AWS_ID}']);"
        "assert 'detect_secrets' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)


def test_twenty_thousand_characters_take_a_few_milliseconds() -> None:
    code = (f"def half(value_of_it):\n    return value_of_it / 2  # {'word ' * 10}\n" * 200)[
        :20_000
    ]
    hide([made_up.AWS_ID])
    times = []
    for _ in range(5):
        started = time.perf_counter()
        hide([code, f"x = '{made_up.AWS_ID}'"])
        times.append(time.perf_counter() - started)
    assert min(times) < 0.02  # 0.6 ms where nothing else runs
