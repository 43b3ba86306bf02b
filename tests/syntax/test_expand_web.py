"""What a selection means in JavaScript and TypeScript, with and without markup."""

import pytest

from tests.syntax.reading import expanded

CASES = {
    "javascript: a cursor in a function": (
        "javascript",
        "let a;\nfunction half(x) {\n  return ┃x / 2;\n}\nlet b;\n",
        "let a;\n┃function half(x) {\n  return x / 2;\n}┃\nlet b;\n",
    ),
    "javascript: a cursor in an arrow function with a name": (
        "javascript",
        "let a;\nexport const half = (x) => {\n  return ┃x / 2;\n};\n",
        "let a;\n┃export const half = (x) => {\n  return x / 2;\n};┃\n",
    ),
    "javascript: a cursor in a method": (
        "javascript",
        "class A {\n  b = 1;\n  static async m() {\n    ┃\n  }\n}\n",
        "class A {\n  b = 1;\n┃  static async m() {\n    \n  }┃\n}\n",
    ),
    "javascript: a cursor in a field that holds a function": (
        "javascript",
        "class A {\n  m = () => {\n    ┃\n  };\n}\n",
        "class A {\n┃  m = () => {\n    \n  };┃\n}\n",
    ),
    "javascript: a cursor in a function of an object": (
        "javascript",
        "const o = {\n  k: () => {\n    ┃\n  },\n  l: 1,\n};\n",
        "const o = {\n┃  k: () => {\n    \n  }┃,\n  l: 1,\n};\n",
    ),
    "javascript: a cursor in an exported class": (
        "javascript",
        "let a;\nexport default class A {\n  b = ┃1;\n  m() {}\n}\n",
        "let a;\n┃export default class A {\n  b = 1;\n  m() {}\n}┃\n",
    ),
    "javascript: a selection that cuts a statement": (
        "javascript",
        "function f(x) {\n  const y = ┃g(x);\n  return┃ y;\n}\n",
        "function f(x) {\n┃  const y = g(x);\n  return y;┃\n}\n",
    ),
    "javascript: a cursor in a statement of over 100 lines means a part of it": (
        "javascript",
        "describe('a', () => {\n"
        + "  b();\n" * 99
        + "\n  it('c', () => {\n    d┃();\n  });\n});\n",
        "describe('a', () => {\n"
        + "  b();\n" * 99
        + "\n┃  it('c', () => {\n    d();\n  });┃\n});\n",
    ),
    "jsx: a selection of elements": (
        "javascriptreact",
        "const A = () => (\n  <ul>\n    ┃<li>1</li>\n    <li>2</┃li>\n    <li>3</li>\n  </ul>\n);\n",
        "const A = () => (\n  <ul>\n┃    <li>1</li>\n    <li>2</li>┃\n    <li>3</li>\n  </ul>\n);\n",
    ),
    "jsx: a selection that cuts an element's tag": (
        "javascriptreact",
        "const A = () => {\n  return (\n    <u┃l>\n      <l┃i>1</li>\n    </ul>\n  );\n};\n",
        "const A = () => {\n┃  return (\n    <ul>\n      <li>1</li>\n    </ul>\n  );┃\n};\n",
    ),
    "typescript: a cursor in a function": (
        "typescript",
        "let a: T;\nexport async function half(x: number): Promise<number> {\n  ┃\n}\n",
        "let a: T;\n┃export async function half(x: number): Promise<number> {\n  \n}┃\n",
    ),
    "typescript: a cursor in a method with a decorator": (
        "typescript",
        "class A {\n  b: T;\n\n  @Input()\n  private m(): void {\n    ┃\n  }\n}\n",
        "class A {\n  b: T;\n\n┃  @Input()\n  private m(): void {\n    \n  }┃\n}\n",
    ),
    "typescript: a cursor in a class": (
        "typescript",
        "let a: T;\n\n@D()\nexport class A {\n  b: ┃T;\n  m() {}\n}\n",
        "let a: T;\n\n┃@D()\nexport class A {\n  b: T;\n  m() {}\n}┃\n",
    ),
    "typescript: a cursor in an interface": (
        "typescript",
        "let a: T;\nexport interface I {\n  b: ┃T;\n}\n",
        "let a: T;\n┃export interface I {\n  b: T;\n}┃\n",
    ),
    "typescript: a selection that cuts a statement": (
        "typescript",
        "function f(x: T) {\n  const y: T = ┃g(x);\n  return┃ y;\n}\n",
        "function f(x: T) {\n┃  const y: T = g(x);\n  return y;┃\n}\n",
    ),
    "typescript: a cursor on a statement in a namespace": (
        "typescript",
        "namespace N {\n  let a = ┃1;\n\n  let b = 2;\n}\n",
        "namespace N {\n┃  let a = 1;┃\n\n  let b = 2;\n}\n",
    ),
    "tsx: a cursor in a component": (
        "typescriptreact",
        "const A: FC<P> = ({ p }) => {\n  return <b>{┃p}</b>;\n};\n",
        "┃const A: FC<P> = ({ p }) => {\n  return <b>{p}</b>;\n};┃\n",
    ),
    "tsx: a cursor in a method": (
        "typescriptreact",
        "class A extends C<P> {\n  render() {\n    return <b>┃</b>;\n  }\n}\n",
        "class A extends C<P> {\n┃  render() {\n    return <b></b>;\n  }┃\n}\n",
    ),
    "tsx: a cursor in a class": (
        "typescriptreact",
        "class A extends C<P> {\n  x: T┃;\n  m() {}\n}\n",
        "┃class A extends C<P> {\n  x: T;\n  m() {}\n}┃\n",
    ),
    "tsx: a selection that cuts a statement": (
        "typescriptreact",
        "const A = () => {\n  const x = ┃<b/>;\n  ret┃urn x;\n};\n",
        "const A = () => {\n┃  const x = <b/>;\n  return x;┃\n};\n",
    ),
}


@pytest.mark.parametrize(("language", "before", "after"), CASES.values(), ids=CASES.keys())
def test_what_a_selection_means(language: str, before: str, after: str) -> None:
    assert expanded(language, before) == after
