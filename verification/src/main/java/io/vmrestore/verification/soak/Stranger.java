package io.vmrestore.verification.soak;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** How a connection does not get on: what it sends at first, and then every second. */
enum Stranger {
    SENDS_NOTHING("", "", true),
    HALF_A_REQUEST_LINE("GET /nothi", "", true),
    DRIPS_HEADERS("GET /nothing HTTP/1.1\r\nHost: x\r\n", "X-A: b\r\n", true),
    DRIPS_A_BODY(post("Content-Length: 60000"), "{", true),
    NEVER_SENDS_ITS_BODY(post("Content-Length: 1000"), "", true),
    /** Asks for megabytes and takes nothing. */
    READS_NOTHING("GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n".repeat(40), "G", false),
    STAYS_AFTER_ITS_ANSWER("GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n", "", true),
    SPEAKS_ANOTHER_PROTOCOL(
            "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003" + "\u0007".repeat(200), "", true);

    private final String first;
    private final String again;
    private final boolean reads;

    Stranger(String first, String again, boolean reads) {
        this.first = first;
        this.again = again;
        this.reads = reads;
    }

    byte[] first() {
        return first.getBytes(ISO_8859_1);
    }

    byte[] again() {
        return again.getBytes(ISO_8859_1);
    }

    boolean reads() {
        return reads;
    }

    private static String post(String length) {
        return "POST /auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + length + "\r\n\r\n";
    }
}
