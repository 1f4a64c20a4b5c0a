package io.vmrestore.gateway.access;

import io.vmrestore.support.access.Reach;
import io.vmrestore.support.access.Role;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Decides what a role that somebody holds on a project reaches: this project, or every one. */
@Component
public final class RoleScope {
    private static final Logger log = LoggerFactory.getLogger(RoleScope.class);

    private final RoleSettings settings;
    private final @Nullable String operatorsId;

    RoleScope(RoleSettings settings) {
        this.settings = settings;
        this.operatorsId = settings.operatorsProjectId();
        if (settings.global()) {
            log.warn("RESTORE_ROLE_SCOPE=global: whoever has a role on any project sees and restores the VMs of every"
                    + " project. Leave it unset where others than operators have roles.");
        }
    }

    /** Whether any role counts everywhere, whichever project it is held on. */
    public boolean global() {
        return settings.global();
    }

    /** What this role reaches for somebody who holds it on this project. */
    public Reach of(HeldRoles held, Role role) {
        return global() || operators(held)
                ? Reach.everywhere(role)
                : Reach.within(held.project().id(), role);
    }

    /** What roles on several projects reach, by the projects' ids. */
    Reach of(Map<String, Role> roles) {
        if (global()) {
            return strongest(roles.values());
        }
        Map<String, Role> elsewhere = new HashMap<>(roles);
        @Nullable Role operator = operatorsId == null ? null : elsewhere.remove(operatorsId);
        return new Reach(operator, elsewhere);
    }

    private static Reach strongest(Collection<Role> roles) {
        return roles.stream()
                .max(Comparator.naturalOrder())
                .map(Reach::everywhere)
                .orElseGet(Reach::nowhere);
    }

    /** Whether this may be the operators' project, as far as id and name tell; {@link #of} asks for the domain too. */
    public boolean mayBeOperators(Project project) {
        return operatorsId == null
                ? project.name().equals(settings.ownProjectName())
                : project.id().equals(operatorsId);
    }

    private boolean operators(HeldRoles held) {
        return mayBeOperators(held.project())
                && (operatorsId != null || held.domainName().equalsIgnoreCase(settings.ownProjectDomain()));
    }
}
