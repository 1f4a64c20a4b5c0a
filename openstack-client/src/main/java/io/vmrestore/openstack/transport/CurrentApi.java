package io.vmrestore.openstack.transport;

import org.openstack4j.api.identity.EndpointURLResolver;
import org.openstack4j.model.identity.URLResolverParams;

/**
 * Tells openstack4j where the call that it is making goes. The library's own resolver remembers endpoints for ever and
 * falls back to Keystone's where it finds none.
 */
final class CurrentApi implements EndpointURLResolver {

    @Override
    public String findURLV3(URLResolverParams wanted) {
        return Call.current().base();
    }

    /** Version 2 of Keystone's API is not spoken. */
    @Override
    public String findURLV2(URLResolverParams wanted) {
        throw new UnsupportedOperationException("Keystone's v2 API is not used");
    }
}
