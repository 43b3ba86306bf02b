"""How long to wait for what, in seconds."""

import attrs


@attrs.frozen(kw_only=True)
class Timeouts:
    """Limits of one request.

    `first_token` counts from sending the request to the first text or reasoning, and is as long as
    the server itself tries (about 120 s). `between_tokens` counts from one to the next, without
    the time that the caller takes to use them.
    """

    connect: float = 5.0
    first_token: float = 120.0
    between_tokens: float = 30.0
