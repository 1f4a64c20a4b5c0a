package io.vmrestore.simulator.web;

import io.vmrestore.simulator.engine.Refused;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How each service says that the resource of a path is not there. */
final class NotFoundWords {
    private static final Pattern RESOURCE =
            Pattern.compile("/(?<kind>[a-z][a-z-]+)/(?<id>[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}|[0-9a-f]{32})(/|$)");
    private static final List<String> UNNAMED = List.of("quotas", "os-quota-sets", "limits");

    private NotFoundWords() {}

    static Refused of(Dialect dialect, String path) {
        String kind = "";
        String id = "";
        Matcher matcher = RESOURCE.matcher(path);
        for (int from = 0; matcher.find(from); from = matcher.end("id")) {
            if (!UNNAMED.contains(matcher.group("kind"))) {
                kind = matcher.group("kind");
                id = matcher.group("id");
            }
        }
        return id.isEmpty() ? Refused.notFound("The resource could not be found.") : words(dialect, kind, id);
    }

    private static Refused words(Dialect dialect, String kind, String id) {
        String missing = id + " could not be found.";
        return switch (dialect.prefix() + "/" + kind) {
            case "/compute/servers" -> Refused.notFound("Instance " + missing);
            case "/compute/flavors" -> Refused.notFound("Flavor " + missing);
            case "/volume/volumes" -> Refused.notFound("Volume " + missing);
            case "/volume/snapshots" -> Refused.notFound("Snapshot " + missing);
            case "/network/ports" -> Refused.notFound("PortNotFound", "Port " + missing);
            case "/network/networks" -> Refused.notFound("NetworkNotFound", "Network " + missing);
            case "/network/subnets" -> Refused.notFound("SubnetNotFound", "Subnet " + missing);
            case "/network/floatingips" ->
                Refused.notFound("FloatingIPNotFound", "Floating IP " + id + " could not be found");
            case "/network/security-groups" ->
                Refused.notFound("SecurityGroupNotFound", "Security group " + id + " does not exist");
            case "/identity/projects" -> Refused.notFound("Could not find project: " + id + ".");
            case "/identity/users" -> Refused.notFound("Could not find user: " + id + ".");
            case "/image/images" -> Refused.notFound("No image found with ID " + id + "<br /><br />\n\n\n");
            default -> Refused.notFound("The resource could not be found.");
        };
    }
}
