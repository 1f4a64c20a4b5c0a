package io.vmrestore.verification.chaos;

import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import io.vmrestore.verification.chaos.load.Client;
import io.vmrestore.verification.chaos.load.Journal;
import io.vmrestore.verification.chaos.load.Load;
import io.vmrestore.verification.chaos.load.Wishes;
import io.vmrestore.verification.chaos.nemesis.CloudFaults;
import io.vmrestore.verification.chaos.nemesis.FaultLog;
import io.vmrestore.verification.chaos.nemesis.Nemesis;
import io.vmrestore.verification.chaos.nemesis.PlannedFault;
import io.vmrestore.verification.chaos.nemesis.Schedule;
import io.vmrestore.verification.chaos.processes.Fleet;
import io.vmrestore.verification.chaos.verdict.Evidence;
import io.vmrestore.verification.chaos.verdict.Judge;
import io.vmrestore.verification.chaos.verdict.Violation;
import io.vmrestore.verification.chaos.verdict.World;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One run: starts the system, lets clients and nemesis loose on it, heals everything, waits for the end, and judges.
 */
public final class ChaosRun {
    private static final int CUSTOMERS = 8;
    /** VMs that may be replaced, of each tenant and for each minute. */
    private static final int REPLACED_A_MINUTE = 12;

    private final ChaosOptions options;
    private final PrintStream out;
    private final Journal journal;

    public ChaosRun(ChaosOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
        this.journal = new Journal(wrong -> out.println("Wrong answer: " + wrong));
    }

    /**
     * Runs and prints one table.
     *
     * @return whether every promise was kept
     */
    public boolean run() throws Exception {
        Path directory = directory();
        out.println("Replayed by " + options.command());
        out.println("Logs of processes and faults in " + directory);
        boolean kept;
        try (Fleet fleet = new Fleet(directory, options.guarantee());
                FaultLog log = new FaultLog(directory.resolve("faults.tsv"))) {
            // Ctrl-C ends the processes as well.
            Thread end = new Thread(fleet::close, "chaos-end");
            Runtime.getRuntime().addShutdownHook(end);
            kept = run(fleet, log);
            Runtime.getRuntime().removeShutdownHook(end);
        }
        if (kept && options.directory() == null) {
            delete(directory);
        } else if (!kept) {
            out.println("Everything is kept in " + directory);
        }
        return kept;
    }

    private boolean run(Fleet fleet, FaultLog log) throws Exception {
        fleet.start();
        CloudFaults cloud = new CloudFaults(fleet.cloud());
        Client client = new Client(fleet.gateways(), journal);
        int replaceable = (int) options.length().toMinutes() * REPLACED_A_MINUTE;
        Set<String> originals = addServers(cloud, replaceable);
        List<PlannedFault> schedule = Schedule.of(options.seed(), options.length(), options.every());
        out.println("Everything runs; " + schedule.size() + " faults in "
                + options.length().toMinutes() + " minutes");
        Load load = new Load(client, journal, new Wishes(options.seed(), replaceable), options.seed());
        load.start(CUSTOMERS);
        new Nemesis(fleet, cloud, log).run(schedule);
        load.stop();
        cloud.heal();
        fleet.heal();
        try (Aftermath aftermath = new Aftermath(fleet, client, journal)) {
            Duration settled = aftermath.awaitEnd();
            World world = aftermath.world(originals);
            List<Violation> violations = new ArrayList<>(Judge.judge(world));
            violations.addAll(Evidence.missing(world, log.begun(), log.failed()));
            new Report(options, log, journal, world, violations, settled).print(out);
            return violations.isEmpty();
        }
    }

    private static Set<String> addServers(CloudFaults cloud, int replaceable) throws IOException, InterruptedException {
        Set<String> originals = new HashSet<>();
        for (Tenant tenant : Tenant.values()) {
            int count = Wishes.KEPT + replaceable;
            cloud.addServers(tenant.projectName(), count);
            originals.add(tenant.webServerId());
            for (int number = 0; number < count; number++) {
                originals.add(tenant.id("server/load-" + number));
            }
        }
        return originals;
    }

    private Path directory() throws IOException {
        Path wanted = options.directory();
        return wanted == null ? Files.createTempDirectory("restore-chaos-") : Files.createDirectories(wanted);
    }

    private static void delete(Path tree) {
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove " + tree, e);
        }
    }
}
