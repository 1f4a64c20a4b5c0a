package io.vmrestore.survey;

import io.vmrestore.common.contract.FlavorInfo;
import io.vmrestore.common.text.ForeignText;
import io.vmrestore.openstack.compute.Flavor;
import io.vmrestore.openstack.compute.ServerFlavor;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds the flavor of a server among those that exist. From compute 2.47 a server tells only the name its flavor had,
 * and the name may meanwhile belong to a flavor of another size, which would not be the same VM.
 */
final class FlavorSurvey {
    private static final int NEAREST = 3;

    private final ServerFlavor remembered;
    private final List<Flavor> existing;

    FlavorSurvey(ServerFlavor remembered, List<Flavor> existing) {
        this.remembered = remembered;
        this.existing = existing;
    }

    /** The flavor as it is today; empty if none of this size and name exists. */
    Optional<Flavor> existing() {
        return existing.stream().filter(this::same).findFirst();
    }

    FlavorInfo flavor() {
        return existing()
                .map(flavor -> new FlavorInfo(flavor.id(), flavor.name(), flavor.vcpus(), flavor.ram(), flavor.disk()))
                .orElseGet(() -> new FlavorInfo(
                        null, remembered.name(), remembered.vcpus(), remembered.ram(), remembered.disk()));
    }

    /** Names of the flavors nearest in size, those that are not smaller first. */
    List<String> nearest() {
        return existing.stream()
                .sorted(Comparator.comparing((Flavor flavor) ->
                                flavor.ram() < remembered.ram() || flavor.vcpus() < remembered.vcpus())
                        .thenComparingDouble(this::distance)
                        .thenComparing(Flavor::name))
                .limit(NEAREST)
                .map(flavor ->
                        ForeignText.quoted(flavor.name()) + " (" + flavor.vcpus() + " vCPU, " + flavor.ram() + " MiB)")
                .toList();
    }

    private boolean same(Flavor flavor) {
        if (remembered.id() != null) {
            return flavor.id().equals(remembered.id());
        }
        return flavor.name().equals(remembered.name())
                && flavor.vcpus() == remembered.vcpus()
                && flavor.ram() == remembered.ram()
                && flavor.disk() == remembered.disk();
    }

    private double distance(Flavor flavor) {
        return difference(flavor.ram(), remembered.ram()) + difference(flavor.vcpus(), remembered.vcpus());
    }

    private static double difference(int one, int other) {
        return Math.abs(one - other) / (double) Math.max(1, other);
    }
}
