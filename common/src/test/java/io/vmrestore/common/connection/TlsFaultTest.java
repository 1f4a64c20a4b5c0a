package io.vmrestore.common.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the JDK throws, in words that name server, reason and remedy. */
class TlsFaultTest {

    static List<Arguments> faults() {
        return List.of(
                Arguments.of(
                        handshake("PKIX path building failed", new CertPathBuilderException("unable to find")),
                        "the certificate of h:1 is not trusted (its issuer is not known here): set OS_CACERT"),
                Arguments.of(
                        handshake("validity check failed", new CertificateExpiredException("NotAfter")),
                        "the certificate of h:1 has expired: renew it, or correct this machine's clock"),
                Arguments.of(
                        handshake("validity check failed", new CertificateNotYetValidException("NotBefore")),
                        "the certificate of h:1 is not valid yet: correct this machine's clock"),
                Arguments.of(
                        handshake("x", new CertificateException("No name matching h found")),
                        "the certificate of h:1 is for another name (No name matching h found)"),
                Arguments.of(
                        handshake("x", new CertificateException("Certificate has\nbeen revoked")),
                        "the certificate of h:1 was not accepted (Certificate has been revoked)"),
                Arguments.of(
                        new SSLHandshakeException("Received fatal alert: certificate_required"),
                        "the server h:1 wants a client certificate, or does not accept the one it got: set OS_CERT"),
                Arguments.of(
                        new SSLException("Unsupported or unrecognized SSL message"),
                        "the server h:1 does not speak TLS: check whether the URL must begin with http"),
                Arguments.of(
                        new SSLHandshakeException("Received fatal alert: protocol_version"),
                        "the TLS handshake with h:1 failed (Received fatal alert: protocol_version)"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void isToldWithServerReasonAndRemedy(Exception thrown, String text) {
        assertThat(TlsFault.of(new IOException(thrown), "h:1"))
                .get()
                .satisfies(fault -> assertThat(fault.message()).startsWith(text));
    }

    @Test
    void nothingElseIsTakenForOne() {
        assertThat(TlsFault.of(new IOException("Connection refused"), "h:1")).isEmpty();
    }

    private static SSLHandshakeException handshake(String text, Exception cause) {
        SSLHandshakeException thrown = new SSLHandshakeException(text);
        thrown.initCause(cause);
        return thrown;
    }
}
