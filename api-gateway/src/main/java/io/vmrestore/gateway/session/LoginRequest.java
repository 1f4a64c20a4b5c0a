package io.vmrestore.gateway.session;

import io.vmrestore.gateway.http.Checks;
import io.vmrestore.gateway.http.Fields;
import io.vmrestore.gateway.session.KeystoneLogin.Credentials;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /auth/login}. */
final class LoginRequest {
    private static final int LONGEST = 255;
    /** Keystone's default limit ({@code max_password_length}). */
    private static final int LONGEST_PASSWORD = 4096;

    private static final String DEFAULT_DOMAIN = "Default";

    private LoginRequest() {}

    static Credentials read(byte @Nullable [] body) {
        Fields fields = new Fields(body);
        String userName = fields.required("username", value -> Checks.text(value, LONGEST));
        String password = fields.required("password", LoginRequest::password);
        @Nullable String domain = fields.optional("domain", value -> Checks.text(value, LONGEST));
        @Nullable String project = fields.optional("project", value -> Checks.text(value, LONGEST));
        fields.check();
        return new Credentials(userName, password, domain == null ? DEFAULT_DOMAIN : domain, project);
    }

    private static Optional<String> password(String value) {
        return value.isEmpty() || value.codePointCount(0, value.length()) > LONGEST_PASSWORD
                ? Optional.of("must have 1 to " + LONGEST_PASSWORD + " characters")
                : Optional.empty();
    }
}
