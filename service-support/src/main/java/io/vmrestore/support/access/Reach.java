package io.vmrestore.support.access;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may do, and in which projects. A role held on the operators' project counts for every project, a role
 * held elsewhere there alone. Every service decides by this class who gets to see and to do what; what a caller does
 * not {@link #sees see} is told like what does not exist.
 *
 * @param everywhere the role that counts for every project; null if none does
 * @param projects roles that count in one project alone, by the project's id
 */
public record Reach(@Nullable Role everywhere, Map<String, Role> projects) {
    private static final Reach NOWHERE = new Reach(null, Map.of());

    /** Members of the claim {@link ServiceToken#REACH_CLAIM}. */
    private static final String EVERYWHERE = "everywhere";

    private static final String PROJECTS = "projects";

    /** Keeps its own copy, in a steady order. */
    public Reach {
        projects = Collections.unmodifiableMap(new TreeMap<>(projects));
    }

    /** Of somebody who has chosen no project yet. */
    public static Reach nowhere() {
        return NOWHERE;
    }

    public static Reach everywhere(Role role) {
        return new Reach(role, Map.of());
    }

    public static Reach within(String projectId, Role role) {
        return new Reach(null, Map.of(projectId, role));
    }

    /** Whether something of this project may be shown at all. */
    public boolean sees(@Nullable String projectId) {
        return may(Permission.READ, projectId);
    }

    /** Whether the caller may do this in this project; a project that is not known is only seen from everywhere. */
    public boolean may(Permission permission, @Nullable String projectId) {
        if (mayEverywhere(permission)) {
            return true;
        }
        @Nullable Role here = projectId == null ? null : projects.get(projectId);
        return here != null && permissions(here).contains(permission);
    }

    /** Whether the caller may do this whichever project it is about. */
    public boolean mayEverywhere(Permission permission) {
        return everywhere != null && everywhere.permissions().contains(permission);
    }

    /** Whether there is no project that the caller does not see. */
    public boolean seesAll() {
        return mayEverywhere(Permission.READ);
    }

    /** Whether there is nothing at all that the caller sees. */
    public boolean isNowhere() {
        return everywhere == null && projects.isEmpty();
    }

    /** What the caller may do in some project at least. */
    public Set<Permission> permissions() {
        Set<Permission> all = EnumSet.noneOf(Permission.class);
        if (everywhere != null) {
            all.addAll(everywhere.permissions());
        }
        projects.values().forEach(role -> all.addAll(permissions(role)));
        return Collections.unmodifiableSet(all);
    }

    /** The strongest of the roles; empty if there is none. */
    public Optional<Role> strongest() {
        return Stream.concat(Stream.ofNullable(everywhere), projects.values().stream())
                .max(Role::compareTo);
    }

    /** Operating the system concerns every project, so no role that is held on one of them allows it. */
    private static Set<Permission> permissions(Role held) {
        Set<Permission> permissions = EnumSet.copyOf(held.permissions());
        permissions.remove(Permission.OPERATE);
        return permissions;
    }

    /** The value of the claim {@link ServiceToken#REACH_CLAIM}. */
    Map<String, Object> claim() {
        Map<String, Object> claim = new TreeMap<>();
        if (everywhere != null) {
            claim.put(EVERYWHERE, everywhere.wireName());
        }
        if (!projects.isEmpty()) {
            Map<String, Object> names = new TreeMap<>();
            projects.forEach((id, role) -> names.put(id, role.wireName()));
            claim.put(PROJECTS, names);
        }
        return claim;
    }

    /**
     * The reach that a token of ours gives.
     *
     * @param claims of a token that {@link TokenCheck} has accepted; without the claim, and with one that is not wholly
     *     understood, the reach is nowhere
     */
    public static Reach of(Map<String, Object> claims) {
        if (!(claims.get(ServiceToken.REACH_CLAIM) instanceof Map<?, ?> claim)) {
            return NOWHERE;
        }
        Object sent = claim.get(PROJECTS);
        if (sent != null && !(sent instanceof Map<?, ?>)) {
            return NOWHERE;
        }
        Map<String, Role> projects = new TreeMap<>();
        for (Map.Entry<?, ?> held : (sent instanceof Map<?, ?> map ? map : Map.of()).entrySet()) {
            Optional<Role> role = role(held.getValue());
            if (role.isEmpty() || !(held.getKey() instanceof String id) || id.isBlank()) {
                return NOWHERE;
            }
            projects.put(id, role.get());
        }
        Object everywhere = claim.get(EVERYWHERE);
        if (everywhere == null) {
            return new Reach(null, projects);
        }
        return role(everywhere).map(role -> new Reach(role, projects)).orElse(NOWHERE);
    }

    private static Optional<Role> role(@Nullable Object name) {
        return name instanceof String text ? Role.ofWireName(text) : Optional.empty();
    }
}
