package io.vmrestore.openstack.transport;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openstack4j.api.types.ServiceType;

/** The services we talk to, each with its catalog types and the API versions that the code is written for. */
// Records and List.of are immutable, but the check knows that only from annotations of Error Prone.
@SuppressWarnings("ImmutableEnumChecker")
public enum Service {
    /** Keystone; always at the auth URL. No microversions. */
    IDENTITY(ServiceType.IDENTITY, "identity", "v3", "v3(\\.\\d+)?", null, null, null, "identity"),

    /**
     * Nova. 2.79 tells {@code delete_on_termination} of attachments; tags in a create need 2.52, without which a lost
     * answer could not be recovered.
     */
    COMPUTE(
            ServiceType.COMPUTE,
            "compute",
            "v2.1",
            "v2\\.[1-9]\\d*",
            "compute",
            new ApiVersion(2, 79),
            new ApiVersion(2, 52),
            "compute"),

    /** Cinder. The metadata filter needs 3.22, messages 3.5. */
    VOLUME(
            ServiceType.BLOCK_STORAGE,
            "block-storage",
            "v3",
            "v3(\\.\\d+)?",
            "volume",
            new ApiVersion(3, 50),
            new ApiVersion(3, 22),
            "volumev3",
            "block-storage",
            "block-store",
            "volume",
            "volumev2"),

    /** Neutron. No microversions. */
    NETWORK(ServiceType.NETWORK, "network", "v2.0", "v2(\\.\\d+)?", null, null, null, "network");

    private final ServiceType type;
    private final String commonName;
    private final String version;
    private final Pattern versions;
    private final @Nullable String versionName;
    private final @Nullable ApiVersion wanted;
    private final @Nullable ApiVersion least;
    private final List<String> catalogTypes;

    Service(
            ServiceType type,
            String commonName,
            String version,
            String versions,
            @Nullable String versionName,
            @Nullable ApiVersion wanted,
            @Nullable ApiVersion least,
            String... catalogTypes) {
        this.type = type;
        this.commonName = commonName;
        this.version = version;
        this.versions = Pattern.compile(versions);
        this.versionName = versionName;
        this.wanted = wanted;
        this.least = least;
        this.catalogTypes = List.of(catalogTypes);
    }

    /** The service that the catalog calls so; null if we do not use it. */
    static @Nullable Service ofCatalogType(String type) {
        for (Service service : values()) {
            if (service.catalogTypes.contains(type)) {
                return service;
            }
        }
        return null;
    }

    /** As the catalog and our metrics call it. */
    public String label() {
        return catalogTypes.getFirst();
    }

    ServiceType type() {
        return type;
    }

    /** As people call it, without a version. */
    String commonName() {
        return commonName;
    }

    /** The API version that the code speaks, as the last part of a URL. */
    String version() {
        return version;
    }

    /** Whether an API version of this id, such as {@code v3.0}, is the one that the code speaks. */
    boolean speaks(String versionId) {
        return versions.matcher(versionId).matches();
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
