package io.vmrestore.support.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.pem.PemContent;

/**
 * A PEM file that a variable names. What is wrong with it is told by the variable and the file, without its content.
 *
 * @param variable whose value names the file
 * @param name the file
 * @param text its content; never shown
 */
record PemFile(String variable, String name, String text) {

    /** Bundles of authorities hold comments in other encodings as well. */
    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----.*?-----END [^-]*-----", Pattern.DOTALL);

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----.*?-----END [^-]*-----", Pattern.DOTALL);

    static PemFile of(String variable, String name) {
        try {
            return new PemFile(variable, name, Files.readString(Path.of(name), StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException missing) {
            throw fault(variable, name, "there is no such file", null);
        } catch (IOException | RuntimeException unreadable) {
            throw fault(variable, name, "it cannot be read as a file", unreadable);
        }
    }

    /** @throws IllegalArgumentException if there is none, or one of them is damaged */
    List<X509Certificate> certificates() {
        String found = parts(CERTIFICATE);
        if (found.isEmpty()) {
            throw fault(variable, name, "it holds no certificate in PEM form", null);
        }
        try {
            return PemContent.of(found).getCertificates();
        } catch (RuntimeException damaged) {
            throw fault(variable, name, "a certificate in it is damaged", damaged);
        }
    }

    /** @throws IllegalArgumentException if there is none, or it is damaged or wants a password */
    PrivateKey key() {
        String found = parts(KEY);
        if (found.isEmpty()) {
            throw fault(variable, name, "it holds no private key in PEM form", null);
        }
        if (found.contains("ENCRYPTED")) {
            throw fault(variable, name, "its private key wants a password: remove it with openssl pkey", null);
        }
        try {
            PrivateKey key = PemContent.of(found).getPrivateKey();
            if (key != null) {
                return key;
            }
        } catch (RuntimeException damaged) {
            // Not as the cause: its text may quote the key.
        }
        throw fault(variable, name, "its private key is damaged, or neither PKCS#1, PKCS#8 nor SEC 1", null);
    }

    private String parts(Pattern kind) {
        StringBuilder found = new StringBuilder();
        Matcher matcher = kind.matcher(text);
        while (matcher.find()) {
            found.append(matcher.group()
                            .replace("BEGIN TRUSTED CERTIFICATE", "BEGIN CERTIFICATE")
                            .replace("END TRUSTED CERTIFICATE", "END CERTIFICATE"))
                    .append('\n');
        }
        return found.toString();
    }

    static IllegalArgumentException fault(String variable, String name, String what, @Nullable Throwable cause) {
        return new IllegalArgumentException(variable + " is '" + name + "': " + what, cause);
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return variable + "=" + name;
    }
}
