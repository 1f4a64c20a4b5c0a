package io.vmrestore.openstack.transport;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A service's API as it was found behind one endpoint of the catalog.
 *
 * @param catalogUrl the endpoint as the catalog has it, without project; {@code OS_AUTH_URL} for Keystone
 * @param url with the version, without slash
 * @param version value of {@code OpenStack-API-Version}; null for none
 * @param answers whether the API has ever answered there: only then can a 404 mean anything else than a wrong URL
 * @param foundAt reading of {@code TimeSource.nanoTime()} when it was found
 */
record ApiRoot(String catalogUrl, String url, @Nullable String version, AtomicBoolean answers, long foundAt) {

    static ApiRoot of(String catalogUrl, String url, @Nullable String version, boolean answers, long foundAt) {
        return new ApiRoot(catalogUrl, url, version, new AtomicBoolean(answers), foundAt);
    }

    /** The same for one project. */
    Api with(String suffix) {
        return new Api(url + suffix, version, this);
    }
}
