"""What is restored, what happens meanwhile, and what must be true afterwards."""

import re
import sys
import time

from oncloud import checks as shared
from oncloud import cloud

REQUEST_ID = re.compile(r"req-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# A stopped wait must not sit out the cloud; a loaded machine may take its time for the events.
STOP_SECONDS = 5


class NewIps:
    """Beside the original, with addresses that the network gives."""

    mode, ip_strategy, ends = "NEW", "NEW_IPS", "COMPLETED"

    def __init__(self, options):
        self.options = options

    def before(self, run):
        """Looks at what must be true before the plan is asked for."""

    def confirmation(self, run):
        return {}

    def meanwhile(self, run, job):
        """Called with each view of the job that the client gets while the restore runs."""

    def verify(self, run, job):
        restored = cloud.Vm.read(job["result"]["server_id"])
        shared.restored_like(run.checks, run.original, restored, job, self.options.snapshot)
        run.checks.equal("no address is the original's", [], sorted(set(run.original.addresses) & set(restored.addresses)))
        run.checks.equal("the result tells the addresses", restored.addresses, sorted(job["result"]["ips"]))
        shared.untouched(run.checks, run.original)
        return restored


class TrySameIps(NewIps):
    """Beside the original, asking for the addresses that the original still has."""

    ip_strategy = "TRY_SAME_IPS"

    def verify(self, run, job):
        super().verify(run, job)
        told = {difference["field"]: difference for difference in job["result"]["differences"]}
        for nic in job["plan"]["nics"]:
            wanted = sorted(ip["ip_address"] for ip in nic["original_ips"])
            difference = told.get(f"nics[{nic['index']}].ips", {"original": "", "restored": ""})
            run.checks.equal(f"the difference of interface {nic['index']} tells the original's addresses",
                             wanted, sorted(difference["original"].split(", ")))
            port = cloud.openstack("port", "show", job["result"]["port_ids"][nic["index"]])
            run.checks.equal(f"the difference of interface {nic['index']} tells the restored addresses",
                             sorted(ip["ip_address"] for ip in port["fixed_ips"]), sorted(difference["restored"].split(", ")))
        for step in job["steps"]:
            if step["action"] == "create_port":
                run.checks.true(f"the step of interface {step['nic']} says why it fell back",
                                step["detail"].get("ip_fallback"), step["detail"].get("ip_fallback"))


class Replace(NewIps):
    """In the original's place, with its addresses and MACs."""

    mode, ip_strategy = "REPLACE", "SAME_IPS_OR_FAIL"

    def confirmation(self, run):
        text = "DELETE AND RESTORE " + run.original.server["name"]
        status, problem = run.rest.ask("POST", "/restore/execute", {"plan_id": run.job_id, "confirm_destructive": text.lower()})
        run.checks.equal("without the exact confirmation it is refused", 400, status)
        run.checks.true("the refusal tells the text", text in problem.get("detail", ""))
        return {"confirm_destructive": text}

    def verify(self, run, job):
        original = run.original
        restored = cloud.Vm.read(job["result"]["server_id"])
        shared.restored_like(run.checks, original, restored, job, self.options.snapshot)
        run.checks.equal("name is the original's", original.server["name"], restored.server["name"])
        run.checks.true("the old server is gone", not cloud.exists("server", original.server["id"]))
        run.checks.equal("the same addresses at the same MACs", original.addresses_by_mac, restored.addresses_by_mac)
        networks = lambda vm: {name: sorted(ips) for name, ips in vm.server["addresses"].items()}
        run.checks.equal("Nova shows the same addresses", networks(original), networks(restored))
        run.checks.equal("the result tells the addresses", restored.addresses, sorted(job["result"]["ips"]))
        run.checks.equal(f"{len(original.floating_ips)} floating IPs lead to the same addresses",
                         original.floating_ips, restored.floating_ips)
        told = [difference["field"] for difference in job["result"]["differences"]]
        run.checks.equal("no address, MAC or group is told as different", [],
                         [field for field in told if re.search(r"ips$|mac_address$|groups$", field)])
        self._old_volumes(run, job)
        status, _ = run.rest.ask("POST", "/restore/cancel/" + job["job_id"], {})
        run.checks.equal("it cannot be cancelled any more", 409, status)

    @staticmethod
    def _old_volumes(run, job):
        boot = run.original.boot_volume["id"]
        stays = cloud.exists("volume", boot)
        left = [resource["id"] for resource in job["leftovers"]]
        run.checks.equal("the old boot volume, if it stays, is the only leftover", [boot] if stays else [], left)
        if stays:
            run.checks.equal("the old boot volume is free", "available", cloud.openstack("volume", "show", boot)["status"])
            shared.told_as_kept(run.checks, job, boot)
        for data in run.original.volume_ids:
            if data != boot:
                command = f" server add volume {job['result']['server_id']} {data}"
                run.checks.true("next_actions tells how to attach the data volume",
                                any(command in action for action in job["next_actions"]), data)


class Cancel(NewIps):
    """Cancelled while a step waits for the cloud, which something must hold up long enough."""

    ends = "CANCELLED"

    def __init__(self, options):
        super().__init__(options)
        self.cancelled = None
        self.ended = None

    def meanwhile(self, run, job):
        step = next(step for step in job["steps"] if step["action"] == self.options.cancel_during)
        waits = step["status"] == "RUNNING" and ("volume_status" in step["detail"] or "server_status" in step["detail"])
        if self.cancelled is None and waits:
            self.cancelled = time.monotonic()
            answer = run.rest.call("POST", "/restore/cancel/" + run.job_id, {"reason": "checking cancellation"})
            print(f"cancel  during {step['action']}: {answer['status']}, {time.monotonic() - self.cancelled:.2f} s")
        elif self.cancelled is not None and self.ended is None and step["status"] != "RUNNING":
            self.ended = time.monotonic()

    def verify(self, run, job):
        run.checks.true("it was cancelled in a wait", self.cancelled is not None, self.options.cancel_during)
        if self.cancelled is None:
            return
        seconds = (self.ended or time.monotonic()) - self.cancelled
        run.checks.true(f"the wait ended within {STOP_SECONDS} s", seconds <= STOP_SECONDS, f"{seconds:.2f} s")
        step = next(step for step in job["steps"] if step["action"] == self.options.cancel_during)
        run.checks.equal("the step is no failure", "SKIPPED", step["status"])
        run.checks.true("the step tells that it was stopped", (step["reason"] or "").startswith("Stopped"), step["reason"])
        run.checks.equal("no failure is told", None, job["failure"])
        run.checks.equal("who cancelled and why is told", "checking cancellation", job["cancellation"]["reason"])
        shared.rolled_back(run.checks, job, volume_kept=not run.cleanup_volumes)
        shared.untouched(run.checks, run.original)
        status, _ = run.rest.ask("POST", "/restore/cancel/" + job["job_id"], {})
        run.checks.equal("a second cancellation is refused", 409, status)


class FailingCreate(NewIps):
    """The cloud accepts the server and fails to build it, which something must make it do."""

    ends = "FAILED"

    def verify(self, run, job):
        failure = job["failure"] or {"message": "", "kind": None, "request_id": ""}
        print("        " + failure["message"])
        run.checks.equal("kind of failure", "resource-failed", failure["kind"])
        run.checks.true("the failure carries the cloud's own message", self.options.message in failure["message"],
                        self.options.message)
        run.checks.true("the failure carries a request id", REQUEST_ID.fullmatch(failure["request_id"] or ""),
                        failure["request_id"])
        creation = next(step for step in job["steps"] if step["action"] == "create_server")
        run.checks.equal("it is the one under which the cloud logged the build", creation["request_id"], failure["request_id"])
        failed = [step for step in job["steps"] if step["status"] == "FAILED"]
        run.checks.equal("the step that failed", ["wait_active"], [step["action"] for step in failed])
        run.checks.equal("the step tells the same failure", failure, failed[0]["error"] if failed else None)
        shared.rolled_back(run.checks, job, volume_kept=not run.cleanup_volumes)
        shared.untouched(run.checks, run.original)


class CrossTenant(NewIps):
    """In a project in which the service user has no role yet."""

    role = "admin"

    def before(self, run):
        self.user = cloud.service_user() or sys.exit("cross-tenant needs SNAPSHOT_SERVICE_USER_EMAIL")
        run.checks.equal("the service user has no role in the project at first", [],
                         cloud.roles(self.user["id"], self.options.project))

    def verify(self, run, job):
        restored = super().verify(run, job)
        run.checks.equal("the service user was given its role", [self.role], cloud.roles(self.user["id"], self.options.project))
        project = self.options.project
        run.checks.equal("the server is the tenant's", project, restored.server["project_id"])
        run.checks.equal("it was made by the service user", self.user["id"], restored.server["user_id"])
        run.checks.equal("the volume is the tenant's", project, restored.boot_volume["os-vol-tenant-attr:tenant_id"])
        run.checks.equal("the ports are the tenant's", {project}, {port["project_id"] for port in restored.ports})


SCENARIOS = {
    "new-ips": NewIps,
    "try-same-ips": TrySameIps,
    "replace": Replace,
    "cancel": Cancel,
    "failing-create": FailingCreate,
    "cross-tenant": CrossTenant,
}
