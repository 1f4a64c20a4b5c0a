package io.vmrestore.support.http;

import java.net.ProxySelector;
import java.util.Map;
import javax.net.ssl.SSLContext;

/**
 * How connections to the cloud are made, whoever makes them.
 *
 * @param tls trust and our own certificate
 * @param proxies through what they go
 */
public record CloudRoute(SSLContext tls, ProxySelector proxies) {

    /**
     * As settings and environment say.
     *
     * @throws IllegalArgumentException naming the variable that is wrong
     */
    public static CloudRoute of(TlsSettings settings, Map<String, String> environment) {
        return new CloudRoute(CloudTls.context(settings), new EnvironmentProxies(environment));
    }
}
