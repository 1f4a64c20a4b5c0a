package io.vmrestore.common.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The one place that knows topic names and their settings. */
public final class Topics {
    /** Public: every event of every restore, keyed by VM id. */
    public static final String EVENTS = "restore.events.v1";

    /** Commands to planning. */
    public static final String PLAN_COMMANDS = "restore.commands.plan.v1";

    /** Tells every executor which restores to stop working for. */
    public static final String STOP_COMMANDS = "restore.commands.stop.v1";

    /**
     * Sealed user_data by job id, each with the one copy of its data key. Compacted: a tombstone destroys both, once
     * what the plan can still be needed for is past.
     */
    public static final String SECRETS = "restore.secrets.v1";

    private static final String DEAD_LETTER_SUFFIX = "-dlt";

    private Topics() {}

    /**
     * A topic as it is created.
     *
     * @param settings broker settings of the topic beside its number of partitions
     */
    public record Topic(String name, int partitions, Map<String, String> settings) {

        /** A topic that keeps every record for a time; −1 for ever. */
        private static Topic kept(String name, int partitions, long retentionMillis) {
            return new Topic(
                    name,
                    partitions,
                    Map.of(
                            "retention.ms", Long.toString(retentionMillis),
                            "cleanup.policy", "delete",
                            "max.message.bytes", Integer.toString(MAX_RECORD_BYTES)));
        }

        /** A topic that keeps the last record of each key. */
        private static Topic compacted(String name, int partitions, Duration gone) {
            return new Topic(
                    name,
                    partitions,
                    Map.of(
                            "cleanup.policy", "compact",
                            // What is deleted is off the disk by then, however little is written.
                            "max.compaction.lag.ms", Long.toString(gone.toMillis()),
                            "delete.retention.ms", Long.toString(gone.toMillis()),
                            "max.message.bytes", Integer.toString(MAX_RECORD_BYTES)));
        }
    }

    /** A plan with 64 KiB of user_data, encrypted and in base64, stays well below. */
    public static final int MAX_RECORD_BYTES = 2 * 1024 * 1024;

    /** For how long command topics keep a record; nobody is given an older command. */
    public static final Duration COMMANDS_KEPT = Duration.ofDays(7);

    /** How long after its tombstone a secret may still be on a broker's disk. */
    public static final Duration SECRETS_GONE = Duration.ofDays(1);

    private static final long FOREVER = -1;

    /** Commands for one action: slow waits of one never delay quick calls of another. */
    public static String commands(Action action) {
        return "restore.commands." + action.wireName() + ".v1";
    }

    /** The topic that a command travels on. */
    public static String of(RestoreCommand command) {
        return switch (command) {
            case RestoreCommand.PlanRestore _ -> PLAN_COMMANDS;
            case RestoreCommand.RunStep run -> commands(run.step().action());
            case RestoreCommand.StopSteps _ -> STOP_COMMANDS;
        };
    }

    /** Where records of a topic go that cannot be decoded or contradict the state. */
    public static String deadLetter(String topic) {
        return topic + DEAD_LETTER_SUFFIX;
    }

    /** Where the records of a dead-letter topic come from. */
    public static String ofDeadLetter(String deadLetterTopic) {
        if (!deadLetterTopic.endsWith(DEAD_LETTER_SUFFIX)) {
            throw new IllegalArgumentException(deadLetterTopic + " is no dead-letter topic");
        }
        return deadLetterTopic.substring(0, deadLetterTopic.length() - DEAD_LETTER_SUFFIX.length());
    }

    /** Every dead-letter topic. */
    public static List<String> deadLetters() {
        return all(1).stream()
                .map(Topic::name)
                .filter(name -> name.endsWith(DEAD_LETTER_SUFFIX))
                .toList();
    }

    /** Topics of all step commands. */
    public static List<String> stepCommands() {
        List<String> names = new ArrayList<>();
        for (Action action : Action.values()) {
            names.add(commands(action));
        }
        return names;
    }

    /**
     * Every topic with its settings.
     *
     * @param partitions of the event topic and each command topic; they bound how many instances share the work
     */
    public static List<Topic> all(int partitions) {
        List<Topic> topics = new ArrayList<>();
        // Status tables can be rebuilt from the first event on, so events are never dropped.
        topics.add(Topic.kept(EVENTS, partitions, FOREVER));
        topics.add(Topic.kept(deadLetter(EVENTS), 1, FOREVER));
        List<String> commands = new ArrayList<>(stepCommands());
        commands.add(PLAN_COMMANDS);
        for (String name : commands) {
            topics.add(Topic.kept(name, partitions, COMMANDS_KEPT.toMillis()));
            topics.add(Topic.kept(deadLetter(name), 1, FOREVER));
        }
        // Every executor reads all of it, so more partitions would share nothing.
        topics.add(Topic.kept(STOP_COMMANDS, 1, COMMANDS_KEPT.toMillis()));
        topics.add(Topic.kept(deadLetter(STOP_COMMANDS), 1, FOREVER));
        topics.add(Topic.compacted(SECRETS, partitions, SECRETS_GONE));
        return topics;
    }
}
