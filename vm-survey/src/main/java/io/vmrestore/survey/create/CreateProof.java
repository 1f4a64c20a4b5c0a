package io.vmrestore.survey.create;

import static java.util.stream.Collectors.joining;

import io.vmrestore.common.contract.Carried;
import io.vmrestore.common.contract.NicPlan;
import io.vmrestore.common.contract.ServerName;
import io.vmrestore.common.contract.SourceServer;
import io.vmrestore.common.contract.StepAddress;
import io.vmrestore.common.text.ClientCommand;
import io.vmrestore.common.text.ForeignText;
import io.vmrestore.openstack.compute.KeyPair;
import io.vmrestore.openstack.network.Port;
import io.vmrestore.survey.Origin;
import io.vmrestore.survey.OwnMetadata;
import io.vmrestore.survey.SurveyedVm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether Nova and Neutron will accept every create call of a restore, judged by what they check before they answer
 * 202. The one place that decides it: asked when a plan is made, when it is validated, and right before an original is
 * deleted, each time with facts read anew. Sources: Nova's API schemas and quota checks, Neutron's of ports; see
 * {@code docs/preserved.md}.
 *
 * <p>What the cloud does not tell is a warning; where the original would be gone before the call, it is a reason.
 */
public final class CreateProof {
    /** Where a server's zone is left out. */
    public static final String ZONE = "availability_zone";

    private static final Pattern METADATA_KEY = Pattern.compile("[a-zA-Z0-9-_:. ]{1,255}");
    private static final Pattern TAG = Pattern.compile("[^,/]{1,60}");
    private static final int LONGEST_USER_DATA = 65_535;
    private static final Set<String> STRICT = Set.of("affinity", "anti-affinity");

    private final CreateRequest request;
    private final SurveyedVm vm;
    private final CreateFacts facts;
    private final SourceServer source;
    private final List<String> reasons = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();

    private CreateProof(CreateRequest request, SurveyedVm vm, CreateFacts facts) {
        this.request = request;
        this.vm = vm;
        this.facts = facts;
        source = request.source();
    }

    /**
     * Judges a request.
     *
     * @param vm the original as it is now
     */
    public static CreateProof of(CreateRequest request, SurveyedVm vm, CreateFacts facts) {
        CreateProof proof = new CreateProof(request, vm, facts);
        proof.name();
        proof.texts();
        proof.metadata();
        proof.tags();
        proof.zone();
        proof.image();
        proof.keyPair();
        proof.group();
        request.nics().forEach(proof::port);
        return proof;
    }

    /** Why a call would be refused, each with the remedy; empty if all would be accepted. */
    public List<String> reasons() {
        return List.copyOf(reasons);
    }

    /** What is left out, and what cannot be known, one sentence each without its full stop. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** What is carried of the original as it is now, without what the cloud would refuse. */
    public Carried carried() {
        Carried all = vm.carried();
        // The address belongs to the original as long as that exists.
        boolean access = request.destroysFirst() && request.ipStrategy().asksForAddresses();
        return new Carried(
                List.copyOf(leftOut),
                access ? all.accessIpv4() : null,
                access ? all.accessIpv6() : null,
                all.volumeMetadata(),
                all.volumeDescription(),
                all.portsDown(),
                all.bootDiskTag(),
                all.interfaceTags());
    }

    private void name() {
        ServerName.problem(request.newName()).ifPresent(problem -> {
            String allowed = ServerName.allowedPart(request.newName());
            reasons.add("Nova would refuse the name of the VM, which " + problem + "; rename it first: "
                    + ClientCommand.in(source.projectId(), "server set")
                            .option("--name", allowed.isEmpty() ? "NAME" : ServerName.cut(allowed, ServerName.LONGEST))
                            .about(source.id()));
        });
    }

    private void texts() {
        String description = source.description();
        if (description != null && length(description) > ServerName.LONGEST) {
            reasons.add("The description of the VM has more than " + ServerName.LONGEST
                    + " characters, which Nova refuses; shorten it first: "
                    + ClientCommand.in(source.projectId(), "server set", "2.19")
                            .option("--description", ServerName.cut(description, ServerName.LONGEST))
                            .about(source.id()));
        }
        if (vm.userData() != null && vm.userData().length() > LONGEST_USER_DATA) {
            reasons.add("The user_data of the VM has more than " + LONGEST_USER_DATA
                    + " characters in base64, which Nova refuses");
        }
    }

