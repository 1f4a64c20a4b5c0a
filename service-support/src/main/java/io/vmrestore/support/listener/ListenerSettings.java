package io.vmrestore.support.listener;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * What a listener allows those who connect to it. All services read the same variables, checked at start. The two sizes
 * reach the server as Spring Boot's own properties.
 *
 * @param headerTimeout from the first byte of a request, or from the connection's begin, to the end of its headers
 *     ({@code RESTORE_HTTP_HEADER_TIMEOUT})
 * @param bodyTimeout from there to the end of its body ({@code RESTORE_HTTP_BODY_TIMEOUT})
 * @param idleTimeout between an answer and the next request ({@code RESTORE_HTTP_IDLE_TIMEOUT})
 * @param writeTimeout for a client to take a part of an answer ({@code RESTORE_HTTP_WRITE_TIMEOUT})
 * @param maxRequestLine longest first line ({@code RESTORE_HTTP_MAX_REQUEST_LINE})
 * @param maxHeaders all headers of a request together ({@code RESTORE_HTTP_MAX_HEADERS})
 * @param connections most at once ({@code RESTORE_HTTP_MAX_CONNECTIONS})
 * @param connectionsPerAddress most of one client address ({@code RESTORE_HTTP_MAX_CONNECTIONS_PER_ADDRESS})
 * @param managementConnections most at once on the management port ({@code RESTORE_MANAGEMENT_MAX_CONNECTIONS})
 * @param requestsPerSecond of one client address without a valid token
 *     ({@code RESTORE_HTTP_ANONYMOUS_REQUESTS_PER_SECOND})
 * @param trustedProxies whose word about the client's address is taken ({@code RESTORE_TRUSTED_PROXIES})
 * @param reservedDescriptors file descriptors of the process that no connection may take
 *     ({@code RESTORE_HTTP_RESERVED_DESCRIPTORS})
 * @param descriptorShare percent of the other descriptors that connections to this service may take; the rest is for
 *     what it opens because of them, and for other services in the same process
 */
@ConfigurationProperties("restore.http")
public record ListenerSettings(
        Duration headerTimeout,
        Duration bodyTimeout,
        Duration idleTimeout,
        Duration writeTimeout,
        DataSize maxRequestLine,
        DataSize maxHeaders,
        int connections,
        int connectionsPerAddress,
        int managementConnections,
        int requestsPerSecond,
        String trustedProxies,
        int reservedDescriptors,
        int descriptorShare) {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final DataSize LEAST_SIZE = DataSize.ofKilobytes(1);
    private static final DataSize MOST_SIZE = DataSize.ofKilobytes(256);
    private static final int MOST_CONNECTIONS = 1_000_000;
    private static final int ALL = 100;

    /** @throws IllegalArgumentException naming the setting that is out of range */
    public ListenerSettings {
        requireTime(headerTimeout, "RESTORE_HTTP_HEADER_TIMEOUT");
        requireTime(bodyTimeout, "RESTORE_HTTP_BODY_TIMEOUT");
        requireTime(idleTimeout, "RESTORE_HTTP_IDLE_TIMEOUT");
        requireTime(writeTimeout, "RESTORE_HTTP_WRITE_TIMEOUT");
        requireSize(maxRequestLine, "RESTORE_HTTP_MAX_REQUEST_LINE");
        requireSize(maxHeaders, "RESTORE_HTTP_MAX_HEADERS");
        requireCount(connections, "RESTORE_HTTP_MAX_CONNECTIONS");
        requireCount(connectionsPerAddress, "RESTORE_HTTP_MAX_CONNECTIONS_PER_ADDRESS");
        requireCount(managementConnections, "RESTORE_MANAGEMENT_MAX_CONNECTIONS");
        requireCount(requestsPerSecond, "RESTORE_HTTP_ANONYMOUS_REQUESTS_PER_SECOND");
        TrustedProxies.of(trustedProxies);
        require(
                reservedDescriptors >= 0 && reservedDescriptors <= MOST_CONNECTIONS,
                "RESTORE_HTTP_RESERVED_DESCRIPTORS must be 0 to " + MOST_CONNECTIONS + ", not " + reservedDescriptors);
        require(
                descriptorShare > 0 && descriptorShare <= ALL,
                "restore.http.descriptor-share must be 1 to 100, not " + descriptorShare);
    }

    TrustedProxies proxies() {
        return TrustedProxies.of(trustedProxies);
    }

    private static void requireTime(Duration time, String variable) {
        require(
                time.toMillis() > 0 && time.compareTo(LONGEST) <= 0,
                variable + " must be more than zero and at most 10m, such as 30s, not " + time);
    }

    private static void requireSize(DataSize size, String variable) {
        require(
                size.compareTo(LEAST_SIZE) >= 0 && size.compareTo(MOST_SIZE) <= 0,
                variable + " must be 1KB to 256KB, not " + size);
    }

    private static void requireCount(int count, String variable) {
        require(
                count > 0 && count <= MOST_CONNECTIONS,
                variable + " must be 1 to " + MOST_CONNECTIONS + ", not " + count);
    }

    private static void require(boolean met, String message) {
        if (!met) {
            throw new IllegalArgumentException(message);
        }
    }
}
