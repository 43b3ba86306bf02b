from .answers import answer_file, answers_dir, write_answer
from .failures import (
    AlreadyExists,
    CannotRead,
    CannotWrite,
    NotEncodable,
    NotText,
    TooLarge,
)
from .files import (
    create_file,
    read_for_context,
    read_for_edit,
    remove_file_if,
)
from .finding import find_tests
from .layout import TestTarget
from .uris import inside, path_of, resolve_document, uri_of

__all__ = [
    "AlreadyExists",
    "CannotRead",
    "CannotWrite",
    "NotEncodable",
    "NotText",
    "TestTarget",
    "TooLarge",
    "answer_file",
    "answers_dir",
    "create_file",
    "find_tests",
    "inside",
    "path_of",
    "read_for_context",
    "read_for_edit",
    "remove_file_if",
    "resolve_document",
    "uri_of",
    "write_answer",
]
