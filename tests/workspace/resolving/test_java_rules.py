"""What Java code uses is found by Java's own rules."""

from pathlib import Path

import pytest

from tests.workspace.resolving.resolved import used

FILES = {
    "src/main/java/com/acme/store/Store.java": """package com.acme.store;
import com.acme.model.*;
import java.util.List;
public class Store extends Base<Row> implements Shelf {
    public static final int LIMIT = 3;
    private List<Row> rows;
    public Row last, first;
    public Store(int size) {}
    public static Store open() { return null; }
    public Row row() { return null; }
    public <T extends Row> T any(Class<T> kind) { return null; }
    public enum Kind { SMALL, LARGE }
    public static class Inner { void deep() {} }
}
""",
    "src/main/java/com/acme/store/Base.java": (
        "package com.acme.store;\nabstract class Base<T> {\n    protected int id;\n"
        "    protected T make() { return null; }\n}\n"
    ),
    "src/main/java/com/acme/store/Shelf.java": (
        "package com.acme.store;\npublic interface Shelf {\n    default void tidy() {}\n}\n"
    ),
    "src/main/java/com/acme/model/Row.java": (
        "package com.acme.model;\npublic class Row {\n    public int size;\n"
        "    public int size() { return size; }\n    public Cell cell() { return null; }\n}\n"
    ),
    "src/main/java/com/acme/model/Cell.java": (
        "package com.acme.model;\npublic class Cell {\n    public void fill() {}\n}\n"
    ),
    "src/main/java/com/other/Row.java": "package com.other;\npublic class Row {}\n",
}
CELL = "src/main/java/com/acme/model/Cell.java Cell"
ROW = "src/main/java/com/acme/model/Row.java Row"
STORE = "src/main/java/com/acme/store/Store.java Store"
BASE = "src/main/java/com/acme/store/Base.java Base"
SHELF = "src/main/java/com/acme/store/Shelf.java Shelf"

IMPORT = "import com.acme.store.Store;\n"

CASES = {
    "an import": (IMPORT, "Store.open();", [STORE, f"{STORE}.open"]),
    "all classes of a package": ("import com.acme.model.*;\n", "Cell c = null;", [CELL]),
    "a static member": (
        "import static com.acme.store.Store.LIMIT;\n",
        "int x = LIMIT;",
        [f"{STORE}.LIMIT"],
    ),
    "all static members": (
        "import static com.acme.store.Store.*;\n",
        "int x = LIMIT;",
        [f"{STORE}.LIMIT"],
    ),
    "a name in full": ("", "com.acme.model.Cell c = null; c.fill();", [CELL, f"{CELL}.fill"]),
    "a class that is not imported": ("", "Cell c = null;", []),
    "the package's own class, not another's": (
        "",
        "Row r = null;",
        ["src/main/java/com/other/Row.java Row"],
    ),
    "a nested class": (
        "import com.acme.store.Store.Inner;\n",
        "Inner i = null; i.deep();",
        [f"{STORE}.Inner", f"{STORE}.Inner.deep"],
    ),
    "a constructor, and what methods return in turn": (
        IMPORT,
        "new Store(1).row().cell().fill();",
        [
            CELL.replace("Cell.java Cell", "Cell.java Cell.fill"),
            f"{ROW}.cell",
            STORE,
            f"{STORE}.Store",
            f"{STORE}.row",
        ],
    ),
    "a variable without a type": (
        IMPORT,
        "var s = Store.open(); s.row();",
        [STORE, f"{STORE}.open", f"{STORE}.row"],
    ),
    "members of bases and interfaces": (
        IMPORT,
        "Store s = null; s.make(); s.tidy();",
        [f"{BASE}.make", f"{SHELF}.tidy", STORE],
    ),
    "a field and a method of one name": (
        "import com.acme.model.Row;\n",
        "Row r = null; r.size();",
        [ROW, f"{ROW}.size"],
    ),
    "an element of a list": (
        IMPORT,
        "Store s = null; for (var r : s.rows) { r.cell(); }",
        [f"{ROW}.cell", STORE, f"{STORE}.rows"],
    ),
    "the parameter of a lambda": (
        IMPORT,
        "Store s = null; s.rows.stream().map(r -> r.cell());",
        [f"{ROW}.cell", STORE, f"{STORE}.rows"],
    ),
    "the second field of a declaration": (
        IMPORT,
        "Store s = null; s.first.cell();",
        [f"{ROW}.cell", STORE, f"{STORE}.first"],
    ),
    "what a type parameter of a method is bound by": (
        IMPORT,
        "Store s = null; s.any(null).cell();",
        [f"{ROW}.cell", STORE, f"{STORE}.any"],
    ),
    "members of an enumeration, by what a switch asks": (
        IMPORT,
        "Store.Kind k = null; switch (k) { case SMALL: break; }",
        [STORE, f"{STORE}.Kind", f"{STORE}.Kind.SMALL"],
    ),
    "a pattern": (
        "import com.acme.model.Cell;\n",
        "Object o = null; if (o instanceof Cell c) { c.fill(); }",
        [CELL, f"{CELL}.fill"],
    ),
    "a cast": (
        "import com.acme.model.Cell;\n",
        "Object o = null; ((Cell) o).fill();",
        [CELL, f"{CELL}.fill"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_code_uses(tmp_path: Path, case: str) -> None:
    imports, code, expected = CASES[case]
    text = f"package com.other;\n{imports}class Use {{\n┃    void run() {{\n        {code}\n    }}┃\n}}\n"
    files = {**FILES, "src/main/java/com/other/Use.java": text}
    assert used(tmp_path, files) == sorted(expected)


def test_members_are_seen_by_their_names_alone(tmp_path: Path) -> None:
    text = (
        "package com.acme.store;\nclass Deep extends Base<String> {\n    int own;\n"
        "┃    Deep run() {\n        this.own = id;\n        return help(LIMIT);\n    }┃\n"
        "    Deep help(int x) { return this; }\n    Deep() {}\n}\n"
    )
    path = "src/main/java/com/acme/store/Deep.java"
    assert used(tmp_path, {**FILES, path: text}) == sorted(
        [f"{BASE}.id", f"{path} Deep", f"{path} Deep.help", f"{path} Deep.own"]
    )
