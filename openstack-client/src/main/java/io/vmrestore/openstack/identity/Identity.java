package io.vmrestore.openstack.identity;

import com.fasterxml.jackson.databind.JsonNode;
import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.transport.Caller;
import io.vmrestore.openstack.transport.Json;
import io.vmrestore.openstack.transport.Service;
import io.vmrestore.openstack.transport.Session;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.openstack4j.model.identity.v3.Role;

/** Keystone: checks logins and tokens, and looks up projects, users and roles with the admin credentials. */
public final class Identity {

    private final Authentication authentication;
    private final Caller caller;
    private final Session keystone;

    /** Asks with the caller's token, and checks logins by the authentication. */
    public Identity(Authentication authentication, Caller caller) {
        this.authentication = authentication;
        this.caller = caller;
        this.keystone = caller.with(Service.IDENTITY);
    }

    /** The same, with {@code req-<uuid>} sent instead of a new id per request. */
    public Identity withRequestId(String requestId) {
        return new Identity(authentication, caller.withRequestId(requestId));
    }

    /** The project that the admin credentials' token is scoped to. */
    public String ownProjectId() {
        return caller.projectId();
    }

    /**
     * The project with this id.
     *
     * @throws CloudException.NotFound if there is none
     */
    public Project project(String id) {
        return keystone.read("/projects/" + Json.part(id), Map.of(), "project", Identity::project);
    }

    /** Projects of that name, in every domain that the credentials may see; empty if there is none. */
    public List<Project> projectsNamed(String name) {
        requireName(name, "project");
        return keystone.elements("/projects", Map.of("name", name), "projects", Identity::project).stream()
                .filter(project -> project.name().equals(name))
                .toList();
    }

    /**
     * All projects, by name.
     *
     * @throws CloudException.Forbidden if the credentials may not list them
     */
    public List<Project> projects() {
        return projects("/projects");
    }

    /** The projects in which the credentials' user has a role, by name. */
    public List<Project> ownProjects() {
        return projects("/auth/projects");
    }

    /**
     * Names of all domains by their ids.
     *
     * @throws CloudException.Forbidden if the credentials may not list them
     */
    public Map<String, String> domainNames() {
        return keystone
                .elements(
                        "/domains",
                        Map.of(),
                        "domains",
                        domain -> Map.entry(Json.required(domain, "id"), Json.text(domain, "name")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The user of that name in that domain (name or id); an empty name is refused, as Keystone would ignore it. */
    public Optional<User> userNamed(String name, String domain) {
        requireName(name, "user");
        String domainId = domainId(domain);
        return keystone.list("/users", Map.of("name", name, "domain_id", domainId), "users").stream()
                .map(user -> new User(
                        Json.required(user, "id"),
                        Json.text(user, "name"),
                        Json.text(user, "domain_id"),
                        Json.flag(user, "enabled")))
                .filter(user -> user.name().equals(name) && user.domainId().equals(domainId))
                .findFirst();
    }

    /** Whether the user holds the role in the project by direct assignment. */
    public boolean hasRole(String userId, String projectId, String roleName) {
        String role = roleId(roleName);
        return Session.find(
                        () -> keystone.call(os -> os.identity().roles().checkProjectUserRole(projectId, userId, role)))
                .isPresent();
    }

    /** Assigns the role in the project; again is no error. */
    public void grantRole(String userId, String projectId, String roleName) {
        String role = roleId(roleName);
        keystone.call(os -> os.identity().roles().grantProjectUserRole(projectId, userId, role));
    }

    /** The error of a Keystone that lacks what it must have. */
    CloudException.Misconfigured lacking(String path, String message) {
        return keystone.misconfigured(path, message);
    }

    private String roleId(String name) {
        return keystone.call(os -> os.identity().roles().getByName(name)).stream()
                .filter(role -> role.getName().equals(name))
                .map(Role::getId)
                .findFirst()
                .orElseThrow(() -> lacking("/roles", "the cloud has no role '%s': create it".formatted(name)));
    }

    private String domainId(String nameOrId) {
        if (nameOrId.equals("default")) {
            return nameOrId;
        }
        return keystone.list("/domains", Map.of("name", nameOrId), "domains").stream()
                .filter(domain -> Json.text(domain, "name").equals(nameOrId))
                .map(domain -> Json.required(domain, "id"))
                .findFirst()
                .orElse(nameOrId);
    }

    private List<Project> projects(String path) {
        return keystone.elements(path, Map.of(), "projects", Identity::project).stream()
                .sorted(Comparator.comparing(Project::name).thenComparing(Project::id))
                .toList();
    }

    private static Project project(JsonNode project) {
        return new Project(
                Json.required(project, "id"),
                Json.text(project, "name"),
                Json.text(project, "description"),
                Json.text(project, "domain_id"),
                Json.flag(project, "enabled"));
    }

    private static void requireName(String name, String what) {
        if (name.isBlank()) {
            throw new IllegalArgumentException(
                    "The %s name is empty: Keystone would list every %s".formatted(what, what));
        }
    }
}
