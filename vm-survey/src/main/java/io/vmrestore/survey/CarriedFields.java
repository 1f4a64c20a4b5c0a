package io.vmrestore.survey;

import io.vmrestore.common.contract.Carried;
import io.vmrestore.openstack.compute.Server;
import io.vmrestore.openstack.compute.VolumeAttachment;
import io.vmrestore.openstack.network.Port;
import io.vmrestore.openstack.volume.Volume;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a restore carries over from the original beside its main parts. */
final class CarriedFields {
    private CarriedFields() {}

    /**
     * Reads them off what the cloud has told.
     *
     * @param ports in the order of the interfaces
     * @param tagsByPort the device tags of the interfaces; empty if the cloud does not tell
     */
    static Carried of(
            Server server,
            Volume bootVolume,
            List<VolumeAttachment> attachments,
            List<Port> ports,
            Optional<Map<String, String>> tagsByPort) {
        String description = bootVolume.description();
        return new Carried(
                List.of(),
                server.accessIpv4(),
                server.accessIpv6(),
                OwnMetadata.strip(OwnMetadata.ofVolume(bootVolume.metadata())),
                description == null || OwnMetadata.describedByRestore(description) ? null : description,
                IntStream.range(0, ports.size())
                        .filter(index -> !ports.get(index).adminStateUp())
                        .boxed()
                        .toList(),
                deviceTag(attachments, bootVolume.id()),
                tagsByPort.map(tags -> byIndex(ports, tags)).orElse(null));
    }

    private static @Nullable String deviceTag(List<VolumeAttachment> attachments, String volumeId) {
        return attachments.stream()
                .filter(each -> each.volumeId().equals(volumeId))
                .findFirst()
                .map(VolumeAttachment::tag)
                .orElse(null);
    }

    private static Map<String, String> byIndex(List<Port> ports, Map<String, String> tags) {
        Map<String, String> byIndex = new TreeMap<>();
        for (int index = 0; index < ports.size(); index++) {
            String tag = tags.get(ports.get(index).id());
            if (tag != null) {
                byIndex.put(String.valueOf(index), tag);
            }
        }
        return byIndex;
    }
}
