"""The only reader of the user's files: text, addresses, where tests live, the files of answers.

Nothing here knows the protocol, and nothing else opens a file of the workspace. What can go wrong
with a file is a `Failure` that names it.
"""

from workers_ai_ls.workspace.answers import answer_file, answers_dir, write_answer
from workers_ai_ls.workspace.failures import (
    AlreadyExists,
    CannotRead,
    CannotWrite,
    NotEncodable,
    NotText,
    TooLarge,
)
from workers_ai_ls.workspace.files import (
    create_file,
    read_for_context,
    read_for_edit,
    remove_file_if,
)
from workers_ai_ls.workspace.finding import find_tests
from workers_ai_ls.workspace.layout import TestTarget
from workers_ai_ls.workspace.uris import inside, path_of, resolve_document, uri_of

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
