package io.vmrestore.common.connection;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Why a TLS connection could not be made: the server by host and port, the reason, and what to do.
 *
 * @param message one sentence or two, without a secret
 * @param beforeData whether it ended before any request could be sent
 * @param certificate whether the server's certificate is the reason, so that another attempt would end the same
 */
public record TlsFault(String message, boolean beforeData, boolean certificate) {

    private static final String CLIENT_CERTIFICATE =
            " wants a client certificate, or does not accept the one it got: set OS_CERT and OS_KEY";

    /** The fault that the error tells of; empty if it is no matter of TLS. */
    public static Optional<TlsFault> of(Throwable error, String server) {
        SSLException tls = cause(SSLException.class, error);
        return tls == null ? Optional.empty() : Optional.of(ofTls(tls, server));
    }

    private static TlsFault ofTls(SSLException tls, String server) {
        String text = String.valueOf(tls.getMessage()).toLowerCase(Locale.ROOT);
        if (cause(CertificateExpiredException.class, tls) != null) {
            return certificate(server, "has expired: renew it, or correct this machine's clock");
        }
        if (cause(CertificateNotYetValidException.class, tls) != null) {
            return certificate(server, "is not valid yet: correct this machine's clock or the certificate");
        }
        if (cause(CertPathBuilderException.class, tls) != null) {
            return certificate(
                    server, "is not trusted (its issuer is not known here): set OS_CACERT to the issuer's certificate");
        }
        CertificateException refused = cause(CertificateException.class, tls);
        if (refused != null) {
            return ofCertificate(refused, server);
        }
        if (text.contains("received fatal alert") && (text.contains("certificate") || text.contains("unknown_ca"))) {
            return new TlsFault("the server " + server + CLIENT_CERTIFICATE, true, true);
        }
        if (text.contains("unrecognized ssl message") || text.contains("not an ssl/tls record")) {
            return new TlsFault(
                    "the server " + server + " does not speak TLS: check whether the URL must begin with http",
                    true,
                    false);
        }
        boolean handshake = tls instanceof javax.net.ssl.SSLHandshakeException;
        return new TlsFault(
                "the TLS %s with %s failed (%s): check that both have a TLS version and a cipher in common"
                        .formatted(handshake ? "handshake" : "connection", server, words(tls)),
                handshake,
                false);
    }

    private static TlsFault ofCertificate(Throwable refused, String server) {
        String text = String.valueOf(refused.getMessage());
        if (text.contains("subject alternative") || text.startsWith("No name matching")) {
            return certificate(
                    server,
                    "is for another name (" + words(refused)
                            + "): use the name that is in it in OS_AUTH_URL or the catalog, or renew it");
        }
        return certificate(server, "was not accepted (" + words(refused) + "): renew it, or correct OS_CACERT");
    }

    private static TlsFault certificate(String server, String what) {
        return new TlsFault("the certificate of " + server + " " + what, true, true);
    }

    private static String words(Throwable error) {
        String text = String.valueOf(error.getMessage()).replaceAll("[\\p{Cntrl}\\s]+", " ");
        return text.length() <= 200 ? text : text.substring(0, 200) + "...";
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
