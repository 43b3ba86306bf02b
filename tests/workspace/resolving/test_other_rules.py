"""What C#, PHP, Ruby, Lua and Bash use is found by the rules that they have in common."""

from pathlib import Path

import pytest

from tests.workspace.resolving.resolved import used

CASES = {
    "C#: a namespace, members, bases and properties": (
        {
            "Model/Row.cs": "namespace Acme.Model;\npublic class Row : Base { public int Size { get; set; } "
            "public Cell First() { return null; } }\npublic class Base { protected void Tidy() {} }\n",
            "Model/Cell.cs": "namespace Acme.Model;\npublic class Cell { public void Fill() {} }\n",
            "Use.cs": "using Acme.Model;\nnamespace Acme.App {\nclass Use : Base {\n    int own;\n"
            "┃    void Run(Row row) {\n        row.First().Fill();\n        var r = new Row { Size = 1 };\n"
            "        this.own = r.Size;\n        Tidy();\n    }┃\n}\n}\n",
        },
        [
            "Model/Cell.cs Cell.Fill",
            "Model/Row.cs Base.Tidy",
            "Model/Row.cs Row",
            "Model/Row.cs Row.First",
            "Model/Row.cs Row.Size",
            "Use.cs Acme.App.Use.own",
        ],
    ),
    "PHP: a class by its namespace, own members, what methods return": (
        {
            "src/Row.php": "<?php\nnamespace Acme\\Model;\nclass Row extends Base {\n    const LIMIT = 3;\n"
            "    public function first(): Cell { return new Cell(); }\n    public static function make(): self {}\n}\n",
            "src/Base.php": "<?php\nnamespace Acme\\Model;\nclass Base { public function tidy() {} }\n",
            "src/Cell.php": "<?php\nnamespace Acme\\Model;\nclass Cell { public function fill() {} }\n",
            "app/Use.php": "<?php\nnamespace App;\nuse Acme\\Model\\Row;\nclass Job {\n    private Row $row;\n"
            "┃    function run(Row $r) {\n        $r->first()->fill();\n        Row::make()->tidy();\n"
            "        $this->row->tidy();\n        self::help(Row::LIMIT);\n    }┃\n    static function help() {}\n}\n",
        },
        [
            "app/Use.php Job.help",
            "app/Use.php Job.row",
            "src/Base.php Base.tidy",
            "src/Cell.php Cell.fill",
            "src/Row.php Row",
            "src/Row.php Row.LIMIT",
            "src/Row.php Row.first",
            "src/Row.php Row.make",
        ],
    ),
    "Ruby: a file that is required, own methods, bases": (
        {
            "lib/row.rb": "class Base\n  def tidy\n  end\nend\nclass Row < Base\n  def fill\n  end\nend\n",
            "lib/use.rb": "require_relative 'row'\nclass Use < Base\n┃  def run\n    r = Row.new\n    r.fill\n"
            "    help(1)\n    self.tidy\n  end┃\n  def help(x)\n  end\nend\n",
        },
        ["lib/row.rb Base.tidy", "lib/row.rb Row", "lib/row.rb Row.fill", "lib/use.rb Use.help"],
    ),
    "Lua: a module that is required, local functions": (
        {
            "src/row.lua": "local M = {}\nfunction M.fill(x) end\nreturn M\n",
            "src/use.lua": "local row = require('src.row')\nlocal function help() end\n"
            "┃function run()\n  help()\n  row.fill(1)\nend┃\n",
        },
        ["src/row.lua M.fill", "src/use.lua help"],
    ),
    "Bash: a file that is sourced, own functions": (
        {
            "lib/help.sh": "fill() {\n  echo 1\n}\n",
            "run.sh": '. lib/help.sh\nown() {\n  echo 2\n}\n┃run() {\n  local x=1\n  fill "$x"\n  own\n}┃\n',
        },
        ["lib/help.sh fill", "run.sh own"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_code_uses(tmp_path: Path, case: str) -> None:
    files, expected = CASES[case]
    assert used(tmp_path, files) == expected
