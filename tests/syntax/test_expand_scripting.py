"""What a selection means in Python, Ruby, PHP, Lua and Bash."""

import pytest

from tests.syntax.reading import expanded

CASES = {
    "python: a cursor in a function": (
        "python",
        "x = 1\ndef half(x):\n    return x┃ / 2\ny = 2\n",
        "x = 1\n┃def half(x):\n    return x / 2┃\ny = 2\n",
    ),
    "python: a cursor in a method": (
        "python",
        "class A:\n    b = 1\n\n    def m(self):\n        ┃pass\n",
        "class A:\n    b = 1\n\n┃    def m(self):\n        pass┃\n",
    ),
    "python: a cursor in a class": (
        "python",
        "x = 1\n\nclass A:\n    b = ┃1\n\n    def m(self): pass\n",
        "x = 1\n\n┃class A:\n    b = 1\n\n    def m(self): pass┃\n",
    ),
    "python: a selection that cuts a statement": (
        "python",
        "def f(x):\n    y = g(\n        ┃x,\n    )\n    re┃turn y\n    pass\n",
        "def f(x):\n┃    y = g(\n        x,\n    )\n    return y┃\n    pass\n",
    ),
    "ruby: a cursor in a function": (
        "ruby",
        "def half(x)\n  x ┃/ 2\nend\nputs 1\n",
        "┃def half(x)\n  x / 2\nend┃\nputs 1\n",
    ),
    "ruby: a cursor in a method": (
        "ruby",
        "class A\n  B = 1\n  def m\n    ┃1\n  end\nend\n",
        "class A\n  B = 1\n┃  def m\n    1\n  end┃\nend\n",
    ),
    "ruby: a cursor in a class": (
        "ruby",
        "module M\n  class A\n    attr_reader ┃:x\n\n    def m; end\n  end\nend\n",
        "module M\n┃  class A\n    attr_reader :x\n\n    def m; end\n  end┃\nend\n",
    ),
    "ruby: a selection that cuts a statement": (
        "ruby",
        "def f(x)\n  if x\n    p┃uts 1\n    puts ┃2\n    puts 3\n  end\nend\n",
        "def f(x)\n  if x\n┃    puts 1\n    puts 2┃\n    puts 3\n  end\nend\n",
    ),
    "php: a cursor in a function": (
        "php",
        "<?php\n$a = 1;\nfunction half($x) {\n    return ┃$x / 2;\n}\n",
        "<?php\n$a = 1;\n┃function half($x) {\n    return $x / 2;\n}┃\n",
    ),
    "php: a cursor in a method": (
        "php",
        "<?php\nclass A {\n    public $b;\n    #[X]\n    public function m() { ┃}\n}\n",
        "<?php\nclass A {\n    public $b;\n┃    #[X]\n    public function m() { }┃\n}\n",
    ),
    "php: a cursor in a class": (
        "php",
        "<?php\nclass A {\n    public $┃b;\n\n    function m() { }\n}\n$c = 1;\n",
        "<?php\n┃class A {\n    public $b;\n\n    function m() { }\n}┃\n$c = 1;\n",
    ),
    "php: a selection that cuts a statement": (
        "php",
        "<?php\nfunction f($x) {\n    $y = $┃x;\n    return┃ $y;\n}\n",
        "<?php\nfunction f($x) {\n┃    $y = $x;\n    return $y;┃\n}\n",
    ),
    "lua: a cursor in a function": (
        "lua",
        "local M = {}\nlocal function half(x)\n  return ┃x / 2\nend\n",
        "local M = {}\n┃local function half(x)\n  return x / 2\nend┃\n",
    ),
    "lua: a cursor in a method": (
        "lua",
        "local M = {}\nfunction M:m()\n  ┃return self\nend\nreturn M\n",
        "local M = {}\n┃function M:m()\n  return self\nend┃\nreturn M\n",
    ),
    "lua: a cursor in a function of a table": (
        "lua",
        "M.f = function(x)\n  return ┃x\nend\n",
        "┃M.f = function(x)\n  return x\nend┃\n",
    ),
    "lua: a selection that cuts a statement": (
        "lua",
        "function f(x)\n  local y = ┃x\n  return┃ y\nend\n",
        "function f(x)\n┃  local y = x\n  return y┃\nend\n",
    ),
    "bash: a cursor in a function": (
        "shellscript",
        "x=1\nhalf() {\n  echo ┃$(( $1 / 2 ))\n}\nhalf 4\n",
        "x=1\n┃half() {\n  echo $(( $1 / 2 ))\n}┃\nhalf 4\n",
    ),
    "bash: a cursor outside of any function": (
        "shellscript",
        "#!/bin/sh\n\nfor x in 1 2; do\n  echo┃ $x\ndone\necho 3\n\necho 4\n",
        "#!/bin/sh\n\n┃for x in 1 2; do\n  echo $x\ndone\necho 3┃\n\necho 4\n",
    ),
    "bash: a selection that cuts a statement": (
        "shellscript",
        "f() {\n  local x=┃1\n  ec┃ho $x\n  true\n}\n",
        "f() {\n┃  local x=1\n  echo $x┃\n  true\n}\n",
    ),
}


@pytest.mark.parametrize(("language", "before", "after"), CASES.values(), ids=CASES.keys())
def test_what_a_selection_means(language: str, before: str, after: str) -> None:
    assert expanded(language, before) == after
