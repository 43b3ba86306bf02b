"""Go testing, and testify."""

from pathlib import Path

from tests.placement.project import Answered, Project
from tests.placement.reports import go_results

TOOLS = Path(__file__).parent
"""Where manifests stand whose packages .ci/install-runners fetches."""

_GO_CODE = """package prices

import "errors"

// ErrNegative is what a negative price gives.
var ErrNegative = errors.New("negative")

// Half is half of a price, rounded down.
func Half(price int) (int, error) {
	┃if price < 0 {
		return 0, ErrNegative
	}
	return price / 2, nil
}
"""

GO = Project(
    name="go",
    source="prices/prices.go",
    code=_GO_CODE,
    language="go",
    target="prices/prices_test.go",
    command="go test ./prices",
    template="go test ./{folder}",
    results=go_results,
    make=[["go", "mod", "init", "example.com/shop"]],
    fresh=Answered(
        """```go
package main

import (
	"errors"
	"testing"
)

func TestHalf(t *testing.T) {
	got, err := Half(5)
	if err != nil || got != 2 {
		t.Errorf("Half(5) = %d, %v; want 2", got, err)
	}
}

func TestHalfNegative(t *testing.T) {
	if _, err := Half(-1); !errors.Is(err, ErrNegative) {
		t.Errorf("got %v", err)
	}
}
```""",
        ["TestHalf", "TestHalfNegative"],
    ),
    wrong=("got != 2", "got != 3"),
    failing="TestHalf",
    existing="""package prices

import "testing"

func TestHalf(t *testing.T) {
	if got, _ := Half(4); got != 2 {
		t.Errorf("Half(4) = %d", got)
	}
}
""",
    more=Answered(
        """```go
package prices

import (
	"errors"
	"testing"
)

func TestHalf(t *testing.T) {
	if got, _ := Half(5); got != 2 {
		t.Errorf("Half(5) = %d", got)
	}
}

func TestHalfNegative(t *testing.T) {
	if _, err := Half(-1); !errors.Is(err, ErrNegative) {
		t.Errorf("got %v", err)
	}
}
```""",
        ["TestHalf2", "TestHalfNegative"],
        ["TestHalf"],
    ),
)

TESTIFY = Project(
    name="testify",
    source="prices/prices.go",
    code=_GO_CODE,
    language="go",
    target="prices/prices_test.go",
    command="go test ./prices",
    template="go test ./{folder}",
    results=go_results,
    files={
        "go.mod": (TOOLS / "modules" / "go.mod").read_text(),
        "go.sum": (TOOLS / "modules" / "go.sum").read_text(),
        "prices/orders_test.go": (
            'package prices\n\nimport (\n\t"testing"\n\n\t"github.com/stretchr/testify/assert"\n)\n\n'
            "func TestOrders(t *testing.T) {\n\tassert.True(t, true)\n}\n"
        ),
    },
    fresh=Answered(
        """```go
package prices_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestHalf(t *testing.T) {
	got, err := Half(5)
	require.NoError(t, err)
	assert.Equal(t, 2, got)
}

func TestHalfNegative(t *testing.T) {
	_, err := Half(-1)
	require.ErrorIs(t, err, ErrNegative)
}
```""",
        ["TestHalf", "TestHalfNegative"],
        ["TestOrders"],
    ),
    wrong=("2, got", "3, got"),
    failing="TestHalf",
    existing="""package prices

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestHalf(t *testing.T) {
	got, _ := Half(4)
	assert.Equal(t, 2, got)
}
""",
    more=Answered(
        """```go
package prices

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestHalfNegative(t *testing.T) {
	_, err := Half(-1)
	require.ErrorIs(t, err, ErrNegative)
	assert.NotNil(t, err)
}
```""",
        ["TestHalfNegative"],
        ["TestHalf", "TestOrders"],
    ),
)
