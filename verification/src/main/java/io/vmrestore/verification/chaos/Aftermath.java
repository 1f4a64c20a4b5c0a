package io.vmrestore.verification.chaos;

import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.RestoreEvent;
import io.vmrestore.verification.chaos.cloud.CloudSession;
import io.vmrestore.verification.chaos.cloud.StuckVolumes;
import io.vmrestore.verification.chaos.load.Client;
import io.vmrestore.verification.chaos.load.Journal;
import io.vmrestore.verification.chaos.processes.Fleet;
import io.vmrestore.verification.chaos.verdict.CloudReader;
import io.vmrestore.verification.chaos.verdict.Fold;
import io.vmrestore.verification.chaos.verdict.FoldedJob;
import io.vmrestore.verification.chaos.verdict.LogReader;
import io.vmrestore.verification.chaos.verdict.TableReader;
import io.vmrestore.verification.chaos.verdict.World;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** What comes after the faults: waits until everything has ended, and collects what is known. */
final class Aftermath implements AutoCloseable {
    /** A step that waits for what the cloud will not do any more is tried again after its ten minutes. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration TABLES_FOLLOW = Duration.ofMinutes(3);
    /** Late answers of the cloud, late releases and the fold are over after this. */
    private static final Duration CALM = Duration.ofSeconds(12);

    private final Fleet fleet;
    private final Client client;
    private final Journal journal;
    private final LogReader log;
    private final Fold fold = new Fold();

    Aftermath(Fleet fleet, Client client, Journal journal) {
        this.fleet = fleet;
        this.client = client;
        this.journal = journal;
        this.log = new LogReader(fleet.bootstrapServers());
    }

    /** Waits until no restore is at work any more, or for as long as is reasonable; tells how long that took. */
    Duration awaitEnd() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        CloudSession admin = CloudSession.ofAdministrator(fleet.cloud());
        while (jobs().values().stream().anyMatch(Aftermath::atWork) && !passed(begin, PATIENCE)) {
            StuckVolumes.reset(admin, Clock.systemUTC());
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        TimeUnit.NANOSECONDS.sleep(CALM.toNanos());
        return took;
    }

    World world(Set<String> originals) throws IOException, SQLException, InterruptedException {
        Map<UUID, FoldedJob> jobs = jobs();
        Map<UUID, List<JsonNode>> shown = shown(jobs);
        return new World(
                journal.restores(),
                journal.wrongAnswers(),
                jobs,
                shown,
                TableReader.jobs(fleet.tables()),
                log.deadLetters(),
                new CloudReader(fleet.cloud()).read(),
                originals);
    }

    @Override
    public void close() {
        log.close();
    }

    private static boolean atWork(FoldedJob job) {
        JobStatus status = job.state().status();
        boolean asked =
                job.has(RestoreEvent.ExecutionRequested.class) && job.state().refusal() == null;
        return !status.terminal()
                && (status != JobStatus.PLANNED || asked || job.state().cancellation() != null);
    }

    private Map<UUID, FoldedJob> jobs() {
        log.events().forEach(fold::apply);
        return fold.jobs();
    }

    /** What each gateway shows once the tables had time to follow the log. */
    private Map<UUID, List<JsonNode>> shown(Map<UUID, FoldedJob> jobs) throws InterruptedException {
        long begin = System.nanoTime();
        Map<UUID, List<JsonNode>> shown = new HashMap<>();
        for (Map.Entry<UUID, FoldedJob> job : jobs.entrySet()) {
            long version = job.getValue().state().version();
            List<JsonNode> read = client.everywhere("/restore/jobs/" + job.getKey());
            while (!read.stream().allMatch(each -> each.path("version").asLong() == version)
                    && !passed(begin, TABLES_FOLLOW)) {
                TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
                read = client.everywhere("/restore/jobs/" + job.getKey());
            }
            shown.put(job.getKey(), read);
        }
        return shown;
    }

    private static boolean passed(long begin, Duration limit) {
        return System.nanoTime() - begin > limit.toNanos();
    }
}
