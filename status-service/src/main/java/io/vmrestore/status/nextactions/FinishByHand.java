package io.vmrestore.status.nextactions;

import io.vmrestore.common.contract.Action;
import io.vmrestore.common.contract.AddressPair;
import io.vmrestore.common.contract.FixedIp;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.SourceServer;
import io.vmrestore.common.contract.StepAddress;
import io.vmrestore.common.lifecycle.JobState;
import io.vmrestore.common.lifecycle.StepState;
import io.vmrestore.common.text.ForeignText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How an operator brings a VM back whose original is deleted and whose restore did not come to its end. */
final class FinishByHand {
    /** What restores write into the metadata of VMs that they make; one made by hand is not theirs. */
    private static final Predicate<String> OURS =
            key -> key.equals(StepAddress.MARK_KEY) || key.startsWith("restored_from_");

    private final JobState job;
    private final Plan plan;
    private final SourceServer original;

    private FinishByHand(JobState job, Plan plan) {
        this.job = job;
        this.plan = plan;
        original = plan.server();
    }

    static List<String> of(JobState job, Plan plan) {
        return new FinishByHand(job, plan).actions();
    }

    private List<String> actions() {
        List<String> actions = new ArrayList<>();
        actions.add(
                job.originalDeleted()
                        ? "The original VM " + ForeignText.quoted(original.name()) + " (" + original.id()
                                + ") is deleted. Its disk as of the"
                                + " snapshot is on volume " + volume() + "; finish the restore with these commands in"
                                + " project " + ForeignText.quoted(plan.projectName()) + " (" + plan.projectId() + ")"
                        : "The original VM " + ForeignText.quoted(original.name()) + " (" + original.id()
                                + ") was asked to be deleted; see whether it is gone before anything else: "
                                + Client.of(plan, "server", "show", original.id()));
        Optional<String> server = left(Action.CREATE_SERVER, null);
        if (server.isPresent()) {
            actions.add(
                    "The restored server exists; see how it is: " + Client.of(plan, "server", "show", server.get()));
            actions.add("If it does not come up, delete it and make it again, its volume and ports stay: "
                    + Client.of(plan, "server", "delete", "--wait", server.get()));
        }
        List<String> ports = new ArrayList<>();
        for (NicPlan nic : plan.nics()) {
            ports.add(left(Action.CREATE_PORT, nic.index()).orElseGet(() -> {
                actions.add("Make the port of interface " + nic.index() + ": " + createPort(nic));
                return portName(nic);
            }));
        }
        // Nova refuses a key pair to everybody but its owner.
        String owner = original.keyName() == null ? "" : " as user " + original.userId() + ", who has its key pair";
        actions.add("Make the server" + owner + ": " + createServer(ports));
        if (plan.userData() != null) {
            actions.add("The original had user_data (" + plan.userData().bytes()
                    + " bytes), which is kept sealed: add --user-data FILE with your own copy of it");
        }
        original.attachments().stream()
                .filter(volume -> !volume.boot())
                .map(volume -> "Attach data volume again: "
                        + Client.of(plan, "server", "add", "volume", plan.newName(), volume.volumeId()))
                .forEach(actions::add);
        actions.addAll(KeptDisk.of(job, plan));
        return List.copyOf(actions);
    }

    private String volume() {
        return left(Action.CREATE_VOLUME, null).orElse("?");
    }

    private Optional<String> left(Action action, @Nullable Integer nic) {
        return job.forwardSteps()
                .filter(step -> step.plan().action() == action)
                .filter(step -> nic == null || nic.equals(step.plan().nic()))
                .map(StepState::made)
                .filter(Objects::nonNull)
                .filter(id ->
                        job.leftovers().stream().anyMatch(kept -> kept.id().equals(id)))
                .findFirst();
    }

    private String createPort(NicPlan nic) {
        List<String> words = words("port", "create", "--network", nic.networkId());
        // Not all that it had: Neutron refuses to be asked for an address that follows from the MAC, even for that one.
        for (FixedIp ip : nic.requestedIps()) {
            add(words, "--fixed-ip", "subnet=" + ip.subnetId() + ",ip-address=" + ip.ipAddress());
        }
        add(words, "--mac-address", nic.macAddress());
        if (nic.securityGroups().isEmpty()) {
            words.add("--no-security-group");
        }
        nic.securityGroups().forEach(group -> add(words, "--security-group", group));
        if (!nic.portSecurityEnabled()) {
            words.add("--disable-port-security");
        }
        for (AddressPair pair : nic.allowedAddressPairs()) {
            String mac = pair.macAddress() == null ? "" : ",mac-address=" + pair.macAddress();
            add(words, "--allowed-address", "ip-address=" + pair.ipAddress() + mac);
        }
        words.add(portName(nic));
        return Client.of(plan, words);
    }

    private String portName(NicPlan nic) {
        return "restore-" + job.jobId() + "-nic-" + nic.index();
    }

    private String createServer(List<String> ports) {
        List<String> words = words("server", "create");
        add(
                words,
                "--flavor",
                original.flavor().id() == null
                        ? original.flavor().name()
                        : original.flavor().id());
        add(words, "--volume", volume());
        ports.forEach(port -> add(words, "--nic", "port-id=" + port));
        if (original.keyName() != null) {
            add(words, "--key-name", original.keyName());
        }
        if (original.availabilityZone() != null) {
            add(words, "--availability-zone", original.availabilityZone());
        }
        if (original.configDrive()) {
            add(words, "--config-drive", "True");
        }
        if (original.serverGroupId() != null) {
            add(words, "--hint", "group=" + original.serverGroupId());
        }
        new TreeMap<>(original.metadata()).forEach((key, value) -> {
            if (!OURS.test(key)) {
                add(words, "--property", key + "=" + value);
            }
        });
        words.add(plan.newName());
        return Client.of(plan, words);
    }

    private static List<String> words(String... first) {
        return new ArrayList<>(List.of(first));
    }

    private static void add(List<String> words, String option, String value) {
        words.add(option);
        words.add(value);
    }
}
