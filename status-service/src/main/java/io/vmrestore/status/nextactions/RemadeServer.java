package io.vmrestore.status.nextactions;

import io.vmrestore.common.contract.AttachedVolume;
import io.vmrestore.common.contract.Carried;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.Plan;
import io.vmrestore.common.contract.SourceServer;
import io.vmrestore.common.contract.StepAddress;
import io.vmrestore.common.lifecycle.JobState;
import io.vmrestore.common.text.ClientCommand;
import io.vmrestore.common.text.ForeignText;
import io.vmrestore.common.text.ShellText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The server that a restore did not come to make, with what the original had, made by the commands of a person. */
final class RemadeServer {
    /** With tags and device tags; every supported release has it. */
    private static final String COMPUTE_VERSION = "2.52";

    /** What restores write into metadata and tags of VMs that they make; one made by hand is not theirs. */
    private static final Predicate<String> OURS =
            key -> key.equals(StepAddress.MARK_KEY) || key.startsWith("restored_from_") || key.startsWith("restore:");

    private final Plan plan;
    private final SourceServer original;
    private final String volume;
    private final String keyPair;
    private final List<String> ports = new ArrayList<>();
    private final List<String> cards = new ArrayList<>();

    RemadeServer(JobState job, Plan plan, String volume) {
        this.plan = plan;
        this.volume = volume;
        original = plan.server();
        keyPair = "restore-" + job.jobId();
    }

    /**
     * Gives it an interface.
     *
     * @param port its id, or shell text that stands for it
     */
    void plugIn(NicPlan nic, String port) {
        Carried carried = plan.carried();
        String tag = carried == null || carried.interfaceTags() == null
                ? null
                : carried.interfaceTags().get(String.valueOf(nic.index()));
        ports.add(port);
        cards.add("port-id=" + port + (tag == null ? "" : ShellText.quoted(",tag=" + tag)));
    }

    List<Instruction> instructions() {
        List<Instruction> todo = new ArrayList<>();
        String project = plan.projectId();
        String publicKey = original.publicKey();
        boolean withKey = publicKey != null && original.keyName() != null;
        if (publicKey != null && original.keyName() != null) {
            todo.add(new Instruction(
                    "Import its key pair for yourself, as an administrator: Nova refuses a key pair to everybody but"
                            + " its owner",
                    importKey(publicKey, original.keyName())));
        } else if (original.keyName() != null) {
            todo.add(Instruction.of("Its key pair " + ForeignText.quoted(original.keyName())
                    + " is gone; the server is made without one"));
        }
        if (plan.userData() != null) {
            todo.add(Instruction.of(
                    "The original had user_data (" + plan.userData().bytes()
                            + " bytes), which is kept sealed: add --user-data FILE with your own copy of it to the next"
                            + " command"));
        }
        todo.add(Instruction.of("Make the server", create()));
        if (withKey) {
            todo.add(Instruction.of(
                    "Delete your import of the key pair; the server keeps its key",
                    ClientCommand.in(project, "keypair delete").about(keyPair)));
        }
        String inaccessible = noOptionFor();
        if (!inaccessible.isEmpty()) {
            todo.add(Instruction.of("The client has no option for what else the original had: " + inaccessible));
        }
        original.attachments().stream()
                .filter(attached -> !attached.boot())
                .map(this::attach)
                .forEach(todo::add);
        return todo;
    }

    private String importKey(String publicKey, String keyName) {
        ClientCommand create = ClientCommand.in(plan.projectId(), "keypair create", "2.2");
        if (publicKey.startsWith("-----BEGIN CERTIFICATE")) {
            create.option("--type", "x509");
        }
        // An administrator may read the key of another user since this version of Nova's API.
        ClientCommand owners = ClientCommand.in(plan.projectId(), "keypair show", "2.10")
                .flag("--public-key")
                .option("--user", original.userId())
                .about(keyName);
        return create.expanded("--public-key", "<(" + owners + ")")
                .about(keyPair)
                .toString();
    }

    private ClientCommand create() {
        ClientCommand create = ClientCommand.in(plan.projectId(), "server create", COMPUTE_VERSION)
                .flag("--wait")
                .option(
                        "--flavor",
                        Objects.requireNonNullElse(
                                original.flavor().id(), original.flavor().name()))
                .option("--volume", volume);
        cards.forEach(card -> create.expanded("--nic", card));
        if (cards.isEmpty()) {
            create.option("--nic", "none");
        }
        if (original.publicKey() != null && original.keyName() != null) {
            create.option("--key-name", keyPair);
        }
        Carried carried = plan.carried();
        boolean anyZone = carried != null && carried.leftOut().contains("availability_zone");
        if (original.availabilityZone() != null && !anyZone) {
            create.option("--availability-zone", original.availabilityZone());
        }
        if (original.configDrive()) {
            create.option("--config-drive", "True");
        }
        if (original.serverGroupId() != null) {
            create.option("--hint", "group=" + original.serverGroupId());
        }
        if (original.description() != null && !original.description().isEmpty()) {
            create.option("--description", original.description());
        }
        new TreeMap<>(original.metadata()).forEach((key, value) -> {
            if (!OURS.test(key)) {
                create.option("--property", key + "=" + value);
            }
        });
        original.tags().stream().filter(OURS.negate()).sorted().forEach(tag -> create.option("--tag", tag));
        return create.about(plan.newName());
    }

    private String noOptionFor() {
        Carried carried = plan.carried();
        return carried == null
                ? ""
                : Stream.of(
                                field("accessIPv4", carried.accessIpv4()),
                                field("accessIPv6", carried.accessIpv6()),
                                field("device tag of the boot disk", carried.bootDiskTag()))
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining(", "));
    }

    private static String field(String name, @Nullable String value) {
        return value == null ? "" : name + " " + value;
    }

    /** The server is told by a port of its own: its name may be that of another one too. */
    private Instruction attach(AttachedVolume attached) {
        ClientCommand attach = ClientCommand.in(plan.projectId(), "server add volume");
        if (ports.isEmpty()) {
            attach.about(plan.newName());
        } else {
            attach.aboutExpanded("\"$("
                    + ClientCommand.in(plan.projectId(), "port show")
                            .option("-f", "value")
                            .option("-c", "device_id")
                            .aboutExpanded(ports.getFirst())
                    + ")\"");
        }
        return Instruction.of("Attach data volume again", attach.about(attached.volumeId()));
    }
}
