"""pytest and unittest."""

from tests.placement.project import Answered, Project
from tests.placement.reports import pytest_results, unittest_results

CODE = '''"""Prices."""


def half(price: int) -> int:
    ┃if price < 0:
        raise ValueError("negative")
    return price // 2


def double(price: int) -> int:
    return price * 2
'''

PYTEST = Project(
    name="pytest",
    source="src/shop/prices.py",
    code=CODE,
    language="python",
    target="tests/test_prices.py",
    command="python -m pytest tests/test_prices.py",
    template="python -m pytest -q {file}",
    results=pytest_results,
    files={
        "pyproject.toml": '[tool.pytest.ini_options]\npythonpath = ["src"]\ntestpaths = ["tests"]\n',
        "src/shop/__init__.py": "",
        "tests/test_orders.py": "def test_nothing() -> None:\n    assert True\n",
    },
    fresh=Answered(
        """Here are the tests:

```python
import pytest

from your_module import half


@pytest.mark.parametrize(("price", "expected"), [(4, 2), (5, 2)])
def test_half_rounds_down(price, expected):
    assert half(price) == expected


def test_half_of_nothing():
    assert half(0) == 0


def test_half_refuses_what_is_negative():
    with pytest.raises(ValueError, match="negative"):
        half(-1)
```
""",
        [
            "test_half_rounds_down[4-2]",
            "test_half_rounds_down[5-2]",
            "test_half_of_nothing",
            "test_half_refuses_what_is_negative",
        ],
    ),
    wrong=("assert half(0) == 0", "assert half(0) == 1"),
    failing="test_half_of_nothing",
    existing="""import pytest

from shop.prices import double, half


@pytest.fixture
def price():
    return 4


class TestHalf:
    def test_even(self, price):
        assert half(price) == 2


class TestDouble:
    def test_double(self, price):
        assert double(price) == 8
""",
    more=Answered(
        """```python
import pytest
from shop.prices import half


class TestHalf:
    def test_even(self):
        assert half(10) == 5

    def test_odd(self, price):
        assert half(price + 1) == 2

    @pytest.mark.parametrize("wrong", [-1, -2])
    def test_negative(self, wrong):
        with pytest.raises(ValueError):
            half(wrong)
```""",
        [
            "TestHalf.test_even_2",
            "TestHalf.test_odd",
            "TestHalf.test_negative[-1]",
            "TestHalf.test_negative[-2]",
        ],
        ["TestHalf.test_even", "TestDouble.test_double"],
    ),
)

UNITTEST = Project(
    name="unittest",
    source="shop/prices.py",
    code=CODE,
    language="python",
    target="tests/test_prices.py",
    command="python -m unittest tests/test_prices.py",
    template="python -m unittest {file}",
    results=unittest_results,
    files={
        "setup.cfg": "[metadata]\nname = shop\n",
        "shop/__init__.py": "",
        "tests/__init__.py": "",
        "tests/test_orders.py": (
            "import unittest\n\n\nclass OrdersTest(unittest.TestCase):\n"
            "    def test_nothing(self):\n        self.assertTrue(True)\n"
        ),
    },
    fresh=Answered(
        """```python
import unittest
from prices import half


class TestHalf(unittest.TestCase):
    def test_even(self):
        self.assertEqual(half(4), 2)

    def test_negative(self):
        with self.assertRaises(ValueError):
            half(-1)


if __name__ == "__main__":
    unittest.main()
```""",
        ["TestHalf.test_even", "TestHalf.test_negative"],
    ),
    wrong=("half(4), 2", "half(4), 3"),
    failing="TestHalf.test_even",
    existing="""import unittest

from shop.prices import half


class TestHalf(unittest.TestCase):
    def setUp(self):
        self.price = 4

    def test_even(self):
        self.assertEqual(half(self.price), 2)


if __name__ == "__main__":
    unittest.main()
""",
    more=Answered(
        """```python
import unittest

from shop.prices import half


class TestHalf(unittest.TestCase):
    def test_odd(self):
        self.assertEqual(half(self.price + 1), 2)

    def test_negative(self):
        with self.assertRaises(ValueError):
            half(-1)


if __name__ == "__main__":
    unittest.main()
```""",
        ["TestHalf.test_odd", "TestHalf.test_negative"],
        ["TestHalf.test_even"],
    ),
)
