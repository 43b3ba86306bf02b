"""The root of every error that a person gets to read."""


class Failure(Exception):  # noqa: N818 - a failure of the work, told to a person; not a bug of ours
    """Work that ended without a result, for a reason that the user can act on.

    `str(failure)` is the one sentence that is shown: what happened, then what to do next. It never
    holds a credential, a traceback or a type name. Anything that is not a `Failure` is a bug.
    """
