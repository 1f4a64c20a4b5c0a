import java.util.UUID;
import org.openapitools.client.ApiClient;
import org.openapitools.client.api.AuthApi;
import org.openapitools.client.api.RestoreApi;
import org.openapitools.client.model.ExecuteRequest;
import org.openapitools.client.model.Job;
import org.openapitools.client.model.LoginAnswer;
import org.openapitools.client.model.LoginRequest;
import org.openapitools.client.model.PlanRequest;
import org.openapitools.client.model.PlannedJob;

/** Plans a restore, executes it and waits for its end, with a client that openapi-generator has made. */
public final class Restore {
    private Restore() {}

    /** @param arguments URL, user, password, project, project id, VM and snapshot */
    public static void main(String[] arguments) throws Exception {
        ApiClient client = new ApiClient();
        client.updateBaseUri(arguments[0]);
        LoginAnswer login = new AuthApi(client)
                .login(new LoginRequest()
                        .username(arguments[1])
                        .password(arguments[2])
                        .project(arguments[3]));
        client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + login.getAccessToken()));
        RestoreApi api = new RestoreApi(client);
        PlannedJob planned = api.plan(
                new PlanRequest()
                        .projectId(arguments[4])
                        .vmId(UUID.fromString(arguments[5]))
                        .restorePointId(UUID.fromString(arguments[6])),
                null,
                UUID.randomUUID().toString());
        UUID id = planned.getPlanId();
        api.execute(new ExecuteRequest().planId(id), null);
        Job job = api.job(id, "wait=20", null);
        while (job.getCompletedAt() == null) {
            job = api.job(id, "wait=20", null);
        }
        System.out.println("ended " + job.getStatus() + " with "
                + job.getSteps().size() + " steps and server " + job.getResult().getServerId());
    }
}
