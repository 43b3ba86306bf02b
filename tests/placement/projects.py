"""The miniature projects, one for each framework and each way to use it."""

from tests.placement.go_projects import GO, TESTIFY
from tests.placement.java_projects import JUNIT
from tests.placement.javascript_projects import JEST, NODE, VITEST
from tests.placement.python_projects import PYTEST, UNITTEST
from tests.placement.rust_projects import RUST_INTEGRATION, RUST_UNIT

PROJECTS = (
    *(PYTEST, UNITTEST, VITEST, JEST, NODE),
    *(GO, TESTIFY, RUST_UNIT, RUST_INTEGRATION, JUNIT),
)
