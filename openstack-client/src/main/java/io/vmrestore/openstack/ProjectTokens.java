package io.vmrestore.openstack;

import io.vmrestore.openstack.transport.TokenHolder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The tokens of the projects asked for last. Anybody may ask for a project that does not exist. */
final class ProjectTokens {
    private final Map<String, TokenHolder> tokens;

    /** @param most that are kept; one that is asked for again after it had to go asks Keystone once more */
    ProjectTokens(int most) {
        tokens = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, TokenHolder> eldest) {
                return size() > most;
            }
        };
    }

    /** @param making makes the holder where there is none, without asking anybody */
    synchronized TokenHolder of(String projectId, Function<String, TokenHolder> making) {
        return tokens.computeIfAbsent(projectId, making);
    }
}
