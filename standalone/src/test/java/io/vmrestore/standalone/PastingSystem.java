package io.vmrestore.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.simulator.Simulator;
import io.vmrestore.simulator.cloud.compute.Server;
import io.vmrestore.simulator.cloud.network.Port;
import io.vmrestore.simulator.sample.SampleCloud;
import io.vmrestore.simulator.sample.SampleCloud.Tenant;
import io.vmrestore.standalone.server.StandaloneServer;
import io.vmrestore.standalone.server.StandaloneSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A standalone that ends restores in every way, and the shell into which a person pastes the commands they print. */
final class PastingSystem implements AutoCloseable {
    final Simulator cloud;
    final RestClient admin;
    final StockClient shell;
    final Restores restores;
    private final StandaloneServer server;
    private final StockClient serviceUser;

    /**
     * Starts it.
     *
     * @param directory of its data and of the shells
     * @param more settings beside those of a system without delays
     */
    PastingSystem(Path directory, Map<String, String> more) {
        StockClient.require();
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        Map<String, String> environment = InstantStandalone.environment(directory);
        environment.putAll(more);
        server = StandaloneServer.start(StandaloneSettings.fromEnvironment(environment));
        cloud = server.simulator();
        admin = new RestClient(server.instance().gateway())
                .signedIn(SampleCloud.ADMIN, SampleCloud.ADMIN_PASSWORD, "service");
        shell = new StockClient(cloud.authUrl(), SampleCloud.ADMIN, SampleCloud.ADMIN_PASSWORD, directory);
        serviceUser = new StockClient(
                cloud.authUrl(), SampleCloud.SERVICE_USER, SampleCloud.SERVICE_USER_PASSWORD, directory);
        restores = new Restores(admin);
    }

    /** Pastes every command of an ended restore, each as the user who may do it. */
    void paste(JsonNode job) {
        restores.paste(job, shell, serviceUser);
    }

    /** A tenant's VM as it is now. */
    VmInCloud now(Tenant tenant, String name) {
        return VmInCloud.named(cloud, tenant, name);
    }

    /** Nothing of what the restore called left behind is there any more. */
    void assertNothingLeft(JsonNode job) {
        List<String> left = job.path("leftovers").findValuesAsString("id");
        assertThat(left).isNotEmpty();
        assertThat(Stream.of(
                                cloud.servers().stream().map(Server::id),
                                cloud.ports().stream().map(Port::id),
                                cloud.volumes().stream().map(volume -> volume.id()))
                        .flatMap(ids -> ids))
                .doesNotContainAnyElementsOf(left);
        assertNoKeyPair(job);
    }

    void assertNoKeyPair(JsonNode job) {
        String users = "openstack --os-compute-api-version 2.10 keypair list -f value --user ";
        assertThat(shell.paste(List.of(users + SampleCloud.ADMIN, users + SampleCloud.SERVICE_USER)))
                .doesNotContain(job.path("job_id").asString());
    }

    @Override
    public void close() {
        server.close();
    }
}
