"""Whether one value fits one setting, without guessing: no text is taken for a number."""

import math
import re
import sys
from typing import Any

import cattrs

from workers_ai_ls.settings.declaring import Setting, kinds


def checked(setting: Setting, value: object) -> object:
    """`value` as the setting's type holds it. ValueError when it does not fit.

    >>> checked(Setting("temperature", float | None, None, "", maximum=5), 1)
    1.0
    """
    fit = _CONVERTER.structure(value, str if setting.enum else setting.type)
    if isinstance(fit, str):
        _check_text(setting, fit)
    elif isinstance(fit, tuple):
        for text in fit:
            _check_text(setting, text)
    elif fit is not None and not _within(setting, fit):
        raise ValueError("out of bounds")
    return fit


def expectation(setting: Setting) -> str:
    """What a value must be, in words for a message.

    >>> expectation(Setting("days", int, 30, "", minimum=1, maximum=9))
    'a whole number from 1 to 9'
    >>> expectation(Setting("names", tuple[str, ...], (), "", expects="names of files"))
    'a list of names of files'
    """
    if setting.expects:
        return f"a list of {setting.expects}" if kinds(setting)[0] is tuple else setting.expects
    if setting.enum:
        return " or ".join(f'"{choice}"' for choice in setting.enum)
    kind = kinds(setting)[0]
    if kind is bool:
        return "true or false"
    if kind is str:
        limit = f" of at most {setting.maximum:g} characters" if setting.maximum else ""
        return f"text{limit}"
    number = "a whole number" if kind is int else "a number"
    if setting.minimum is None or setting.maximum is None:
        return number
    return f"{number} from {setting.minimum:.10g} to {setting.maximum:.10g}"


def _check_text(setting: Setting, text: str) -> None:
    text.encode()  # A lone surrogate, which JSON can hold, is a UnicodeEncodeError: a ValueError.
    if setting.enum and text not in setting.enum:
        raise ValueError("not one of the choices")
    if setting.maximum is not None and len(text) > setting.maximum:
        raise ValueError("too long")
    if text and setting.pattern and not re.fullmatch(setting.pattern, text, re.ASCII):
        raise ValueError("malformed")
    if text and setting.verify:
        setting.verify(text)


def _within(setting: Setting, number: Any) -> bool:
    # Written so that nan, which TOML can hold, is outside every bound.
    above = setting.minimum is None or number >= setting.minimum
    return above and (setting.maximum is None or number <= setting.maximum)


def _boolean(value: object, _: object) -> bool:
    if isinstance(value, bool):
        return value
    raise ValueError("not a boolean")


def _integer(value: object, _: object) -> int:
    # Emacs and Lua write 30 as 30.0 at times, which JSON holds to be the same number.
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise ValueError("not a whole number")


def _number(value: object, _: object) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        # Comparing keeps a whole number that no float can hold from overflowing.
        return float(value) if abs(value) <= sys.float_info.max else math.inf
    raise ValueError("not a number")


def _text(value: object, _: object) -> str:
    if isinstance(value, str):
        return value
    raise ValueError("not text")


def _texts(value: object, _: object) -> tuple[str, ...]:
    # A text by itself can only mean a list of one; Lua cannot tell an empty list from an object.
    if isinstance(value, str):
        return (value,) if value else ()
    if isinstance(value, list | tuple):
        return tuple(_text(one, str) for one in value)
    if value == {}:
        return ()
    raise ValueError("not a list")


_CONVERTER = cattrs.Converter()
_CONVERTER.register_structure_hook(bool, _boolean)
_CONVERTER.register_structure_hook(int, _integer)
_CONVERTER.register_structure_hook(float, _number)
_CONVERTER.register_structure_hook(str, _text)
_CONVERTER.register_structure_hook_func(lambda kind: kind == tuple[str, ...], _texts)
