package io.vmrestore.survey.create;

import io.vmrestore.common.contract.SourceServer;
import io.vmrestore.common.text.ForeignText;
import io.vmrestore.openstack.compute.KeyPair;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether what a create call names will do for it: zone, image, key pair and server group, as the cloud has them now.
 */
final class LookupChecks {
    private static final Set<String> STRICT = Set.of("affinity", "anti-affinity");

    private final CreateRequest request;
    private final CreateFacts facts;
    private final SourceServer source;
    private final Findings findings;

    LookupChecks(CreateRequest request, CreateFacts facts, Findings findings) {
        this.request = request;
        this.facts = facts;
        source = request.source();
        this.findings = findings;
    }

    void run() {
        zone();
        image();
        keyPair();
        group();
    }

    private void zone() {
        String zone = source.availabilityZone();
        if (zone == null) {
            return;
        }
        if (facts.zones() == null) {
            findings.unknown("whether availability zone " + ForeignText.quoted(zone) + " is offered", "compute");
        } else if (!facts.zones().contains(zone)) {
            findings.leaveOut(CreateProof.ZONE);
            findings.warning(
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
            findings.reason("The image of the boot volume demands " + ram + " MiB of memory (min_ram), but flavor "
                    + ForeignText.quoted(source.flavor().name()) + " has "
                    + source.flavor().ramMegabytes()
                    + "; resize the VM or lower min_ram of volume "
                    + source.bootVolume().id() + " first");
        }
        long disk = number(image.get("min_disk"));
        if (disk > request.volumeGigabytes()) {
            findings.reason(
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
            findings.unknown(
                    "whether key pair " + ForeignText.quoted(source.keyName()) + " can be imported for the acting user",
                    "compute");
            return;
        }
        boolean there = own.stream()
                .anyMatch(pair -> pair.name().equals(source.keyName())
                        && pair.fingerprint().equals(fingerprint));
        if (!there && own.size() + 1 > limit.get()) {
            findings.reason("The VM's key pair " + ForeignText.quoted(source.keyName())
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
            findings.reason("Server group " + id
                    + " of the VM does not exist any more, so Nova would refuse to put a new" + " server into it");
            return;
        }
        Optional<Long> limit = facts.limit(CreateFacts.GROUP_MEMBERS);
        if (facts.group() == null || limit.isEmpty()) {
            findings.unknown("whether server group " + id + " has room", "compute");
            return;
        }
        long others = facts.group().members().stream()
                .filter(member -> !request.destroysFirst() || !member.equals(source.id()))
                .count();
        if (others + 1 > limit.get()) {
            // Nova counts the members of each user by themselves; whose they are, the group does not tell.
            findings.unknown(
                    "whether server group " + ForeignText.quoted(facts.group().name()) + " has room (it has " + others
                            + " other members of " + limit.get() + ")",
                    "compute");
        }
        if (!request.destroysFirst() && STRICT.contains(facts.group().policy())) {
            findings.warning("Server group " + ForeignText.quoted(facts.group().name()) + " has policy "
                    + ForeignText.inSentence(facts.group().policy())
                    + "; if no host fits it beside the original, the restored VM is not built");
        }
    }

    /** A property of an image is text; one that is no number demands nothing. */
    private static long number(@Nullable String text) {
        return text != null && text.matches("\\d{1,9}") ? Long.parseLong(text) : 0;
    }
}
