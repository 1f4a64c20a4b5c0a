package io.vmrestore.openstack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** A catalog as a test wants it; URLs that begin with a slash lead to the {@link FakeCloud} that answers with it. */
final class TestCatalog {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ArrayNode services = JSON.createArrayNode();

    static TestCatalog empty() {
        return new TestCatalog();
    }

    /** All that is needed, in RegionOne, as most clouds have it. */
    static TestCatalog usual() {
        return empty().with("compute", "RegionOne", "/v2.1")
                .with("volumev3", "RegionOne", "/v3/" + FakeCloud.PROJECT)
                .with("network", "RegionOne", "/");
    }

    TestCatalog with(@Nullable String type, @Nullable String region, @Nullable String url) {
        return with(type, region, "public", url);
    }

    TestCatalog with(
            @Nullable String type, @Nullable String region, @Nullable String endpointInterface, @Nullable String url) {
        ObjectNode service = services.addObject().put("type", type).put("name", "a name");
        service.putArray("endpoints")
                .addObject()
                .put("interface", endpointInterface)
                .put("region", region)
                .put("region_id", region)
                .put("url", url != null && url.startsWith("/") ? "http://127.0.0.1:1" + url : url);
        return this;
    }

    /** Whatever it is, as an element of the list of services. */
    TestCatalog raw(String json) {
        try {
            services.add(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
        return this;
    }

    /** The token's document with this catalog instead of its own. */
    String in(String token) {
        try {
            ObjectNode document = (ObjectNode) JSON.readTree(token);
            ((ObjectNode) document.path("token")).set("catalog", services);
            return document.toString();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
