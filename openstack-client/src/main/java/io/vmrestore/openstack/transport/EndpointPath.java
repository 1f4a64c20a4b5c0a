package io.vmrestore.openstack.transport;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An endpoint of the catalog taken apart: it may end in a version, and then, or without one, in a project.
 *
 * @param withoutProject without the project and without slash at its end
 * @param withoutVersion without version and project
 * @param version such as {@code v2.1}; empty if it has none
 * @param project the project as the endpoint spells it; empty if it has none
 */
record EndpointPath(String withoutProject, String withoutVersion, String version, String project) {

    private static final Pattern LAST = Pattern.compile("(.*[^/:]/*)/([^/]+)");
    private static final Pattern VERSION = Pattern.compile("v\\d+(\\.\\d+)?");
    private static final Pattern OTHER_PROJECT = Pattern.compile("(.*/v\\d+(?:\\.\\d+)?)/+[0-9a-f-]{32,36}");

    static EndpointPath of(String url, String projectId) {
        String project = "";
        String rest = EndpointUrl.trimmed(url);
        Matcher last = LAST.matcher(rest);
        if (!projectId.isEmpty() && last.matches() && isProject(last.group(2), projectId)) {
            project = last.group(2);
            rest = EndpointUrl.trimmed(last.group(1));
        }
        Matcher fixed = OTHER_PROJECT.matcher(rest);
        if (fixed.matches()) {
            // Somebody has written a project into the catalog; the token is good for its own only.
            rest = fixed.group(1);
        }
        last = LAST.matcher(rest);
        return last.matches() && VERSION.matcher(last.group(2)).matches()
                ? new EndpointPath(rest, EndpointUrl.trimmed(last.group(1)), last.group(2), project)
                : new EndpointPath(rest, rest, "", project);
    }

    /** Some clouds write it with dashes, or with a prefix such as {@code AUTH_}. */
    private static boolean isProject(String part, String projectId) {
        return plain(part).endsWith(plain(projectId));
    }

    private static String plain(String project) {
        return project.replace("-", "");
    }

    boolean versionFits(Service service) {
        return service.speaks(version);
    }

    /** What follows the API's URL in every request: Cinder before 3.67 wants the project in the path. */
    String suffix(Service service, String found, String projectId) {
        if (!project.isEmpty()) {
            return "/" + project;
        }
        boolean versioned = EndpointPath.of(found, "").versionFits(service);
        return service == Service.VOLUME && versioned ? "/" + projectId : "";
    }

    /**
     * Where the wanted version may be, the likeliest first.
     *
     * @param path path of the link by which the service names it; empty if it does not
     */
    List<String> candidates(Service service, String path) {
        List<String> candidates = new ArrayList<>();
        URI root = URI.create(withoutVersion);
        String host = root.getScheme() + "://" + root.getRawAuthority();
        String linked = EndpointUrl.trimmed(path);
        boolean below = linked.startsWith(root.getRawPath() + "/");
        if (below) {
            candidates.add(host + linked);
        }
        String named = linked.substring(linked.lastIndexOf('/') + 1);
        candidates.add(withoutVersion + "/" + (service.speaks(named) ? named : service.version()));
        // A proxy may hide the version: the endpoint is the API itself.
        candidates.add(withoutVersion);
        if (!below && linked.startsWith("/")) {
            candidates.add(host + linked);
        }
        return candidates;
    }
}
