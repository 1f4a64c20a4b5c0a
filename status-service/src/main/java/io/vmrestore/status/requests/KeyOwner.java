package io.vmrestore.status.requests;

import io.vmrestore.common.codec.Json;
import io.vmrestore.status.problem.Refusals;
import io.vmrestore.support.access.Reach;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Whom an Idempotency-Key belongs to: a user in the project that their token speaks for. Nobody meets a key of anybody
 * else, nor their own one of another project: an answer that says so would tell that it is there.
 */
final class KeyOwner {
    private KeyOwner() {}

    /**
     * As the table keeps it: an array of JSON, since a name may hold any character that parts it from a project.
     *
     * @throws io.vmrestore.support.problem.ProblemException 401 if the token names nobody
     */
    static String of(Jwt token) {
        @Nullable String name = token.getSubject();
        if (name == null) {
            throw Refusals.unauthenticated("The token names nobody (claim sub)").asException();
        }
        List<String> owner = new ArrayList<>();
        owner.add(name);
        owner.addAll(Reach.of(token.getClaims()).projects().keySet());
        return Json.MAPPER.writeValueAsString(owner);
    }
}
