import pytest

from workers_ai_ls.workers_ai import Message, Request
from workers_ai_ls.workers_ai.request import request_body

HI = (Message("system", "Be brief."), Message("user", "Hi"))


def test_a_scoped_prompt_sends_messages_and_always_max_tokens() -> None:
    assert request_body(Request(model="@cf/a/b", messages=HI, max_tokens=1024)) == {
        "messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "Hi"},
        ],
        "max_tokens": 1024,
        "stream": True,
    }


def test_a_raw_prompt_that_is_not_streamed() -> None:
    request = Request(model="@cf/a/b", prompt="<s>", raw=True, stream=False, max_tokens=9)

    assert request_body(request) == {
        "prompt": "<s>",
        "raw": True,
        "max_tokens": 9,
        "stream": False,
    }


def test_every_parameter_has_the_schemas_name() -> None:
    given: dict[str, float] = {
        "temperature": 0.0,
        "top_p": 0.5,
        "top_k": 3,
        "seed": 7,
        "repetition_penalty": 1.1,
        "frequency_penalty": 0.1,
        "presence_penalty": 0.2,
    }
    request = Request(model="@cf/a/b", prompt="", max_tokens=9, **given)  # type: ignore[arg-type] # mixed kinds

    assert request_body(request) == {"prompt": "", "max_tokens": 9, "stream": True, **given}


@pytest.mark.parametrize(
    ("messages", "prompt", "raw"), [((), None, False), (HI, "Hi", False), (HI, None, True)]
)
def test_a_request_has_exactly_one_kind_of_prompt(
    messages: tuple[Message, ...],
    prompt: str | None,
    raw: bool,  # noqa: FBT001 - a column of the table
) -> None:
    with pytest.raises(ValueError, match="prompt"):
        Request(model="@cf/a/b", messages=messages, prompt=prompt, raw=raw, max_tokens=9)
