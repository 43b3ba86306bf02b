"""JUnit 5 in Maven's layout."""

from pathlib import Path

from tests.placement.project import Answered, Project
from tests.placement.reports import maven_results

TOOLS = Path(__file__).parent
"""Where manifests stand whose packages .ci/install-runners fetches."""

JUNIT = Project(
    name="junit5",
    source="src/main/java/shop/Prices.java",
    code="""package shop;

public final class Prices {
    private Prices() {}

    public static int half(int price) {
        ┃if (price < 0) {
            throw new IllegalArgumentException("negative");
        }
        return price / 2;
    }
}
""",
    language="java",
    target="src/test/java/shop/PricesTest.java",
    command="mvn -q test -Dtest=PricesTest",
    template="mvn -q test -Dtest={name}",
    results=maven_results,
    files={
        "pom.xml": (TOOLS / "maven" / "pom.xml").read_text(),
        ".mvn/maven.config": "-o\n",
        "src/test/java/shop/OrdersTest.java": """package shop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OrdersTest {
    @Test
    void isThere() {
        assertTrue(true);
    }
}
""",
    },
    fresh=Answered(
        """```java
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PricesTest {
    @Test
    void roundsDown() {
        assertEquals(2, Prices.half(5));
    }

    @Test
    void refusesWhatIsNegative() {
        assertThrows(IllegalArgumentException.class, () -> Prices.half(-1));
    }
}
```""",
        ["PricesTest.roundsDown", "PricesTest.refusesWhatIsNegative"],
    ),
    wrong=("assertEquals(2,", "assertEquals(3,"),
    failing="PricesTest.roundsDown",
    existing="""package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PricesTest {
    private static final int PRICE = 4;

    @Test
    void halves() {
        assertEquals(2, Prices.half(PRICE));
    }
}
""",
    more=Answered(
        """```java
package shop;

import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class PricesTest {
    @Test
    void halves() {
        assertEquals(5, Prices.half(10));
    }

    @Test
    void refusesWhatIsNegative() {
        for (int price : List.of(-1, -2)) {
            assertThrows(IllegalArgumentException.class, () -> Prices.half(price));
        }
    }
}
```""",
        ["PricesTest.halves2", "PricesTest.refusesWhatIsNegative"],
        ["PricesTest.halves"],
    ),
)
