"""What an index keeps of C and C++ files."""

from tests.syntax.symbol_reading import imported, outline, read, the

C = """
    #ifndef SHOP_H
    #define SHOP_H
    #include <stdio.h>
    #include "shop/item.h"
    #define MAX 3
    #define TWICE(a) \\
        ((a) * 2)
    typedef unsigned int count;
    typedef void (*callback)(int);
    typedef struct { int x; } point;
    typedef struct node { struct node *next; int (*visit)(void); } node;
    struct item { int price; char name[3]; };
    enum kind { NEW, OLD = 2 };
    extern int total;
    static const int low = 1, high[2];
    /* Says the price. */
    static int price(struct item *i);
    int *open(void) { int local = 1; return price(0); }
    struct item make(void);
    #endif
    """


def test_c() -> None:
    assert outline("c", C) == [
        "macro MAX",
        "macro TWICE",
        "type count",
        "type callback",
        "struct point",
        "field point.x",
        "struct node",
        "field node.next",
        "field node.visit",
        "struct item",
        "field item.price",
        "field item.name",
        "enum kind",
        "member kind.NEW",
        "member kind.OLD",
        "variable total",
        "-variable low",
        "-variable high",
        "-function price",
        "function open",
        "function make",
    ]
    found = read("c", C)
    assert (the(found, "price").signature, the(found, "price").doc) == (
        "static int price(struct item *i);",
        "Says the price.",
    )
    assert the(found, "open").signature == "int *open(void)"
    assert (the(found, "TWICE").start, the(found, "TWICE").end) == (5, 7)
    assert imported("c", C) == ["stdio.h:* >", "./shop/item.h:* >"]


CPP = """
    #include <vector>
    using std::vector;
    using namespace q;

    namespace shop::items {
    class Item : public Base, private other::Held<int> {
     public:
      Item();
      ~Item();
      int price(int tax) const;
      virtual void sell() = 0;
      bool operator==(const Item& o) const;
      template <class T>
      void each(T t) { t.run(); }
      static int count;
    };
    using Items = vector<Item>;
    template <typename T>
    struct Box { T value; };
    enum class Kind { New };
    }

    // The price.
    int shop::items::Item::price(int tax) const { return tax; }

    template <class T> T make(T a);
    """


def test_cpp() -> None:
    assert outline("cpp", CPP) == [
        "namespace shop.items",
        "class shop.items.Item",
        "method shop.items.Item.Item",
        "method shop.items.Item.~Item",
        "method shop.items.Item.price",
        "method shop.items.Item.sell",
        "method shop.items.Item.operator==",
        "method shop.items.Item.each",
        "field shop.items.Item.count",
        "type shop.items.Items",
        "struct shop.items.Box",
        "field shop.items.Box.value",
        "enum shop.items.Kind",
        "member shop.items.Kind.New",
        "method shop.items.Item.price",
        "function make",
    ]
    found = read("cpp", CPP)
    item = the(found, "shop.items.Item")
    assert item.bases == "Base other::Held"
    body = found.definitions[-2]
    assert (body.name, body.parent, body.doc) == ("price", -1, "The price.")
    assert body.signature == "int shop::items::Item::price(int tax) const"
    assert the(found, "shop.items.Box").start == 17
    assert imported("cpp", CPP) == ["vector:* >", "std:vector", "q:*"]
