"""JSON as Cloudflare writes it: without spaces, and UTF-8 as it is."""

import json


def compact(value: object) -> bytes:
    r"""Write `value`.

    >>> compact({"response": "é", "n": [1, None]}).decode()
    '{"response":"é","n":[1,null]}'
    >>> compact("\ud800")  # Half a character is no UTF-8, so it is escaped.
    b'"\\ud800"'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        return text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":")).encode()
