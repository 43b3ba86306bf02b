"""What an index keeps of Go, Rust and Java files."""

from tests.syntax.symbol_reading import imported, outline, read, the

GO = """
    package shop

    import (
        "fmt"
        h "net/http"
        . "strings"
        _ "embed"
    )

    // Item is sold.
    // More of it.
    type Item[T any] struct {
        Base
        *sql.DB
        Name, note string
    }

    type (
        Seller interface {
            Sell(item Item) error
        }
        alias = Item
    )

    const (
        Max = 1
        min
    )

    var total, Count = 1, 2

    // Price says it.
    func (i *Item[T]) Price(tax int) (int, error) {
        local := 1
        const alsoLocal = 2
        return i.base.price(tax)
    }

    func open() {}
    """


def test_go() -> None:
    assert outline("go", GO) == [
        "struct Item",
        "field Item.Base",
        "field Item.DB",
        "field Item.Name",
        "-field Item.note",
        "interface Seller",
        "method Seller.Sell",
        "-type alias",
        "constant Max",
        "-constant min",
        "-variable total",
        "variable Count",
        "method Item.Price",
        "-function open",
    ]
    found = read("go", GO)
    assert found.package == "shop"
    price = the(found, "Item.Price")
    assert price.signature == "func (i *Item[T]) Price(tax int) (int, error)"
    assert (price.doc, price.line, price.header_end, price.end) == ("Price says it.", 32, 33, 37)
    assert the(found, "Item").signature == "type Item[T any] struct"
    assert the(found, "Item").doc == "Item is sold."
    assert imported("go", GO) == ["fmt:", "net/http:=h", "strings:*", "embed:=_"]


RUST = """
    //! The crate.
    use a::{b, c as d, e::{self, F}, g::*};
    pub use x::Y;
    mod tail;
    pub(crate) mod seen;
    extern crate q as r;

    pub const X: i32 = 1;
    type T<A> = B<A>;

    /// A point.
    #[derive(
        Clone,
    )]
    #[repr(C)]
    pub struct Point<T> where T: Copy {
        pub x: T,
        y: T,
    }

    impl<T> Shape for geo::Point<T> {
        fn area(&self) -> f64 { 0.0 }
    }

    pub trait Shape: Debug + Into<u8> {
        const SIDES: u8;
        fn area(&self) -> f64;
    }

    pub enum E { A, B(i32) }
    macro_rules! shout { () => {} }
    mod inner { pub fn deep() {} }
    fn main() { let f = |x| x; }
    """


def test_rust() -> None:
    assert outline("rust", RUST) == [
        "constant X",
        "-type T",
        "struct Point",
        "field Point.x",
        "-field Point.y",
        "-impl Point",
        "method Point.area",
        "trait Shape",
        "constant Shape.SIDES",
        "method Shape.area",
        "enum E",
        "member E.A",
        "member E.B",
        "macro shout",
        "-module inner",
        "function inner.deep",
        "-function main",
    ]
    found = read("rust", RUST)
    point = found.definitions[2]
    assert (point.start, point.line, point.header_end, point.end) == (11, 15, 16, 19)
    assert point.doc == "A point."
    assert point.signature == "pub struct Point<T> where T: Copy"
    assert found.definitions[5].bases == "Shape"
    assert the(found, "Shape").bases == "Debug Into"
    assert imported("rust", RUST) == [
        "a:b",
        "a:c=d",
        "a:e",
        "a::e:F",
        "a::g:*",
        "x:Y >",
        "self:tail",
        "self:seen >",
        "q:=r",
    ]


JAVA = """
    package shop.items;

    import static shop.Prices.of;
    import java.util.*;
    import shop.Base;

    /** An item. */
    @Entity
    public class Item<T> extends Base<T> implements A, B {
        private final int price = 1, tax;

        Item() {}

        /**
         * The name.
         */
        @Override
        public String name(int a) { int local = 1; return of(a); }

        enum Kind { NEW, OLD(1); }
    }

    interface Seller extends Trader { void sell(); int MAX = 1; }
    record Pair(int a, int b) implements C {}
    """


def test_java() -> None:
    assert outline("java", JAVA) == [
        "class Item",
        "-field Item.price",
        "-field Item.tax",
        "method Item.Item",
        "method Item.name",
        "enum Item.Kind",
        "member Item.Kind.NEW",
        "member Item.Kind.OLD",
        "interface Seller",
        "method Seller.sell",
        "field Seller.MAX",
        "class Pair",
    ]
    found = read("java", JAVA)
    assert found.package == "shop.items"
    name = the(found, "Item.name")
    assert (name.signature, name.doc) == ("public String name(int a)", "The name.")
    assert (name.start, name.line) == (16, 17)
    assert the(found, "Item").bases == "Base A B"
    assert the(found, "Seller").bases == "Trader"
    assert imported("java", JAVA) == ["shop.Prices:of", "java.util:*", "shop:Base"]
