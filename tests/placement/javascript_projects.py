"""Vitest, Jest and node:test."""

import json

from tests.placement.project import Answered, Project
from tests.placement.reports import jest_results, node_results, vitest_results

_TYPED = """export function half(price: number): number {
  ┃if (price < 0) throw new RangeError("negative");
  return Math.floor(price / 2);
}

export const double = (price: number): number => price * 2;
"""

VITEST = Project(
    name="vitest",
    source="src/shop/prices.ts",
    code=_TYPED,
    language="typescript",
    target="src/shop/prices.test.ts",
    command="npx vitest run src/shop/prices.test.ts",
    template="npx vitest run {file}",
    results=vitest_results,
    packages=True,
    files={
        "package.json": json.dumps(
            {"name": "shop", "type": "module", "devDependencies": {"vitest": "^4.1.11"}}
        ),
        "src/shop/orders.test.ts": (
            "import { expect, it } from 'vitest';\n\nit('is there', () => {\n"
            "  expect(1).toBe(1);\n});\n"
        ),
    },
    fresh=Answered(
        """These tests cover it:

```ts
import { describe, it, expect } from 'vitest';
import { half } from './prices';

describe('half', () => {
  it('rounds down', () => {
    expect(half(5)).toBe(2);
  });

  it.each([[4, 2], [0, 0]])('halves %i', (price, expected) => {
    expect(half(price)).toBe(expected);
  });

  it("refuses what's negative", () => {
    expect(() => half(-1)).toThrow(RangeError);
  });
});
```""",
        ["half.rounds down", "half.halves 4", "half.halves 0", "half.refuses what's negative"],
    ),
    wrong=("half(5)).toBe(2)", "half(5)).toBe(3)"),
    failing="half.rounds down",
    existing="""import { beforeEach, describe, expect, it } from 'vitest';
import { double, half } from './prices';

describe('half', () => {
  let price = 0;

  beforeEach(() => {
    price = 4;
  });

  it('halves', () => {
    expect(half(price)).toBe(2);
  });
});

describe('double', () => {
  it('doubles', () => {
    expect(double(4)).toBe(8);
  });
});
""",
    more=Answered(
        """```ts
import { describe, it, expect, vi } from 'vitest';
import { half } from './prices';

describe('half', () => {
  it('rounds down', () => {
    expect(half(price + 1)).toBe(2);
  });

  it('can be called back', () => {
    const called = vi.fn(half);
    expect(called(2)).toBe(1);
  });
});
```""",
        ["half.rounds down", "half.can be called back"],
        ["half.halves", "double.doubles"],
    ),
)

_COMMON = """'use strict';

function half(price) {
  ┃if (price < 0) throw new RangeError('negative');
  return Math.floor(price / 2);
}

const double = (price) => price * 2;

module.exports = { double, half };
"""

JEST = Project(
    name="jest",
    source="lib/prices.js",
    code=_COMMON,
    language="javascript",
    target="__tests__/prices.test.js",
    command="npx jest __tests__/prices.test.js",
    template="npx jest {file}",
    results=jest_results,
    packages=True,
    files={
        "package.json": json.dumps(
            {"name": "shop", "scripts": {"test": "jest"}, "devDependencies": {"jest": "^30.2.0"}}
        ),
        "__tests__/orders.test.js": "test('is there', () => {\n  expect(1).toBe(1);\n});\n",
    },
    fresh=Answered(
        """```javascript
const { half } = require('./prices');

describe('half', () => {
  test('rounds down', () => {
    expect(half(5)).toBe(2);
  });

  test('refuses what is negative', () => {
    expect(() => half(-1)).toThrow('negative');
  });
});
```""",
        ["half.rounds down", "half.refuses what is negative"],
    ),
    wrong=("half(5)).toBe(2)", "half(5)).toBe(3)"),
    failing="half.rounds down",
    existing="""const { half } = require('../lib/prices');

describe('half', () => {
  const price = 4;

  test('halves', () => {
    expect(half(price)).toBe(2);
  });
});

describe('others', () => {
  test('stay', () => {
    expect(half(0)).toBe(0);
  });
});
""",
    more=Answered(
        """```javascript
const assert = require('node:assert');
const { half } = require('../lib/prices');

describe('half', () => {
  test('halves', () => {
    expect(half(price)).toBe(2);
  });

  test('rounds down', () => {
    assert.strictEqual(half(price + 1), 2);
  });
});
```""",
        ["half.rounds down"],
        ["half.halves", "others.stay"],
    ),
)

_MODULE = _COMMON.replace("'use strict';\n\n", "").replace(
    "module.exports = { double, half };", "export { double, half };"
)

NODE = Project(
    name="node:test",
    source="src/prices.js",
    code=_MODULE,
    language="javascript",
    target="test/prices.test.js",
    command="node --test test/prices.test.js",
    template="node --test {file}",
    results=node_results,
    make=[
        ["npm", "init", "--yes"],
        ["npm", "pkg", "set", "type=module", "scripts.test=node --test"],
    ],
    files={
        "test/orders.test.js": (
            "import assert from 'node:assert/strict';\nimport test from 'node:test';\n\n"
            "test('is there', () => {\n  assert.ok(true);\n});\n"
        ),
    },
    fresh=Answered(
        """```js
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { half } from '../src/prices.js';

describe('half', () => {
  it('rounds down', () => {
    assert.equal(half(5), 2);
  });

  it('refuses what is negative', () => {
    assert.throws(() => half(-1), RangeError);
  });
});
```""",
        ["half.rounds down", "half.refuses what is negative"],
    ),
    wrong=("half(5), 2", "half(5), 3"),
    failing="half.rounds down",
    existing="""import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { half } from '../src/prices.js';

describe('half', () => {
  const price = 4;

  it('halves', () => {
    assert.equal(half(price), 2);
  });
});

describe('others', () => {
  it('stay', () => {
    assert.equal(half(0), 0);
  });
});
""",
    more=Answered(
        """```js
import { describe, it, mock } from 'node:test';
import assert from 'node:assert/strict';
import { half } from '../src/prices.js';

describe('half', () => {
  it('rounds down', () => {
    assert.equal(half(price + 1), 2);
  });

  it('can be called back', () => {
    const called = mock.fn(half);
    assert.equal(called(2), 1);
  });
});
```""",
        ["half.rounds down", "half.can be called back"],
        ["half.halves", "others.stay"],
    ),
)
