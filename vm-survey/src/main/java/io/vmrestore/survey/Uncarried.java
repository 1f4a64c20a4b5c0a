package io.vmrestore.survey;

import io.vmrestore.common.text.ForeignText;
import io.vmrestore.openstack.compute.Flavor;
import io.vmrestore.openstack.compute.Server;
import io.vmrestore.openstack.compute.ServerFlavor;
import io.vmrestore.openstack.volume.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is set of a VM and no restore carries: everything in the cloud's answers that is neither restored nor known to
 * change by itself. A field that a later release of the cloud brings is told by its name.
 */
public final class Uncarried {
    private Uncarried() {}

    /** Of a server, its flavor and its boot volume, one sentence each without its full stop. */
    static List<String> of(Server server, @Nullable Flavor today, Volume bootVolume) {
        List<String> sentences = new ArrayList<>();
        if (!server.others().isEmpty()) {
            sentences.add("Of the VM is not restored: " + describe(server.others()));
        }
        if (!bootVolume.others().isEmpty()) {
            sentences.add("Of the boot volume is not restored: " + describe(bootVolume.others()));
        }
        if (today != null) {
            flavor(server.flavor(), today).forEach(sentences::add);
        }
        return sentences;
    }

    /** Fields with their values, where those are short. */
    public static String describe(Map<String, String> fields) {
        return new TreeMap<>(fields)
                .entrySet().stream()
                        .map(field -> ForeignText.inSentence(field.getKey())
                                + (field.getValue().isEmpty() ? "" : " (" + shown(field.getValue()) + ")"))
                        .collect(Collectors.joining(", "));
    }

    /** A plain word as it is; anything that could be taken for a part of the sentence in quotation marks. */
    private static String shown(String value) {
        return value.matches("[\\w.:/+-]*") ? value : ForeignText.quoted(value);
    }

    /** A server keeps what its flavor was when it was made; a new one gets what the flavor is today. */
    private static List<String> flavor(ServerFlavor then, Flavor today) {
        List<String> changed = new ArrayList<>();
        if (then.ephemeral() != today.ephemeral()) {
            changed.add("an ephemeral disk of " + then.ephemeral() + " GiB, now " + today.ephemeral());
        }
        if (then.swap() != today.swap()) {
            changed.add("swap of " + then.swap() + " MiB, now " + today.swap());
        }
        if (then.extraSpecs() != null
                && today.extraSpecs() != null
                && !Objects.equals(then.extraSpecs(), today.extraSpecs())) {
            changed.add("extra specs " + describe(then.extraSpecs()) + ", now "
                    + (today.extraSpecs().isEmpty() ? "none" : describe(today.extraSpecs())));
        }
        if (changed.isEmpty()) {
            return List.of();
        }
        return List.of("Flavor " + ForeignText.quoted(then.name())
                + " has changed since the VM was made, and the restored VM gets today's: it" + " had "
                + String.join("; ", changed));
    }
}
