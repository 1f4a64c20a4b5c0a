package io.vmrestore.cli;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the gateway and signs in, with what the environment says or, on a machine that runs one, with what is known.
 */
public final class SignIn {
    private final Map<String, String> environment;
    private final Supplier<Optional<Local>> local;

    /**
     * A gateway of this machine.
     *
     * @param credentials that everybody may know, as those of a simulated cloud; null if there are none
     */
    public record Local(String url, @Nullable Credentials credentials) {}

    /** A Keystone user and the project to work in; an empty project is the user's default one. */
    public record Credentials(String user, String password, String project) {}

    /** @param local asked only when it is needed */
    public SignIn(Map<String, String> environment, Supplier<Optional<Local>> local) {
        this.environment = Map.copyOf(environment);
        this.local = local;
    }

    /**
     * The gateway that RESTORE_GATEWAY_URL names, or the one of this machine, with the person's token or Keystone
     * credentials.
     *
     * @throws RefusedException if there is none, or nobody to sign in as
     */
    public Gateway open() throws IOException, InterruptedException {
        String named = variable("RESTORE_GATEWAY_URL");
        if (!named.isBlank()) {
            return open(new Local(named.replaceAll("/+$", ""), null));
        }
        return open(local.get()
                .orElseThrow(() -> new RefusedException(
                        ExitCode.NOT_FOUND,
                        "Nothing is running here. Start it with ./restore up, or set"
                                + " RESTORE_GATEWAY_URL to the gateway of a running system, such as"
                                + " https://restore.example.com")));
    }

    private Gateway open(Local found) throws IOException, InterruptedException {
        Gateway gateway = new Gateway(found.url());
        String token = variable("RESTORE_ACCESS_TOKEN");
        String user = variable("OS_USERNAME");
        if (!token.isBlank()) {
            gateway.use(token);
        } else if (!user.isBlank()) {
            gateway.login(new Credentials(user, variable("OS_PASSWORD"), variable("OS_PROJECT_NAME")));
        } else if (found.credentials() != null) {
            gateway.login(found.credentials());
        } else {
            throw new RefusedException("Who are you? Source an openrc file (OS_USERNAME, OS_PASSWORD,"
                    + " OS_PROJECT_NAME) or set RESTORE_ACCESS_TOKEN; the permission restore:operate is needed.");
        }
        return gateway;
    }

    private String variable(String name) {
        return environment.getOrDefault(name, "");
    }
}
