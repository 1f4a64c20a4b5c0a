package io.vmrestore.chaos;

import io.vmrestore.chaos.load.Client;
import io.vmrestore.chaos.load.Journal;
import io.vmrestore.chaos.processes.Fleet;
import io.vmrestore.chaos.verdict.CloudReader;
import io.vmrestore.chaos.verdict.Fold;
import io.vmrestore.chaos.verdict.FoldedJob;
import io.vmrestore.chaos.verdict.LogReader;
import io.vmrestore.chaos.verdict.TableReader;
import io.vmrestore.chaos.verdict.World;
import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.RestoreEvent;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** What comes after the faults: waits until everything has ended, and collects what is known. */
final class Aftermath {
    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final Duration LOOK = Duration.ofSeconds(2);
    /** Late answers of the cloud, late releases and the fold are over after this. */
    private static final Duration CALM = Duration.ofSeconds(12);

    private final Fleet fleet;
    private final Client client;
    private final Journal journal;

    Aftermath(Fleet fleet, Client client, Journal journal) {
        this.fleet = fleet;
        this.client = client;
        this.journal = journal;
    }

    /** Waits until no restore is at work any more, or for as long as is reasonable. */
    Duration awaitEnd() throws InterruptedException {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < PATIENCE.toNanos() && jobs().values().stream().anyMatch(Aftermath::atWork)) {
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        TimeUnit.NANOSECONDS.sleep(CALM.toNanos());
        return took;
    }

    World world(Set<String> originals) throws IOException, SQLException, InterruptedException {
        Map<UUID, FoldedJob> jobs = jobs();
        return new World(
                journal.restores(),
                journal.wrongAnswers(),
                jobs,
                shown(jobs.keySet()),
                TableReader.jobs(fleet.tables()),
                deadLetters(),
                new CloudReader(fleet.cloud()).read(),
                originals);
    }

    private static boolean atWork(FoldedJob job) {
        JobStatus status = job.state().status();
        boolean asked = job.has(RestoreEvent.ExecutionRequested.class) && job.state().refusal() == null;
        return !status.terminal() && (status != JobStatus.PLANNED || asked || job.state().cancellation() != null);
    }

    private Map<UUID, FoldedJob> jobs() {
        try (LogReader log = new LogReader(fleet.bootstrapServers())) {
            return Fold.of(log.events());
        }
    }

    private List<String> deadLetters() {
        try (LogReader log = new LogReader(fleet.bootstrapServers())) {
            return log.deadLetters();
        }
    }

    private Map<UUID, List<JsonNode>> shown(Set<UUID> jobs) throws InterruptedException {
        Map<UUID, List<JsonNode>> shown = new HashMap<>();
        for (UUID job : jobs) {
            shown.put(job, client.everywhere("/restore/jobs/" + job));
        }
        return shown;
    }
}
