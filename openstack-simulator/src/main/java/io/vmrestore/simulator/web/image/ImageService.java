package io.vmrestore.simulator.web.image;

import io.vmrestore.simulator.cloud.Cloud;
import io.vmrestore.simulator.cloud.image.Image;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.web.Answer;
import io.vmrestore.simulator.web.Call;
import io.vmrestore.simulator.web.Dispatcher;
import io.vmrestore.simulator.web.Json;
import io.vmrestore.simulator.web.Routes;
import io.vmrestore.simulator.web.Service;
import io.vmrestore.simulator.web.Timestamps;
import java.util.List;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.node.ObjectNode;

/** As much of Glance as the command line client needs to show a server's image. */
public final class ImageService implements Service {
    private static final int SIZE = 1 << 20;

    private final Cloud cloud;

    public ImageService(Cloud cloud) {
        this.cloud = cloud;
    }

    @Override
    public Routes routes(Dispatcher dispatcher) {
        return new Routes(dispatcher, new ImageDialect(), "/v2")
                .open(HttpMethod.GET, "", call -> Answer.of(300, versions(call)))
                .open(HttpMethod.GET, "/", call -> Answer.of(300, versions(call)))
                .open(HttpMethod.GET, "/versions", call -> Answer.ok(versions(call)))
                .get("/images", this::list)
                .get("/images/{image}", this::show);
    }

    private Answer list(Call call) {
        List<ObjectNode> views = cloud.images().stream()
                .filter(image -> call.query("name") == null || image.name().equals(call.query("name")))
                .map(this::view)
                .toList();
        ObjectNode body = Json.object("images", Json.array(views));
        return Answer.ok(body.put("first", "/v2/images").put("schema", "/v2/schemas/images"));
    }

    private Answer show(Call call) {
        String id = call.path("image");
        return cloud.images()
                .find(id)
                .map(image -> Answer.ok(view(image)))
                .orElseThrow(() -> Refused.notFound("No image found with ID " + id + "<br /><br />\n\n\n"));
    }

    /** As recording other/004; nobody knows of any content. */
    private ObjectNode view(Image image) {
        String path = "/v2/images/" + image.id();
        String time = Timestamps.seconds(cloud.engine().now());
        ObjectNode view = Json.object()
                .put("id", image.id())
                .put("name", image.name())
                .put("status", "active")
                .put("visibility", "public")
                .put("disk_format", "raw")
                .put("container_format", "bare")
                .put("size", SIZE)
                .put("virtual_size", SIZE)
                .put("min_ram", 0)
                .put("min_disk", 0)
                .put("protected", false)
                .put("os_hidden", false)
                .put("owner", "")
                .put("checksum", "")
                .put("os_hash_algo", "sha512")
                .put("os_hash_value", "")
                .put("stores", "files")
                .put("created_at", time)
                .put("updated_at", time)
                .put("self", path)
                .put("file", path + "/file")
                .put("schema", "/v2/schemas/image");
        image.properties().forEach(view::put);
        view.set("tags", Json.array());
        return view;
    }

    private static ObjectNode versions(Call call) {
        ObjectNode version = Json.object().put("id", "v2.15").put("status", "CURRENT");
        version.set("links", Json.array().add(Json.link("self", call.base() + "/image/v2/")));
        return Json.object("versions", Json.array().add(version));
    }
}
