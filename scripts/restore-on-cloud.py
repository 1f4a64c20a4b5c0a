#!/usr/bin/env python3
"""Restores one VM on a real cloud through the whole pipeline and checks the result with the stock `openstack` client.

usage: restore-on-cloud.py PROJECT_ID VM_ID SNAPSHOT_ID [NEW_IPS|TRY_SAME_IPS|SAME_IPS_OR_FAIL]

Reads only the variables of an openrc file (OS_*) and, to work in projects other than the credentials' own,
SNAPSHOT_SERVICE_USER_EMAIL, _PASSWORD and _DOMAIN. Starts the standalone system with a data directory of its own,
asks for a plan, executes it, waits for COMPLETED, and compares original and restored VM. The restored VM stays;
its ids are printed. Exit code 0 means that every check passed.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PATIENCE_SECONDS = 45 * 60


class Rest:
    """The gateway, as any client sees it."""

    def __init__(self, url):
        self.url = url
        self.token = None

    def call(self, method, path, body=None):
        request = urllib.request.Request(self.url + path, method=method)
        request.add_header("Content-Type", "application/json")
        if self.token:
            request.add_header("Authorization", "Bearer " + self.token)
        data = None if body is None else json.dumps(body).encode()
        try:
            with urllib.request.urlopen(request, data, timeout=90) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refused:
            sys.exit(f"{method} {path} answered {refused.code}: {refused.read().decode()}")


def openstack(*arguments):
    command = ["openstack", *arguments, "-f", "json"]
    # The client brings its own Python; one that is first on PATH for other reasons must not lend it libraries.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed: {done.stderr.strip()}")
    return json.loads(done.stdout)


def server(server_id):
    # From 2.3 on user_data is shown; below 2.47 the flavor keeps its id.
    return openstack("--os-compute-api-version", "2.26", "server", "show", server_id)


def ports(server_id):
    shown = [openstack("port", "show", port["ID"]) for port in openstack("port", "list", "--server", server_id)]
    return sorted(shown, key=lambda port: (port["network_id"], port["mac_address"]))


def boot_volume(shown):
    attached = shown.get("volumes_attached") or shown.get("os-extended-volumes:volumes_attached")
    root = shown.get("OS-EXT-SRV-ATTR:root_device_name")
    for entry in attached:
        volume = openstack("volume", "show", entry["id"])
        if any(place["device"] == root for place in volume["attachments"]):
            return volume
    sys.exit(f"server {shown['id']} has no boot volume")


def flavor_name(shown):
    flavor = shown["flavor"]
    if isinstance(flavor, dict):
        return flavor.get("name") or flavor.get("original_name")
    return flavor.split(" ")[0]


class Checks:
    def __init__(self):
        self.failed = 0

    def equal(self, what, expected, actual):
        good = expected == actual
        self.failed += not good
        print(f"  {'ok  ' if good else 'FAIL'} {what}" + ("" if good else f": expected {expected!r}, found {actual!r}"))


def restore(rest, project, vm, snapshot, strategy):
    began = time.monotonic()
    body = {"project_id": project, "vm_id": vm, "restore_point_id": snapshot, "ip_strategy": strategy}
    planned = rest.call("POST", "/restore/plan", body)
    job_id = planned["job_id"]
    print(f"plan    {job_id}, {time.monotonic() - began:.2f} s; eligible: {planned['plan']['eligible']}")
    for line in planned["plan"]["reasons"] + planned["plan"]["warnings"]:
        print("        " + line)
    began = time.monotonic()
    rest.call("POST", "/restore/execute", {"plan_id": job_id})
    seen = {}
    while time.monotonic() - began < PATIENCE_SECONDS:
        job = rest.call("GET", "/restore/jobs/" + job_id)
        for step in job["steps"]:
            if seen.get(step["step_order"]) != step["status"] and step["status"] != "PENDING":
                seen[step["step_order"]] = step["status"]
                print(f"{time.monotonic() - began:7.2f} {step['action']} {step['status']} {step['request_id'] or ''}")
        if job["completed_at"]:
            print(f"{time.monotonic() - began:7.2f} restore {job['status']}")
            if job["status"] != "COMPLETED":
                sys.exit(json.dumps({"failure": job["failure"], "leftovers": job["leftovers"]}, indent=2))
            return job
        time.sleep(0.2)
    sys.exit(f"job {job_id} has not ended within {PATIENCE_SECONDS} s")


def verify(job, vm, snapshot, strategy):
    checks = Checks()
    result = job["result"]
    original, restored = server(vm), server(result["server_id"])
    checks.equal("server is ACTIVE", "ACTIVE", restored["status"])
    checks.equal("name", job["plan"]["new_name"], restored["name"])
    checks.equal("project", original["project_id"], restored["project_id"])
    volume = boot_volume(restored)
    checks.equal("boots from the new volume", result["volume_id"], volume["id"])
    checks.equal("the volume was made from the snapshot", snapshot, volume["snapshot_id"])
    checks.equal("the volume is not the original's", True, volume["id"] != boot_volume(original)["id"])
    checks.equal("flavor", flavor_name(original), flavor_name(restored))
    checks.equal("user_data byte for byte", original.get("OS-EXT-SRV-ATTR:user_data"), restored.get("OS-EXT-SRV-ATTR:user_data"))
    verify_key(checks, original, restored)
    kept = {name: value for name, value in restored["properties"].items() if name in original["properties"]}
    checks.equal("metadata", original["properties"], kept)
    verify_ports(checks, ports(vm), ports(result["server_id"]), result["port_ids"], strategy)
    return checks


def verify_key(checks, original, restored):
    if not original["key_name"]:
        checks.equal("no key pair", None, restored["key_name"])
        return
    if restored["key_name"] == original["key_name"]:
        checks.equal("key pair", original["key_name"], restored["key_name"])
        return
    # A key belongs to a user: booted by another one, the VM has a copy whose name tells the fingerprint.
    key = openstack("--os-compute-api-version", "2.10", "keypair", "show", original["key_name"], "--user", original["user_id"])
    fingerprint = key["fingerprint"].replace(":", "")
    checks.equal("key pair by fingerprint", True, fingerprint in restored["key_name"])


def verify_ports(checks, old, new, port_ids, strategy):
    checks.equal("ports are those of the plan", sorted(port_ids), sorted(port["id"] for port in new))
    checks.equal("networks", sorted(p["network_id"] for p in old), sorted(p["network_id"] for p in new))
    groups = lambda shown: sorted((p["network_id"], sorted(p["security_group_ids"])) for p in shown)
    checks.equal("security groups of each port", groups(old), groups(new))
    addresses = lambda shown: sorted(ip["ip_address"] for p in shown for ip in p["fixed_ips"])
    if strategy == "SAME_IPS_OR_FAIL":
        checks.equal("addresses", addresses(old), addresses(new))
    checks.equal("number of addresses", len(addresses(old)), len(addresses(new)))


def main():
    if len(sys.argv) not in (4, 5) or "OS_AUTH_URL" not in os.environ:
        sys.exit(__doc__)
    project, vm, snapshot = sys.argv[1:4]
    strategy = sys.argv[4] if len(sys.argv) == 5 else "NEW_IPS"
    data = tempfile.mkdtemp(prefix="restore-on-cloud-")
    environment = dict(os.environ, RESTORE_DATA_DIRECTORY=data, RESTORE_ENABLED="true")
    for name in ("RESTORE_GATEWAY_PORT", "RESTORE_KAFKA_PORT", "RESTORE_DB_PORT"):
        environment.setdefault(name, "0")
    command = os.path.join(HERE, "restore")
    try:
        subprocess.run([command, "up"], check=True, env=environment)
        with open(os.path.join(data, "instance.properties")) as lines:
            instance = dict(line.strip().replace("\\:", ":").split("=", 1) for line in lines if "=" in line)
        rest = Rest(instance["gateway"])
        login = {"username": os.environ["OS_USERNAME"], "password": os.environ["OS_PASSWORD"],
                 "domain": os.environ.get("OS_USER_DOMAIN_NAME", "Default")}
        if os.environ.get("OS_PROJECT_NAME"):
            login["project"] = os.environ["OS_PROJECT_NAME"]
        answer = rest.call("POST", "/auth/login", login)
        rest.token = answer["access_token"]
        print(f"login   {answer['user']['username']}, role {answer['user']['role']}")
        job = restore(rest, project, vm, snapshot, strategy)
        print("result  " + json.dumps(job["result"]))
        checks = verify(job, vm, snapshot, strategy)
    finally:
        subprocess.run([command, "down"], env=environment)
        shutil.copy(os.path.join(data, "standalone.log"), "restore-on-cloud.log")
        shutil.rmtree(data, ignore_errors=True)
    print("every check passed" if not checks.failed else f"{checks.failed} checks failed; log in restore-on-cloud.log")
    sys.exit(1 if checks.failed else 0)


if __name__ == "__main__":
    main()
