"""The code that `demo` shows, and what is asked of the small model about it."""

from __future__ import annotations

from typing import Final

FILE: Final = "lists.py"

CODE: Final = '''\
"""Lists of numbers."""


def even_numbers(numbers):
    result = []
    for i in range(len(numbers)):
        if numbers[i] % 2 == 0:
            result.append(numbers[i])
    return result
'''

FUNCTION: Final = "even_numbers"

LINE: Final = CODE.splitlines().index(f"def {FUNCTION}(numbers):") + 1

ASKS: Final = {
    "explain": "In one or two sentences: what is this function for, and how does it work?",
    "refactor": "Make it shorter and clearer, say with a list comprehension.",
    "edit": "Write list[int] as the type of the parameter and of the result.",
}
"""The actions that are shown, and what is asked of each beside the usual.

Tried ten samples: this model explains this one well most times. Asked like this it refactored it with
each of eight seeds, and with one of them when asked for nothing in particular. Its tests expect wrong
results about four times in five, whatever the sample, so they are not shown.
"""

SETTINGS: Final = {"maxTokens": 400}
"""A limit for an answer that does not come to its end, as a small model's may not."""