    private void metadata() {
        Map<String, String> own = OwnMetadata.strip(source.metadata());
        List<String> refused = own.entrySet().stream()
                .filter(entry -> !METADATA_KEY.matcher(entry.getKey()).matches()
                        || length(entry.getValue()) > ServerName.LONGEST)
                .map(Map.Entry::getKey)
                .toList();
        if (!refused.isEmpty()) {
            reasons.add("Nova would refuse these metadata items of the VM: " + quoted(refused)
                    + "; remove them first: "
                    + unset("--property", refused, "2.1"));
        }
        Optional<Long> limit = facts.limit(CreateFacts.METADATA_ITEMS);
        if (limit.isEmpty()) {
            unknown("how many metadata items a server may have", "compute");
            return;
        }
        long room = limit.get() - own.size();
        if (room < 0) {
            reasons.add("The VM has " + own.size() + " metadata items, but the cloud allows a new server only "
                    + limit.get() + "; remove some first, or have quota metadata_items raised");
            return;
        }
        List<String> without = OwnMetadata.leftOut(source, room);
        if (!without.isEmpty()) {
            leftOut.addAll(without);
            warnings.add(withoutMetadata(own.size(), limit.get(), without));
        }
    }

    private static String withoutMetadata(int own, long limit, List<String> without) {
        List<String> keys = without.stream()
                .map(field -> field.substring(OwnMetadata.FIELD.length()))
                .toList();
        String sentence =
                "The cloud allows " + limit + " metadata items and the VM has " + own + " of its own, which all"
                        + " stay; of what a restore adds, " + String.join(", ", keys) + " is left out";
        if (keys.contains(StepAddress.MARK_KEY)) {
            sentence += "; the restored VM is found by its tag alone";
        }
        if (keys.contains(Origin.OWNER) || keys.contains(Origin.KEY)) {
            sentence += "; a later restore of the restored VM does not find its key pair";
        }
        return sentence;
    }

    private void tags() {
        List<String> own = OwnMetadata.strip(source.tags());
        List<String> refused =
                own.stream().filter(tag -> !TAG.matcher(tag).matches()).toList();
        if (!refused.isEmpty()) {
            reasons.add("Nova would refuse these tags of the VM: " + quoted(refused)
                    + "; remove them first: "
                    + unset("--tag", refused, "2.26"));
        }
        if (own.size() >= OwnMetadata.MOST_TAGS) {
            warnings.add("The VM has " + own.size() + " tags, as many as there may be; one of them is set only when the"
                    + " restore ends, in place of the tag by which the restore finds its VM");
        }
    }

    private void zone() {
        String zone = source.availabilityZone();
        if (zone == null) {
            return;
        }
        if (facts.zones() == null) {
            unknown("whether availability zone " + ForeignText.quoted(zone) + " is offered", "compute");
        } else if (!facts.zones().contains(zone)) {
            leftOut.add(ZONE);
            warnings.add(
                    "Availability zone " + ForeignText.quoted(zone) + " of the VM is not offered any more (offered: "
                            + ForeignText.quoted(facts.zones().stream().sorted().toList())
                            + "), so the restored VM asks for none and goes where Nova finds room");
        }
    }

    /** What the image demands of a server is checked again for every new one. */
    private void image() {
        Map<String, String> image = source.bootVolume().imageMetadata();
        long ram = number(image.get("min_ram"));
        if (ram > source.flavor().ramMegabytes()) {
            reasons.add("The image of the boot volume demands " + ram + " MiB of memory (min_ram), but flavor "
                    + ForeignText.quoted(source.flavor().name()) + " has "
                    + source.flavor().ramMegabytes()
                    + "; resize the VM or lower min_ram of volume "
                    + source.bootVolume().id() + " first");
        }
        long disk = number(image.get("min_disk"));
        if (disk > request.volumeGigabytes()) {
            reasons.add(
                    "The image of the boot volume demands a disk of " + disk + " GiB (min_disk), but the restored one"
                            + " has " + request.volumeGigabytes() + "; lower min_disk of volume "
                            + source.bootVolume().id() + " first");
        }
    }

