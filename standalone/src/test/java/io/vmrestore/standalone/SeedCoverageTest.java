package io.vmrestore.standalone;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Holds docs/seed-coverage.md against the tests: each row names one at least, and each one that is named exists. */
class SeedCoverageTest {

    @Test
    void everyRowNamesATestThatExists() throws IOException {
        NamedTests.check("docs/seed-coverage.md", "Statement", 40);
    }
}
