package io.vmrestore.verification.chaos.nemesis;

/** What can go wrong: how often in relation to the others, where, and for how long (in milliseconds). */
public enum FaultKind {
    KILLED("kill -9", Place.SERVICE, 16, 0, 3_000),
    PAUSED("SIGSTOP, short", Place.SERVICE, 6, 500, 4_000),
    FROZEN("SIGSTOP beyond the session timeout", Place.WORKER, 8, 7_000, 16_000),
    RESTARTED("restart", Place.SERVICE, 4, 0, 1_000),
    ROLLED("rolling restart", Place.ROLE, 3, 0, 0),
    BROKER_KILLED("broker kill -9", Place.BROKER, 2, 0, 4_000),
    BROKER_RESTARTED("broker restart", Place.BROKER, 2, 0, 2_000),
    BROKER_PAUSED("broker SIGSTOP", Place.BROKER, 1, 1_000, 9_000),
    DATABASE_KILLED("database kill -9", Place.DATABASE, 2, 0, 4_000),
    DATABASE_RESTARTED("database restart", Place.DATABASE, 2, 0, 2_000),

    LINK_CUT("TCP cut", Place.LINK, 7, 500, 12_000),
    LINK_FROZEN("TCP frozen", Place.LINK, 7, 1_000, 15_000),
    LINK_SLOW("TCP slow", Place.LINK, 5, 2_000, 12_000),

    TOKENS_EXPIRED("tokens expired", Place.CLOUD, 3, 0, 0),
    SERVER_ERRORS("5xx storm", Place.CLOUD, 4, 2_000, 10_000),
    RATE_LIMITED("429 and 413", Place.CLOUD, 4, 2_000, 8_000),
    CONFLICTS("409", Place.CLOUD, 2, 500, 3_000),
    ANSWER_LOST("answer lost after acceptance", Place.CLOUD, 8, 0, 0),
    REQUEST_DROPPED("request dropped", Place.CLOUD, 3, 0, 0),
    ANSWER_LATE("answer late after acceptance", Place.CLOUD, 5, 0, 0),
    ADDRESS_LATE("address released late", Place.CLOUD, 3, 0, 0),
    PORTS_OUTLIVE("ports outlive their server", Place.CLOUD, 2, 0, 0),
    SERVER_FAILED("server ends in ERROR", Place.CLOUD, 4, 0, 0),
    SERVER_STUCK("server stays in BUILD", Place.CLOUD, 1, 0, 0),
    SERVER_STAYS("server deletion fails", Place.CLOUD, 2, 0, 0),
    VOLUME_FAILED("volume ends in error", Place.CLOUD, 4, 0, 0),
    VOLUME_STUCK("volume stays in creating", Place.CLOUD, 1, 0, 0),
    VOLUME_LATE("available before bootable", Place.CLOUD, 3, 0, 0),
    VOLUME_STAYS("volume deletion fails", Place.CLOUD, 2, 0, 0),
    VOLUME_HELD("volume released late", Place.CLOUD, 2, 0, 0);

    /** What a fault of a kind may hit. */
    public enum Place {
        /** Any process that runs a service. */
        SERVICE,
        /** A planner or an executor, which share work by groups. */
        WORKER,
        /** All processes of one service. */
        ROLE,
        BROKER,
        DATABASE,
        /** The way of one process to what it talks to. */
        LINK,
        CLOUD
    }

    private final String label;
    private final Place place;
    private final int weight;
    private final int shortest;
    private final int longest;

    FaultKind(String label, Place place, int weight, int shortest, int longest) {
        this.label = label;
        this.place = place;
        this.weight = weight;
        this.shortest = shortest;
        this.longest = longest;
    }

    /** The name in log and table. */
    public String label() {
        return label;
    }

    public Place place() {
        return place;
    }

    int weight() {
        return weight;
    }

    int shortest() {
        return shortest;
    }

    int longest() {
        return longest;
    }
}
