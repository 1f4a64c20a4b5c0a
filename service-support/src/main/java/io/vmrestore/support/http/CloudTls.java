package io.vmrestore.support.http;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place that makes of the settings what connections to the cloud use. */
final class CloudTls {

    private static final Logger log = LoggerFactory.getLogger(CloudTls.class);
    private static final byte[] SIGNED = "a text to sign".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private CloudTls() {}

    /** @throws IllegalArgumentException naming the variable and the file that cannot be used */
    static SSLContext context(TlsSettings settings) {
        if (settings.trustsEverybody()) {
            log.warn("OS_INSECURE IS TRUE: the certificates of the cloud's servers are not checked, and anybody between"
                    + " them and this service can read and change what is said, passwords and tokens included. Set"
                    + " OS_CACERT to the issuer's certificate instead");
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(settings), trust(settings), null);
            return context;
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException("TLS cannot be set up", impossible);
        }
    }

    private static TrustManager @Nullable [] trust(TlsSettings settings) throws GeneralSecurityException, IOException {
        List<X509Certificate> own = settings.authorities().isEmpty()
                ? List.of()
                : PemFile.of("OS_CACERT", settings.authorities()).certificates();
        if (settings.trustsEverybody()) {
            return new TrustManager[] {new TrustEverybody()};
        }
        if (own.isEmpty()) {
            return null;
        }
        List<X509Certificate> all = new ArrayList<>(own);
        for (TrustManager manager : managers(null)) {
            if (manager instanceof X509TrustManager known) {
                all.addAll(Arrays.asList(known.getAcceptedIssuers()));
            }
        }
        KeyStore store = emptyStore();
        for (X509Certificate certificate : all) {
            store.setCertificateEntry(String.valueOf(store.size()), certificate);
        }
        return managers(store);
    }

    private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager @Nullable [] keys(TlsSettings settings) throws GeneralSecurityException, IOException {
        if (settings.certificate().isEmpty()) {
            return null;
        }
        List<X509Certificate> chain =
                PemFile.of("OS_CERT", settings.certificate()).certificates();
        PrivateKey key = settings.key().isEmpty()
                ? PemFile.of("OS_CERT", settings.certificate()).key()
                : PemFile.of("OS_KEY", settings.key()).key();
        if (!fit(chain.getFirst(), key)) {
            throw PemFile.fault(
                    settings.key().isEmpty() ? "OS_CERT" : "OS_KEY",
                    settings.key().isEmpty() ? settings.certificate() : settings.key(),
                    "its private key does not belong to the first certificate of OS_CERT, '" + settings.certificate()
                            + "'",
                    null);
        }
        KeyStore store = emptyStore();
        store.setKeyEntry("client", key, new char[0], chain.toArray(X509Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    private static boolean fit(X509Certificate certificate, PrivateKey key) {
        String algorithm = key.getAlgorithm();
        try {
            Signature signature = Signature.getInstance(
                    switch (algorithm) {
                        case "RSA" -> "SHA256withRSA";
                        case "EC" -> "SHA256withECDSA";
                        case "DSA" -> "SHA256withDSA";
                        default -> algorithm;
                    });
            signature.initSign(key);
            signature.update(SIGNED);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(SIGNED);
            return signature.verify(signed);
        } catch (GeneralSecurityException otherKind) {
            return false;
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
