"""What keeps a file of the user's from being read or written."""

from pathlib import Path

from workers_ai_ls.errors import Failure


class NotText(Failure):
    """The file is not valid UTF-8, so an edit could damage it."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path.name} is not valid UTF-8, so it was left alone; save it as UTF-8 and try again."
        )


class TooLarge(Failure):
    """The file has more bytes than are worth reading."""

    def __init__(self, path: Path, limit: int) -> None:
        super().__init__(
            f"{path.name} is larger than {limit // 1_000_000} MB, so it was left alone; split it, or choose"
            " another file."
        )


class CannotRead(Failure):
    """The operating system refuses to read the file."""

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(
            f"{path} cannot be read ({_reason(error)}); check the path and its permissions."
        )


class CannotWrite(Failure):
    """The operating system refuses to write the file."""

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(
            f"{path} cannot be written ({_reason(error)}); check the folder's permissions and the free space."
        )


class AlreadyExists(Failure):
    """A file that should be created is there already."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} exists already, so it was left alone; open it and try again.")


class NotEncodable(Failure):
    """The text holds half of a character, which no file can hold."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The text for {path.name} holds a broken character, so the file was not written; try again."
        )


def _reason(error: OSError) -> str:
    return (error.strerror or "unknown reason").lower()