    private void keyPair() {
        String fingerprint = source.keyFingerprint();
        if (source.keyName() == null || fingerprint == null || source.publicKey() == null) {
            return;
        }
        List<KeyPair> own = facts.keyPairs();
        Optional<Long> limit = facts.limit(CreateFacts.KEY_PAIRS);
        if (own == null || limit.isEmpty()) {
            unknown(
                    "whether key pair " + ForeignText.quoted(source.keyName()) + " can be imported for the acting user",
                    "compute");
            return;
        }
        boolean there = own.stream()
                .anyMatch(pair -> pair.name().equals(source.keyName())
                        && pair.fingerprint().equals(fingerprint));
        if (!there && own.size() + 1 > limit.get()) {
            reasons.add("The VM's key pair " + ForeignText.quoted(source.keyName())
                    + " has to be imported for the acting user, who has "
                    + own.size() + " key pairs of " + limit.get()
                    + "; delete some of them, or have quota key_pairs raised");
        }
    }

    private void group() {
        String id = source.serverGroupId();
        if (id == null) {
            return;
        }
        if (facts.groupGone()) {
            reasons.add("Server group " + id + " of the VM does not exist any more, so Nova would refuse to put a new"
                    + " server into it");
            return;
        }
        Optional<Long> limit = facts.limit(CreateFacts.GROUP_MEMBERS);
        if (facts.group() == null || limit.isEmpty()) {
            unknown("whether server group " + id + " has room", "compute");
            return;
        }
        long others = facts.group().members().stream()
                .filter(member -> !request.destroysFirst() || !member.equals(source.id()))
                .count();
        if (others + 1 > limit.get()) {
            // Nova counts the members of each user by themselves; whose they are, the group does not tell.
            unknown(
                    "whether server group " + ForeignText.quoted(facts.group().name()) + " has room (it has " + others
                            + " other members of " + limit.get() + ")",
                    "compute");
        }
        if (!request.destroysFirst() && STRICT.contains(facts.group().policy())) {
            warnings.add("Server group " + ForeignText.quoted(facts.group().name()) + " has policy "
                    + ForeignText.inSentence(facts.group().policy())
                    + "; if no host fits it beside the original, the restored VM is not built");
        }
    }

    private void port(NicPlan nic) {
        String which = "interface " + nic.index() + " (" + nic.macAddress() + ")";
        if (nic.dnsName() != null && !HostName.certainly(nic.dnsName(), request.newName())) {
            reasons.add("Port DNS name " + ForeignText.quoted(nic.dnsName()) + " of " + which
                    + " is not the host name that Nova gives a" + " server named "
                    + ForeignText.quoted(request.newName()) + ", so the server would end in ERROR; make a new plan");
        }
        trunk(nic).ifPresent(trunk -> {
            if (!request.destroysFirst()) {
                warnings.add("The trunk " + trunk.id() + " of " + which + " and its sub-ports stay with the original: "
                        + String.join(", ", trunk.subPorts()));
            } else if (!request.ipStrategy().asksForAddresses()) {
                reasons.add("The port of " + which + " is the parent of trunk " + trunk.id()
                        + ", so it cannot be deleted; plan with ip_strategy SAME_IPS_OR_FAIL or TRY_SAME_IPS, which"
                        + " keep it, or delete the trunk first: "
                        + ClientCommand.in(source.projectId(), "network trunk delete")
                                .about(trunk.id()));
            }
        });
    }

    private Optional<Port.Trunk> trunk(NicPlan nic) {
        return vm.ports().stream()
                .filter(port -> port.id().equals(nic.sourcePortId()))
                .findFirst()
                .map(Port::trunk);
    }

    private static String quoted(List<String> names) {
        return names.stream().map(ForeignText::quoted).collect(joining(", "));
    }

    private ClientCommand unset(String option, List<String> values, String computeVersion) {
        ClientCommand unset = ClientCommand.in(source.projectId(), "server unset", computeVersion);
        values.forEach(value -> unset.option(option, value));
        return unset.about(source.id());
    }

    private void unknown(String what, String service) {
        String sentence = "The " + service + " service does not tell " + what;
        if (request.destroysFirst()) {
            reasons.add(sentence + ", and it must be known before the VM is deleted; give the service user the right to"
                    + " read it, or restore beside the VM (mode NEW)");
        } else {
            warnings.add(sentence + "; that shows only when the restore runs");
        }
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.codePointCount(0, text.length());
    }

    /** A property of an image is text; one that is no number demands nothing. */
    private static long number(@Nullable String text) {
        return text != null && text.matches("\\d{1,9}") ? Long.parseLong(text) : 0;
    }
}
