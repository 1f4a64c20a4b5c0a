package io.vmrestore.verification.chaos.verdict;

import io.vmrestore.common.contract.ResourceType;
import io.vmrestore.common.contract.StepAddress;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.verification.chaos.cloud.CloudSession;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what the cloud holds over its own interface, as an administrator of all projects. */
public final class CloudReader {
    private final String url;

    /** @param url of the simulated cloud, past every link */
    public CloudReader(String url) {
        this.url = url;
    }

    /** Every server, volume and port, and the key pairs of the user that restores work as. */
    public List<CloudResource> read() throws IOException, InterruptedException {
        List<CloudResource> found = new ArrayList<>();
        CloudSession admin = CloudSession.ofAdministrator(url);
        admin.list("/compute/v2.1/servers/detail?all_tenants=1", "servers").forEach(node -> found.add(server(node)));
        admin.list("/volume/v3/" + SampleCloud.SERVICE_PROJECT_ID + "/volumes/detail?all_tenants=1", "volumes")
                .forEach(node -> found.add(volume(node)));
        admin.list("/network/v2.0/ports", "ports").forEach(node -> found.add(port(node)));
        CloudSession.ofServiceUser(url)
                .list("/compute/v2.1/os-keypairs", "keypairs")
                .forEach(node -> found.add(keyPair(node.path("keypair"))));
        return found;
    }

    private static CloudResource server(JsonNode node) {
        return new CloudResource(
                ResourceType.SERVER, text(node, "id"), text(node, "name"), text(node, "status"), mark(node), List.of());
    }

    private static CloudResource volume(JsonNode node) {
        List<String> servers = StreamSupport.stream(node.path("attachments").spliterator(), false)
                .map(attachment -> text(attachment, "server_id"))
                .toList();
        return new CloudResource(
                ResourceType.VOLUME, text(node, "id"), text(node, "name"), text(node, "status"), mark(node), servers);
    }

    private static CloudResource port(JsonNode node) {
        String device = text(node, "device_id");
        return new CloudResource(
                ResourceType.PORT,
                text(node, "id"),
                text(node, "name"),
                text(node, "status"),
                CloudResource.markOfPort(text(node, "name")),
                device.isEmpty() ? List.of() : List.of(device));
    }

    private static CloudResource keyPair(JsonNode node) {
        String name = text(node, "name");
        return new CloudResource(ResourceType.KEY_PAIR, name, name, "", CloudResource.markOfKeyPair(name), List.of());
    }

    private static @Nullable String mark(JsonNode node) {
        String mark = text(node.path("metadata"), StepAddress.MARK_KEY);
        return mark.isEmpty() ? null : mark;
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }
}
