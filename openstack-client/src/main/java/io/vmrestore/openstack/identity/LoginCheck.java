package io.vmrestore.openstack.identity;

import io.vmrestore.openstack.failure.CloudException;
import io.vmrestore.openstack.failure.FailedCall;
import io.vmrestore.openstack.transport.Caller;
import io.vmrestore.openstack.transport.Service;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openstack4j.model.identity.v3.Project;
import org.openstack4j.model.identity.v3.Role;
import org.openstack4j.model.identity.v3.Token;

/**
 * Checks somebody's password or token. Keystone answers a wrong password and a missing role with the very same 401, so
 * the password is checked without a project first and the project is then looked up among the user's own.
 */
final class LoginCheck {

    private final Authentication authentication;
    private final Caller admin;

    LoginCheck(Authentication authentication, Caller admin) {
        this.authentication = authentication;
        this.admin = admin;
    }

    Login login(String userName, String password, @Nullable String domain, @Nullable String project) {
        if (userName.isBlank() || password.isEmpty()) {
            throw new CloudException.Unauthorized(failed("the user name or the password is empty"));
        }
        Token unscoped = authentication.user(userName, password, domain, null);
        List<? extends Project> projects =
                admin.wire().withToken(unscoped, os -> os.identity().tokens().getProjectScopes(unscoped.getId()));
        Optional<? extends Project> chosen = project == null
                ? home(projects)
                : projects.stream()
                        .filter(own ->
                                own.getId().equals(project) || own.getName().equals(project))
                        .findFirst();
        if (chosen.isPresent()) {
            return of(
                    authentication.user(userName, password, domain, chosen.get().getId()));
        }
        if (project != null) {
            throw new CloudException.Forbidden(
                    failed("user %s has no role in project %s".formatted(userName, project)));
        }
        return of(unscoped);
    }

    Login validate(String token) {
        if (!token.matches("[\\x21-\\x7e]+")) {
            throw new CloudException.Unauthorized(failed("the token is malformed"));
        }
        try {
            return of(admin.with(Service.IDENTITY)
                    .call(os -> os.identity().tokens().get(token)));
        } catch (CloudException.NotFound e) {
            throw new CloudException.Unauthorized(e.call());
        }
    }

    private Optional<? extends Project> home(List<? extends Project> projects) {
        String ours = projects.isEmpty() ? "" : admin.projectId();
        return projects.stream()
                .min(Comparator.comparing((Project own) -> !own.getId().equals(ours))
                        .thenComparing(Project::getName));
    }

    static Login of(Token token) {
        Project project = token.getProject();
        List<? extends Role> roles = token.getRoles();
        return new Login(
                token.getUser().getId(),
                token.getUser().getName(),
                token.getUser().getDomain().getName(),
                project == null ? null : project.getId(),
                project == null ? null : project.getName(),
                roles == null ? List.of() : roles.stream().map(Role::getName).toList(),
                token.getExpires().toInstant());
    }

    private FailedCall failed(String message) {
        return admin.with(Service.IDENTITY).failed("POST", "/v3/auth/tokens", message);
    }
}
