package io.vmrestore.gateway.session;

import io.vmrestore.gateway.http.Checks;
import io.vmrestore.gateway.http.Fields;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /auth/project}. */
record ProjectRequest(String projectId) {
    static ProjectRequest read(byte @Nullable [] body) {
        Fields fields = new Fields(body);
        String projectId = fields.required("project_id", Checks::projectId);
        fields.check();
        return new ProjectRequest(Checks.canonicalId(projectId));
    }
}
