"""What a selection means in Go, Rust, Java, C, C++ and C#."""

import pytest

from tests.syntax.reading import expanded

CASES = {
    "go: a cursor in a function": (
        "go",
        "package a\n\nfunc Half(x int) int {\n\treturn x ┃/ 2\n}\n\nvar y = 1\n",
        "package a\n\n┃func Half(x int) int {\n\treturn x / 2\n}┃\n\nvar y = 1\n",
    ),
    "go: a cursor in a method": (
        "go",
        "package a\n\nfunc (a *A[T]) M() (int, error) {\n\t┃return 1, nil\n}\n",
        "package a\n\n┃func (a *A[T]) M() (int, error) {\n\treturn 1, nil\n}┃\n",
    ),
    "go: a cursor in a struct": (
        "go",
        "package a\n\ntype A struct {\n\tb ┃int\n}\n",
        "package a\n\n┃type A struct {\n\tb int\n}┃\n",
    ),
    "go: a selection that cuts a statement": (
        "go",
        "package a\n\nfunc f(x int) int {\n\ty := ┃x\n\tret┃urn y\n}\n",
        "package a\n\nfunc f(x int) int {\n┃\ty := x\n\treturn y┃\n}\n",
    ),
    "rust: a cursor in a function": (
        "rust",
        "use a;\n\n#[inline]\npub fn half(x: f64) -> f64 {\n    x ┃/ 2.0\n}\n",
        "use a;\n\n┃#[inline]\npub fn half(x: f64) -> f64 {\n    x / 2.0\n}┃\n",
    ),
    "rust: a cursor in a method": (
        "rust",
        "impl<T> A<T> {\n    const B: u8 = 1;\n\n    fn m(&self) {\n        ┃\n    }\n}\n",
        "impl<T> A<T> {\n    const B: u8 = 1;\n\n┃    fn m(&self) {\n        \n    }┃\n}\n",
    ),
    "rust: a cursor in an impl": (
        "rust",
        "impl T for A {\n    const B: u8 = ┃1;\n\n    fn m() {}\n}\nstruct A;\n",
        "┃impl T for A {\n    const B: u8 = 1;\n\n    fn m() {}\n}┃\nstruct A;\n",
    ),
    "rust: a selection that cuts a statement": (
        "rust",
        "fn f(x: u8) -> u8 {\n    let y = ┃x;\n    ┃y\n}\n",
        "fn f(x: u8) -> u8 {\n┃    let y = x;┃\n    y\n}\n",
    ),
    "java: a cursor in a method": (
        "java",
        "class A {\n  int b;\n\n  @Override\n  public int m() {\n    return ┃1;\n  }\n}\n",
        "class A {\n  int b;\n\n┃  @Override\n  public int m() {\n    return 1;\n  }┃\n}\n",
    ),
    "java: a cursor in a constructor": (
        "java",
        "class A {\n  int b;\n  A() {\n    b = ┃1;\n  }\n}\n",
        "class A {\n  int b;\n┃  A() {\n    b = 1;\n  }┃\n}\n",
    ),
    "java: a cursor in a class": (
        "java",
        "import a.B;\n\n@X\nclass A {\n  int ┃b;\n\n  void m() {}\n}\n",
        "import a.B;\n\n┃@X\nclass A {\n  int b;\n\n  void m() {}\n}┃\n",
    ),
    "java: a selection that cuts a statement": (
        "java",
        "class A {\n  int m() {\n    int y = ┃1;\n    ret┃urn y;\n  }\n}\n",
        "class A {\n  int m() {\n┃    int y = 1;\n    return y;┃\n  }\n}\n",
    ),
    "c: a cursor in a function": (
        "c",
        "int a;\nstatic char *half(int x)\n{\n  return ┃x / 2;\n}\nint b;\n",
        "int a;\n┃static char *half(int x)\n{\n  return x / 2;\n}┃\nint b;\n",
    ),
    "c: a cursor in a struct": (
        "c",
        "int a;\nstruct p {\n  int ┃x;\n};\nint b;\n",
        "int a;\n┃struct p {\n  int x;\n};┃\nint b;\n",
    ),
    "c: a cursor in a type definition": (
        "c",
        "int a;\ntypedef struct {\n  int ┃x;\n} p;\nint b;\n",
        "int a;\n┃typedef struct {\n  int x;\n} p;┃\nint b;\n",
    ),
    "c: a selection that cuts a statement": (
        "c",
        "int f(int x)\n{\n  int y = ┃x;\n  if (y)\n    ret┃urn 1;\n  return y;\n}\n",
        "int f(int x)\n{\n┃  int y = x;\n  if (y)\n    return 1;┃\n  return y;\n}\n",
    ),
    "c++: a cursor in a function template": (
        "cpp",
        "int a;\ntemplate <typename T>\nT half(T x) {\n  return ┃x / 2;\n}\n",
        "int a;\n┃template <typename T>\nT half(T x) {\n  return x / 2;\n}┃\n",
    ),
    "c++: a cursor in a method": (
        "cpp",
        "class A : B {\n public:\n  int m() const { return ┃1; }\n  int n;\n};\n",
        "class A : B {\n public:\n┃  int m() const { return 1; }┃\n  int n;\n};\n",
    ),
    "c++: a cursor in a method outside of its class": (
        "cpp",
        "namespace n {\nint a;\nT &A<T>::m(int x) {\n  ┃\n}\n}\n",
        "namespace n {\nint a;\n┃T &A<T>::m(int x) {\n  \n}┃\n}\n",
    ),
    "c++: a cursor in a class": (
        "cpp",
        "int a;\nclass A {\n  int ┃b;\n\n  int m() {}\n};\nint c;\n",
        "int a;\n┃class A {\n  int b;\n\n  int m() {}\n};┃\nint c;\n",
    ),
    "c++: a selection that cuts a statement": (
        "cpp",
        "int f(int x) {\n  auto y = ┃x;\n  ret┃urn y;\n}\n",
        "int f(int x) {\n┃  auto y = x;\n  return y;┃\n}\n",
    ),
    "c#: a cursor in a local function": (
        "csharp",
        "class A {\n  int M() {\n    int half(int x) {\n      return ┃x / 2;\n    }\n  }\n}\n",
        "class A {\n  int M() {\n┃    int half(int x) {\n      return x / 2;\n    }┃\n  }\n}\n",
    ),
    "c#: a cursor in a method": (
        "csharp",
        "class A {\n  int b;\n\n  [X]\n  public int M() =>\n    ┃1;\n}\n",
        "class A {\n  int b;\n\n┃  [X]\n  public int M() =>\n    1;┃\n}\n",
    ),
    "c#: a cursor in a class": (
        "csharp",
        "using B;\nnamespace N;\n\n[X]\nclass A {\n  int ┃b;\n\n  int M() {}\n}\n",
        "using B;\nnamespace N;\n\n┃[X]\nclass A {\n  int b;\n\n  int M() {}\n}┃\n",
    ),
    "c#: a selection that cuts a statement": (
        "csharp",
        "class A {\n  int M() {\n    var y = ┃1;\n    ret┃urn y;\n  }\n}\n",
        "class A {\n  int M() {\n┃    var y = 1;\n    return y;┃\n  }\n}\n",
    ),
}


@pytest.mark.parametrize(("language", "before", "after"), CASES.values(), ids=CASES.keys())
def test_what_a_selection_means(language: str, before: str, after: str) -> None:
    assert expanded(language, before) == after
