package io.vmrestore.standalone;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Holds docs/guarantees.md against the tests: a row without one is no guarantee. */
class GuaranteesTest {

    @Test
    void everyRowNamesATestThatExists() throws IOException {
        NamedTests.check("docs/guarantees.md", "If", 30);
    }
}
