package io.vmrestore.verification.simulation;

import io.vmrestore.common.contract.JobStatus;
import io.vmrestore.common.contract.Resource;
import io.vmrestore.common.contract.RestoreMode;
import io.vmrestore.common.contract.RestoreResult;
import io.vmrestore.common.lifecycle.JobState;
import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.compute.Server;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compares what restores say with what is in the cloud. */
final class GroundTruth {
    private final Cloud cloud;
    private final Map<String, String> original;
    private boolean changed;

    GroundTruth(Cloud cloud) {
        this.cloud = cloud;
        original = present();
        cloud.engine().commitTo(_ -> changed = true);
    }

    /** What is there by id, with what it is. */
    private Map<String, String> present() {
        return cloud.execute(() -> {
            Map<String, String> present = new TreeMap<>();
            cloud.servers()
                    .all()
                    .filter(Server::exists)
                    .forEach(server -> present.put(
                            server.id(),
                            "server " + server.spec().name() + " with metadata "
                                    + server.spec().metadata()));
            cloud.volumes().all().forEach(volume -> present.put(volume.id(), "volume " + volume));
            cloud.ports().all().forEach(port -> present.put(port.id(), "port " + port));
            return present;
        });
    }

    /** Checks during the run that nobody deletes an original unasked. */
    void checkOriginals(Observer observer) {
        if (!changed) {
            return;
        }
        changed = false;
        Set<String> servers = cloud.execute(() -> {
            Set<String> there = new LinkedHashSet<>();
            cloud.servers().all().filter(Server::exists).forEach(server -> there.add(server.id()));
            return there;
        });
        original.forEach((id, what) -> {
            if (what.startsWith("server ") && !servers.contains(id) && !observer.deletionCommanded(id)) {
                throw new AssertionError("The original " + id + " is gone, and no deletion was commanded");
            }
        });
    }

    /** Checks at the end. */
    void check(Observer observer) {
        Map<String, String> present = present();
        Map<String, JobState> named = new LinkedHashMap<>();
        for (JobState job : observer.states().values()) {
            job.leftovers().forEach(resource -> named.put(resource.id(), job));
            if (job.result() != null && job.status() == JobStatus.COMPLETED) {
                ids(job.result()).forEach(id -> named.put(id, job));
            }
        }
        present.forEach((id, what) -> {
            if (!original.containsKey(id) && !named.containsKey(id)) {
                throw new AssertionError("No restore names what is in the cloud: " + id + " " + what);
            }
        });
        observer.states().values().forEach(job -> checkResult(job, present));
        checkOthers(observer, present);
    }

    private static List<String> ids(RestoreResult result) {
        List<String> ids = new java.util.ArrayList<>(List.of(result.serverId(), result.volumeId()));
        ids.addAll(result.portIds());
        return ids;
    }

    private void checkResult(JobState job, Map<String, String> present) {
        if (job.status() != JobStatus.COMPLETED) {
            return;
        }
        RestoreResult result = java.util.Objects.requireNonNull(job.result());
        boolean replacedLater = replaced(result.serverId());
        if (!replacedLater && !present.keySet().containsAll(ids(result))) {
            throw new AssertionError("Restore " + job.jobId() + " is COMPLETED, but of " + ids(result) + " are there "
                    + present.keySet().stream().filter(ids(result)::contains).toList());
        }
        @Nullable
        Server server = cloud.execute(() -> cloud.servers()
                .all()
                .filter(one -> one.id().equals(result.serverId()))
                .findFirst()
                .orElse(null));
        if (server == null || !server.exists()) {
            throw new AssertionError("The server of the COMPLETED restore " + job.jobId() + " is not there");
        }
        int nics = java.util.Objects.requireNonNull(job.plan()).nics().size();
        if (result.portIds().size() != nics) {
            throw new AssertionError(
                    "Restore " + job.jobId() + " planned " + nics + " ports and has " + result.portIds());
        }
        if (job.request().mode() == RestoreMode.REPLACE && present.containsKey(job.vmId())) {
            throw new AssertionError("The original of the COMPLETED replacement " + job.jobId() + " is still there");
        }
    }

    private boolean replaced(String serverId) {
        return original.containsKey(serverId);
    }

    /** What belongs to nobody's restore is as it was. */
    private void checkOthers(Observer observer, Map<String, String> present) {
        original.forEach((id, what) -> {
            boolean replaceable = observer.states().values().stream().anyMatch(JobState::pastPointOfNoReturn);
            if (!present.containsKey(id) && !replaceable) {
                throw new AssertionError("Somebody has removed " + id + " " + what);
            }
        });
    }

    /** All that restores name, for the trace. */
    static String names(JobState job) {
        return job.leftovers().stream().map(Resource::id).toList() + " " + job.result();
    }
}
