package io.vmrestore.common.connection;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Why a request got no answer, told from what HTTP clients throw: the JDK's, and those that take its exceptions over.
 *
 * @param kind which decides what to do about it
 * @param message what went wrong, with host and port
 * @param sent whether the service may have got the request
 */
public record ConnectionFault(CallFault kind, String message, boolean sent) {

    /** The fault that the error tells of; {@code server} is host and port. */
    public static ConnectionFault of(Throwable error, String server) {
        TlsFault tls = TlsFault.of(error, server).orElse(null);
        if (tls != null) {
            return new ConnectionFault(CallFault.TLS, tls.message(), !tls.beforeData());
        }
        if (cause(UnresolvedAddressException.class, error) != null
                || cause(UnknownHostException.class, error) != null) {
            return beforeSending(
                    CallFault.HOST_UNKNOWN, "no connection to " + server + ": the host name is not known here");
        }
        ConnectException unconnected = cause(ConnectException.class, error);
        if (cause(HttpConnectTimeoutException.class, error) != null || late(unconnected)) {
            return beforeSending(CallFault.NOT_REACHED_IN_TIME, "no connection to " + server + " in time");
        }
        if (unconnected != null || cause(NoRouteToHostException.class, error) != null) {
            return beforeSending(CallFault.NO_CONNECTION, "no connection to " + server);
        }
        if (cause(ProtocolException.class, error) != null) {
            return new ConnectionFault(
                    CallFault.NO_HTTP,
                    "the answer of " + server + " is no HTTP: check whether the URL must begin with https",
                    true);
        }
        if (cause(TimeoutException.class, error) != null) {
            return new ConnectionFault(CallFault.NO_ANSWER_IN_TIME, server + " gave no answer in time", true);
        }
        if (cause(InterruptedException.class, error) != null) {
            return new ConnectionFault(CallFault.GIVEN_UP, "the wait for the answer was given up", true);
        }
        return new ConnectionFault(CallFault.CONNECTION_BROKE, "the connection broke before the answer", true);
    }

    /** Both the operating system and Netty tell a timeout in the text of a failed connection. */
    private static boolean late(@Nullable ConnectException unconnected) {
        return unconnected != null
                && String.valueOf(unconnected.getMessage())
                        .toLowerCase(Locale.ROOT)
                        .contains("timed out");
    }

    private static ConnectionFault beforeSending(CallFault kind, String message) {
        return new ConnectionFault(kind, message, false);
    }

    private static <T extends Throwable> @Nullable T cause(Class<T> type, Throwable error) {
        for (Throwable each = error; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return type.cast(each);
            }
        }
        return null;
    }
}
