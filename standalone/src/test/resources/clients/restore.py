"""Plans a restore, executes it and waits for its end, with a client that openapi-generator has made.

Arguments: URL, user, password, project, project id, VM and snapshot.
"""

import sys
import uuid

import openapi_client as generated

url, user, password, project, project_id, vm, snapshot = sys.argv[1:]
anonymous = generated.ApiClient(generated.Configuration(host=url))
login = generated.AuthApi(anonymous).login(
    generated.LoginRequest(username=user, password=password, project=project)
)
api = generated.RestoreApi(
    generated.ApiClient(generated.Configuration(host=url, access_token=login.access_token))
)
planned = api.plan(
    generated.PlanRequest(project_id=project_id, vm_id=vm, restore_point_id=snapshot),
    idempotency_key=str(uuid.uuid4()),
)
api.execute(generated.ExecuteRequest(plan_id=planned.plan_id))
job = api.job(planned.plan_id, prefer="wait=20")
while job.completed_at is None:
    job = api.job(planned.plan_id, prefer="wait=20")
print("ended", job.status.value, "with", len(job.steps), "steps and server", job.result.server_id)
