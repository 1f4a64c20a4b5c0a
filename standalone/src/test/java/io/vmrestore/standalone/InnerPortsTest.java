package io.vmrestore.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vmrestore.standalone.server.StandaloneServer;
import io.vmrestore.standalone.server.StandaloneSettings;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody but this machine, or the containers' network, reaches what only the services need. */
class InnerPortsTest {
    /** Loopback as well, and another address than the one that is listened at. */
    private static final String ELSEWHERE = "127.0.0.2";

    private static final List<String> SERVICES =
            List.of("status-service", "planner-service", "executor-service", "api-gateway");

    @TempDir
    private Path directory;

    @Test
    void standaloneListensAtTheLoopbackAddress() throws IOException {
        assumeTrue(hasAddress(), "this system has one loopback address only");
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        Map<String, String> environment = InstantStandalone.environment(directory);
        List<Integer> ports = new ArrayList<>();
        for (String service : List.of("GATEWAY", "PLANNER", "EXECUTOR", "STATUS")) {
            int port = freePort();
            environment.put("RESTORE_" + service + "_MANAGEMENT_PORT", Integer.toString(port));
            ports.add(port);
        }
        try (StandaloneServer server = StandaloneServer.start(StandaloneSettings.fromEnvironment(environment))) {
            for (String service : List.of("STATUS", "PLANNER")) {
                ports.add(URI.create(server.environment().get("RESTORE_" + service + "_URL"))
                        .getPort());
            }
            for (int port : ports) {
                connect("127.0.0.1", port);
                assertThatThrownBy(() -> connect(ELSEWHERE, port)).isInstanceOf(ConnectException.class);
            }
        }
    }

    @Test
    void containersListenOnTheirNetworkAndPublishTheGatewayAlone() throws IOException {
        String compose = Files.readString(Path.of("..", "docker-compose.yml"));
        assertThat(compose).contains("x-internal: &internal\n  RESTORE_INTERNAL_ADDRESS: 0.0.0.0\n");
        for (String service : SERVICES) {
            int begin = compose.indexOf("\n  " + service + ":\n");
            assertThat(compose.substring(compose.indexOf("    environment:\n", begin)))
                    .as(service)
                    .containsPattern("\\A    environment:\\n      <<: (\\*internal|\\[\\*internal, \\*\\w+])\\n");
        }
        assertThat(Pattern.compile("(?m)^ +ports:\\n( +- .*)$").matcher(compose).results())
                .as("published ports")
                .extracting(found -> found.group(1).strip())
                .containsExactly("- \"127.0.0.1:${RESTORE_GATEWAY_PORT:-8080}:8080\"");
    }

    private static void connect(String address, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 5_000);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean hasAddress() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(ELSEWHERE, 0));
            return true;
        } catch (IOException none) {
            return false;
        }
    }
}
