"""The reader: what is visible, and that no cut of the text matters."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workers_ai_ls.reply import Reader, Reply

PIECES = [
    "Here is the code:", "\n", "\r\n", "\r", "```", "```python", "~~~", "````", "    ", "def f():", "x = 1",
    "<think>", "</think>", "<thinking>", "</thinking>", "<|im_end|>", "<|EOT|>", "</s>", "<s>", "<", "<|", "`",
    "\u200b", "é😋", "### Response:```java", "}```", "1. ```js", "python", "ALREADY FINE", ">>> ", "...", "# ...",
    "<\uff5cend▁of▁sentence\uff5c>", '"<|im_end|>"', "a < b", "[/INST]",
]  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=25).map("".join)


def read(*pieces: str) -> Reply:
    reader = Reader()
    for piece in pieces:
        reader.feed(piece)
    return reader.finish("stop")


@given(TEXTS)
@example("a\r\nb\rc\r")
@example("<think>\n```\n</think>\n```py\nx\n```<|im_end|>\n")
@example("hm\n</think>\nso: <|im_end|>")
def test_every_cut_gives_the_same_reply(text: str) -> None:
    whole = read(text)
    assert whole.raw == text
    for cut in range(len(text) + 1):
        assert read(text[:cut], text[cut:]) == whole
    assert read(*text) == whole


@given(TEXTS)
def test_looking_does_not_change_the_reply_and_what_was_seen_stays(text: str) -> None:
    reader, seen = Reader(), ""
    for char in text:
        reader.feed(char)
        seen = reader.visible()
    assert reader.finish("stop") == read(text)
    if "</think" not in text:
        assert read(text).text.startswith(seen.rstrip())


@given(st.text(alphabet="ab`<|>/ths\n ", max_size=60))
def test_visible_text_only_grows(text: str) -> None:
    reader, seen = Reader(), ""
    for char in text:
        reader.feed(char)
        now = reader.visible()
        assert now.startswith(seen.rstrip()), (seen, now)
        seen = now


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("<think>\nlong\n\nthought</think>\n\nDone.", "Done."),
        ("<think>a</think>```py\nx = 1\n```", "```py\nx = 1\n```"),
        ("<thinking>a\n</thinking>\nDone.\n<think>b</think>\nReally.", "Done.\nReally."),
        ("the prompt opened it\n</think>\n\nDone.", "Done."),
        ("the prompt opened it</think>\nDone.", "Done."),
        ("<think>never closed\nDone?", ""),
        ("Done.<|im_end|>", "Done."),
        ("Done.\n<|im_end|>\n<|im_start|>assistant\n<|endoftext|>", "Done."),
        ("```c\nint a;\n```<|eot_id|>", "```c\nint a;\n```"),
        ("```c\nint a;\n```</s>\nMore.", "```c\nint a;\n```\nMore."),
        ("int a;</s>", "int a;"),
        ("<s> [INST]Done.", "Done."),
        ("Done.<\uff5cend▁of▁sentence\uff5c>", "Done."),
        ("\n \n  Done.\n\n", "  Done."),
        ("a\r\nb\rc", "a\nb\nc"),
    ],
)
def test_reasoning_and_leaked_tokens_are_hidden(raw: str, text: str) -> None:
    assert read(raw).text == text


@pytest.mark.parametrize(
    "text",
    [
        '```py\nSTOP = "</s>"\nif line == "<|im_end|>":\n    pass\n```',
        "```py\nprompt = '''\n<|im_start|>user\n<think>\n</think>\n<|im_end|>\n'''\n```",
        "if tag == '</think>' or end: pass",
        "<p><s>old</s>",
        "a < b and c > d",
    ],
)
def test_code_that_speaks_of_tokens_stays(text: str) -> None:
    assert read(text).text == text


def test_visible_holds_back_what_may_become_a_tag_or_token() -> None:
    reader = Reader()
    shown = []
    for piece in ("Sure", ".\n", "<thi", "nk>hm</th", "ink>", "It is ", "a<|im", "_end|>"):
        reader.feed(piece)
        shown.append(reader.visible())
    assert shown == ["Sure", *["Sure.\n"] * 4, "Sure.\nIt is ", "Sure.\nIt is a", "Sure.\nIt is a"]


def test_visible_forgets_reasoning_whose_opening_tag_was_in_the_prompt() -> None:
    reader = Reader()
    reader.feed("Let me see.\n")
    assert reader.visible() == "Let me see.\n"
    reader.feed("</think>\nDone.")
    assert reader.visible() == "Done."


def test_one_line_of_100_000_characters_in_single_characters() -> None:
    reader = Reader()
    for char in "x" * 100_000:
        reader.feed(char)
    assert len(reader.finish("stop").text) == 100_000
