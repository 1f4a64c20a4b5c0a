package io.vmrestore.simulator.cloud.identity;

import io.vmrestore.simulator.engine.Engine;
import io.vmrestore.simulator.engine.Index;
import io.vmrestore.simulator.engine.Refused;
import io.vmrestore.simulator.engine.Table;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Projects, users, roles and who has which role where; one domain, {@value #DOMAIN_ID}. */
public final class Identity {
    public static final String DOMAIN_ID = "default";
    public static final String DOMAIN_NAME = "Default";

    private final Engine engine;
    private final Table<Project> projects;
    private final Table<User> users;
    private final Table<Role> roles;
    private final Table<Assignment> assignments;
    private final Index<Assignment> assignmentsByUser;

    public Identity(Engine engine) {
        this.engine = engine;
        this.projects = engine.table("projects", Project.class);
        this.users = engine.table("users", User.class);
        this.roles = engine.table("roles", Role.class);
        this.assignments = engine.table("assignments", Assignment.class);
        this.assignmentsByUser = assignments.index(assignment -> List.of(assignment.userId()));
    }

    public Project addProject(String id, String name) {
        return projects.put(new Project(id, name, "", true));
    }

    /** A project with a new id, which nobody knows before it is {@link #replace(Project) put}. */
    public Project newProject(String name) {
        return new Project(engine.newId().replace("-", ""), name, "", true);
    }

    public User addUser(String id, String name, String password) {
        return users.put(new User(id, name, digest(id, password), true));
    }

    public Role addRole(String id, String name, @Nullable String impliedRoleId) {
        return roles.put(new Role(id, name, impliedRoleId));
    }

    public void replace(Project project) {
        projects.put(project);
    }

    public void replace(User user) {
        users.put(user);
    }

    public Stream<Project> projects() {
        return projects.stream();
    }

    public Stream<User> users() {
        return users.stream();
    }

    public Stream<Role> roles() {
        return roles.stream();
    }

    public Stream<Assignment> assignments() {
        return assignments.stream();
    }

    public Optional<Project> findProject(@Nullable String id) {
        return projects.find(id);
    }

    public Optional<User> findUser(@Nullable String id) {
        return users.find(id);
    }

    public Project project(String id) {
        return projects.find(id).orElseThrow(() -> Refused.notFound("Could not find project: " + id + "."));
    }

    public User user(String id) {
        return users.find(id).orElseThrow(() -> Refused.notFound("Could not find user: " + id + "."));
    }

    public Role role(String id) {
        return roles.find(id).orElseThrow(() -> Refused.notFound("Could not find role: " + id + "."));
    }

    /** Grants a role; granting it again changes nothing. Unknown project, user or role: not found. */
    public void grant(String projectId, String userId, String roleId) {
        Assignment assignment = assignment(projectId, userId, roleId);
        if (assignments.find(assignment.id()).isEmpty()) {
            assignments.put(assignment);
        }
    }

    public void revoke(String projectId, String userId, String roleId) {
        Assignment assignment = assignment(projectId, userId, roleId);
        requireGranted(assignment);
        assignments.remove(assignment.id());
    }

    public void requireGrant(String projectId, String userId, String roleId) {
        requireGranted(assignment(projectId, userId, roleId));
    }

    /** The roles the user was given on the project, without those they imply. */
    public List<Role> grantedRoles(String userId, String projectId) {
        return assignmentsByUser
                .find(userId)
                .filter(assignment -> assignment.projectId().equals(projectId))
                .flatMap(assignment -> roles.find(assignment.roleId()).stream())
                .toList();
    }

    /** The roles the user has on the project, with all that they imply. */
    public List<Role> effectiveRoles(String userId, String projectId) {
        List<Role> effective = new ArrayList<>();
        grantedRoles(userId, projectId)
                .forEach(granted -> withImplied(granted).stream()
                        .filter(role -> !effective.contains(role))
                        .forEach(effective::add));
        return effective;
    }

    /** The role and, in order, the roles it implies. */
    public List<Role> withImplied(Role role) {
        List<Role> chain = new ArrayList<>();
        Optional<Role> next = Optional.of(role);
        while (next.isPresent()) {
            chain.add(next.get());
            next = roles.find(next.get().implies());
        }
        return chain;
    }

    /** The enabled projects on which the user has any role. */
    public List<Project> projectsOf(String userId) {
        return assignmentsByUser
                .find(userId)
                .map(Assignment::projectId)
                .distinct()
                .flatMap(id -> projects.find(id).stream())
                .filter(Project::enabled)
                .toList();
    }

    boolean passwordMatches(User user, String password) {
        return MessageDigest.isEqual(
                user.passwordDigest().getBytes(StandardCharsets.UTF_8),
                digest(user.id(), password).getBytes(StandardCharsets.UTF_8));
    }

    private Assignment assignment(String projectId, String userId, String roleId) {
        return new Assignment(
                user(userId).id(), project(projectId).id(), role(roleId).id());
    }

    private void requireGranted(Assignment assignment) {
        if (assignments.find(assignment.id()).isEmpty()) {
            throw Refused.notFound("Could not find role assignment with role: " + assignment.roleId()
                    + ", user or group: " + assignment.userId() + ", project, domain, or system: "
                    + assignment.projectId() + ".");
        }
    }

    private static String digest(String salt, String password) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest((salt + ":" + password).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
