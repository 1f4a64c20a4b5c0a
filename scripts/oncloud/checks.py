"""Checks that are printed as they are made and counted, and those that several scenarios share."""

from oncloud import cloud


class Checks:
    def __init__(self):
        self.made = 0
        self.failed = 0

    def equal(self, what, expected, actual):
        good = expected == actual
        self.made += 1
        self.failed += not good
        print(f"  {'ok  ' if good else 'FAIL'} {what}" + ("" if good else f": expected {expected!r}, found {actual!r}"))

    def true(self, what, actual, shown=None):
        self.equal(what if shown is None else f"{what} ({shown})", True, bool(actual))


def restored_like(checks, original, restored, job, snapshot):
    """The restored VM runs from the snapshot and is what the original was, addresses aside."""
    result = job["result"]
    checks.equal("server is ACTIVE", "ACTIVE", restored.server["status"])
    checks.equal("name", job["plan"]["new_name"], restored.server["name"])
    checks.equal("project", original.server["project_id"], restored.server["project_id"])
    checks.equal("boots from the new volume", result["volume_id"], restored.boot_volume["id"])
    checks.equal("the volume was made from the snapshot", snapshot, restored.boot_volume["snapshot_id"])
    checks.true("the volume is not the original's", restored.boot_volume["id"] != original.boot_volume["id"])
    checks.equal("flavor", original.flavor, restored.flavor)
    checks.equal("user_data byte for byte", *(vm.server.get("OS-EXT-SRV-ATTR:user_data") for vm in (original, restored)))
    _same_key(checks, original, restored)
    kept = {name: value for name, value in restored.server["properties"].items() if name in original.server["properties"]}
    checks.equal("metadata", original.server["properties"], kept)
    checks.equal("ports are those of the result", sorted(result["port_ids"]), sorted(port["id"] for port in restored.ports))
    checks.equal("networks", *([port["network_id"] for port in vm.ports] for vm in (original, restored)))
    checks.equal("security groups of each port", original.security_groups, restored.security_groups)
    checks.equal("number of addresses", len(original.addresses), len(restored.addresses))
    checks.equal("no imported key pair stays", [], cloud.Traces.keys_of(job["job_id"]))


def _same_key(checks, original, restored):
    name, owner = original.server["key_name"], original.server["user_id"]
    if not name:
        checks.equal("no key pair", None, restored.server["key_name"])
    elif restored.server["key_name"] == name and restored.server["user_id"] == owner:
        checks.equal("key pair", name, restored.server["key_name"])
    else:
        # A key belongs to a user: booted by another one, the VM has a copy whose name tells the fingerprint.
        checks.true("key pair by fingerprint", cloud.fingerprint(name, owner) in restored.server["key_name"])


def untouched(checks, original):
    """A VM beside which another is restored stays as it was."""
    checks.equal("the original is untouched", original.identity, cloud.Vm.read(original.server["id"]).identity)


def rolled_back(checks, job, volume_kept):
    """Server and ports are gone, and what stays is exactly what the job names."""
    traces = cloud.Traces.of(job["job_id"], job["project_id"], job["plan"]["new_name"])
    checks.equal("server is gone", [], traces.servers)
    checks.equal("ports are gone", [], traces.ports)
    checks.equal("imported key pair is gone", [], traces.keys)
    left = [(resource["type"], resource["id"]) for resource in job["leftovers"]]
    checks.equal("leftovers are what the cloud still has", sorted(("VOLUME", volume) for volume in traces.volumes), sorted(left))
    if volume_kept:
        checks.equal("the volume is kept", 1, len(traces.volumes))
    else:
        checks.equal("the volume is gone", [], traces.volumes)
    for volume in traces.volumes:
        named_for_deletion(checks, job, volume)
    rollbacks = [step for step in job["steps"] if step["undoes"] is not None]
    checks.equal("every rollback step is COMPLETED", ["COMPLETED"] * len(rollbacks), [step["status"] for step in rollbacks])


def named_for_deletion(checks, job, volume):
    checks.true("next_actions tells how to delete it",
                any(f" volume delete {volume}" in action for action in job["next_actions"]), volume)


def told_as_kept(checks, job, volume):
    """The old disk is the only copy of what was written since the snapshot: nobody is told to delete it."""
    checks.true("next_actions tells that the old disk is kept",
                any(volume in action and "It is kept" in action for action in job["next_actions"]), volume)
    checks.true("next_actions does not tell to delete the old disk",
                not any(f"delete {volume}" in action for action in job["next_actions"]), volume)
