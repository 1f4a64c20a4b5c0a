package io.vmrestore.openstack.transport;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openstack4j.api.types.ServiceType;

/** The services we talk to, each with its catalog types and the API versions that the code is written for. */
// Records and List.of are immutable, but the check knows that only from annotations of Error Prone.
@SuppressWarnings("ImmutableEnumChecker")
public enum Service {
    /** Keystone; always at the auth URL. No microversions. */
    IDENTITY(ServiceType.IDENTITY, "/v3", null, null, null, "identity"),

    /**
     * Nova. 2.79 tells {@code delete_on_termination} of attachments; tags in a create need 2.52, without which a lost
     * answer could not be recovered.
     */
    COMPUTE(ServiceType.COMPUTE, null, "compute", new ApiVersion(2, 79), new ApiVersion(2, 52), "compute"),

    /** Cinder. The metadata filter needs 3.22, messages 3.5. */
    VOLUME(
            ServiceType.BLOCK_STORAGE,
            null,
            "volume",
            new ApiVersion(3, 50),
            new ApiVersion(3, 22),
            "volumev3",
            "block-storage",
            "volume"),

    /** Neutron. No microversions. */
    NETWORK(ServiceType.NETWORK, "/v2.0", null, null, null, "network");

    private final ServiceType type;
    private final @Nullable String versionPath;
    private final @Nullable String versionName;
    private final @Nullable ApiVersion wanted;
    private final @Nullable ApiVersion least;
    private final List<String> catalogTypes;

    Service(
            ServiceType type,
            @Nullable String versionPath,
            @Nullable String versionName,
            @Nullable ApiVersion wanted,
            @Nullable ApiVersion least,
            String... catalogTypes) {
        this.type = type;
        this.versionPath = versionPath;
        this.versionName = versionName;
        this.wanted = wanted;
        this.least = least;
        this.catalogTypes = List.of(catalogTypes);
    }

    static Service of(ServiceType type) {
        for (Service service : values()) {
            if (service.type == type) {
                return service;
            }
        }
        throw new IllegalArgumentException("The service %s is not used here".formatted(type));
    }

    /** As the catalog and our metrics call it. */
    public String label() {
        return catalogTypes.getFirst();
    }

    ServiceType type() {
        return type;
    }

    /** What the catalog leaves out of the endpoint; null if nothing. */
    @Nullable
    String versionPath() {
        return versionPath;
    }

    /** Its name in the {@code OpenStack-API-Version} header; null without microversions. */
    @Nullable
    String versionName() {
        return versionName;
    }

    /** The newest version that the code understands. */
    @Nullable
    ApiVersion wanted() {
        return wanted;
    }

    /** The oldest version that the code can work with. */
    @Nullable
    ApiVersion least() {
        return least;
    }

    /** What the catalog may call it, the best first. */
    List<String> catalogTypes() {
        return catalogTypes;
    }
}
