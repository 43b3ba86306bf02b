"""Rust's unit tests, and integration tests."""

from tests.placement.project import Answered, Project
from tests.placement.reports import cargo_results

_RUST_CODE = """//! Prices.

/// Half of a price, rounded down.
pub fn half(price: i32) -> Option<i32> {
    ┃if price < 0 {
        return None;
    }
    Some(price / 2)
}
"""

RUST_UNIT = Project(
    name="rust unit",
    source="src/prices.rs",
    code=_RUST_CODE,
    language="rust",
    target="src/prices.rs",
    command="cargo test --lib prices::tests",
    template="cargo test --lib",
    results=cargo_results,
    make=[["cargo", "init", "--lib", "--vcs", "none", "--name", "shop"]],
    files={"src/lib.rs": "pub mod prices;\n"},
    fresh=Answered(
        """```rust
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_down() {
        assert_eq!(half(5), Some(2));
    }

    #[test]
    fn refuses_what_is_negative() {
        assert_eq!(half(-1), None);
    }
}
```""",
        ["prices::tests::rounds_down", "prices::tests::refuses_what_is_negative"],
    ),
    wrong=("half(5), Some(2)", "half(5), Some(3)"),
    failing="prices::tests::rounds_down",
    existing=_RUST_CODE
    + """
#[cfg(test)]
mod tests {
    use super::half;

    const PRICE: i32 = 4;

    #[test]
    fn halves() {
        assert_eq!(half(PRICE), Some(2));
    }
}
""",
    more=Answered(
        """```rust
#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn halves() {
        assert_eq!(half(10), Some(5));
    }

    #[test]
    fn rounds_down() {
        let found: HashSet<_> = [half(PRICE), half(PRICE + 1)].into();
        assert_eq!(found.len(), 1);
    }
}
```""",
        ["prices::tests::halves_2", "prices::tests::rounds_down"],
        ["prices::tests::halves"],
    ),
)

RUST_INTEGRATION = Project(
    name="rust integration",
    source="src/prices.rs",
    code=_RUST_CODE,
    language="rust",
    target="tests/prices.rs",
    command="cargo test --test prices",
    template="cargo test --test {name}",
    results=cargo_results,
    make=[["cargo", "init", "--lib", "--vcs", "none", "--name", "shop"]],
    files={
        "src/lib.rs": "pub mod prices;\n",
        "tests/orders.rs": "#[test]\nfn is_there() {\n    assert!(true);\n}\n",
    },
    fresh=Answered(
        """```rust
use shop::prices::half;

#[test]
fn rounds_down() {
    assert_eq!(half(5), Some(2));
}

#[test]
fn refuses_what_is_negative() {
    assert_eq!(half(-1), None);
}
```""",
        ["rounds_down", "refuses_what_is_negative"],
    ),
    wrong=("half(5), Some(2)", "half(5), Some(3)"),
    failing="rounds_down",
    existing="""use shop::prices::half;

const PRICE: i32 = 4;

#[test]
fn halves() {
    assert_eq!(half(PRICE), Some(2));
}
""",
    more=Answered(
        """```rust
use shop::prices::half;
use std::collections::HashSet;

#[test]
fn halves() {
    assert_eq!(half(10), Some(5));
}

#[test]
fn rounds_down() {
    let found: HashSet<_> = [half(PRICE), half(PRICE + 1)].into();
    assert_eq!(found.len(), 1);
}
```""",
        ["halves_2", "rounds_down"],
        ["halves"],
    ),
)
