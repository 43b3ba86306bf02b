"""Fences in every shape that models give them."""

from time import process_time

import pytest

from workers_ai_ls.reply import Block, Reader, Reply, code_in, strip_invisible


def read(text: str) -> Reply:
    reader = Reader()
    reader.feed(text)
    return reader.finish("stop")


def codes(text: str) -> list[tuple[str, str, bool]]:
    return [(block.tag, block.code, block.closed) for block in read(text).blocks]


@pytest.mark.parametrize(
    ("text", "tag", "code"),
    [
        ("```py\nx = 1\n```", "py", "x = 1"),
        ("```\nx = 1\n```", "", "x = 1"),
        ("````py\n```\nx\n```\n````", "py", "```\nx\n```"),
        ("~~~js\nlet a\n~~~", "js", "let a"),
        ("~~~js\n```\nlet a\n~~~~~", "js", "```\nlet a"),
        ("```Python title=x\nx = 1\n```", "python", "x = 1"),
        ("```{.python .numberLines}\nx = 1\n```", "python", "x = 1"),
        ("```java:src/Main.java\nint a;\n```", "java", "int a;"),
        ("```src/pkg/a.py\nx = 1\n```", "py", "x = 1"),
        ("```javascript xml\nlet a\n```", "javascript", "let a"),
        ("```go package plain\n\nfunc a() {}\n```", "go", "package plain\n\nfunc a() {}"),
        ("```julia using Dates\nx\n```", "julia", "using Dates\nx"),
        ("```def f(x):\n    return x\n```", "", "def f(x):\n    return x"),
        ("```\njava\npackage a;\n```", "java", "package a;"),
        ("```py\n    return x\n\n    # end\n```", "py", "    return x\n\n    # end"),
        ("1. Change it:\n   ```py\n   def f():\n       pass\n   ```", "py", "def f():\n    pass"),
        ("- ```py\n  x = 1\n  ```", "py", "x = 1"),
        (" ```py\ndef f():\n    pass\n```", "py", "def f():\n    pass"),
        ("```py\nx = 1\n  ```\nDone.", "py", "x = 1"),
        ("```c\nint a;\n}```", "c", "int a;\n}"),
        ("### Response:```java\nint a;\n```", "java", "int a;"),
        ("```py\n```", "py", ""),
    ],
)
def test_one_block(text: str, tag: str, code: str) -> None:
    assert codes(text) == [(tag, code, True)]


def test_a_missing_closing_fence() -> None:
    assert codes("```py\nx = 1") == [("py", "x = 1", False)]


def test_an_example_in_a_docstring_is_code() -> None:
    code = 'def f():\n    """Half.\n\n    ```python\n    f()\n    ```\n    """\n    return 1'
    assert codes(f"```python\n{code}\n```\nDone.") == [("python", code, True)]
    assert codes(f"```python\n{code}") == [("python", code, False)]


def test_a_tagged_fence_nests_where_both_closing_fences_follow() -> None:
    code = '"""\n```python\nf()\n```\n"""'
    assert codes(f"```python\n{code}\n```\n\nThen:\n```sh\nls\n```") == [
        ("python", code, True),
        ("sh", "ls", True),
    ]


def test_a_block_that_the_model_forgot_to_close_ends_at_the_next() -> None:
    assert codes("```py\nx = 1\n\n```sh\nls\n```") == [("py", "x = 1\n", False), ("sh", "ls", True)]


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("import sys\n\nprint(sys.argv)\n```\n\nIt prints the arguments.", ""),
        ("python\nimport sys\n\nprint(sys.argv)\n```", "python"),
    ],
)
def test_only_a_closing_fence(text: str, tag: str) -> None:
    assert codes(text) == [(tag, "import sys\n\nprint(sys.argv)", True)]


def test_prose_before_an_untagged_block_is_no_code() -> None:
    reply = read("Here it is:\n```\nx = 1\n```\nand\n```\ny = 2\n```\nDone.")
    assert reply.blocks == (
        Block("", "x = 1", closed=True, line=1, lead="Here it is:"),
        Block("", "y = 2", closed=True, line=5, lead="and"),
    )
    assert reply.prose == "Here it is:\nand\nDone."


def test_a_stray_fence_at_the_end_is_no_block() -> None:
    assert codes("It is fine as it is.\n```") == []


@pytest.mark.parametrize(
    "piece",
    [
        "```\n",
        "```py\n",
        "  ```\n",
        "~~~ ",
        "/* ",
        '"""',
        "\U000e0041",
        "\u200d",
        "def f(",
        "* & ",
        "<|im_end|>",
        "x",
    ],
)
def test_a_reply_that_repeats_itself_is_read_in_linear_time(piece: str) -> None:
    # A model in a loop writes such replies up to the token limit; quadratic reading took 3 minutes.
    # The time of this process alone is measured: machines that test are busy.
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        start = process_time()
        reply = read(text)
        code_in(reply, language_fence="c", names=("f",))
        strip_invisible(text)
        return process_time() - start

    short = min(seconds(8_000) for _ in range(3))
    assert min(seconds(64_000) for _ in range(3)) < 30 * short + 0.05
