package io.vmrestore.support.http;

import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How the cloud's servers are recognized, and how we are, as an openrc file says. Everything may be empty.
 *
 * @param authorities {@code OS_CACERT}: PEM file with certificates that are trusted beside the JVM's own
 * @param insecure {@code OS_INSECURE}: true trusts every server; anybody in between can then read passwords and tokens
 * @param certificate {@code OS_CERT}: PEM file with our certificate and those that lead to its issuer
 * @param key {@code OS_KEY}: PEM file with its key, PKCS#1, PKCS#8 or SEC 1; where empty it is in the file of OS_CERT
 */
@ConfigurationProperties("restore.tls")
public record TlsSettings(String authorities, String insecure, String certificate, String key) {

    /** @throws IllegalArgumentException naming the variable that is wrong */
    public TlsSettings {
        authorities = authorities.strip();
        insecure = insecure.strip().toLowerCase(Locale.ROOT);
        certificate = certificate.strip();
        key = key.strip();
        if (!insecure.matches("|0|1|false|true|no|yes|off|on")) {
            throw new IllegalArgumentException("OS_INSECURE is '" + insecure + "': it must be true or false");
        }
        if (certificate.isEmpty() && !key.isEmpty()) {
            throw new IllegalArgumentException("OS_KEY is set and OS_CERT is not: set both, or none of them");
        }
    }

    /** Whether every server is trusted. */
    public boolean trustsEverybody() {
        return insecure.matches("1|true|yes|on");
    }
}
