"""A cloud as the stock `openstack` client shows it: nothing here asks the system under test."""

import concurrent.futures
import dataclasses
import json
import os
import re
import subprocess
import sys

# From 2.3 on user_data is shown; below 2.47 the flavor keeps its id.
SERVER_VERSION = ("--os-compute-api-version", "2.26")
# From 2.10 on an administrator sees the key pairs of other users.
KEY_VERSION = ("--os-compute-api-version", "2.35")
NOT_FOUND = re.compile(r"\bNo \w+ (with a name or ID of .* exists|found for )", re.IGNORECASE)


def openstack(*arguments):
    """What the client answers, as data. Ends the program if the client fails."""
    answer, error = _ask(arguments)
    if error is not None:
        sys.exit(f"openstack {' '.join(arguments)} failed: {error}")
    return answer


def exists(kind, resource_id):
    """Whether the cloud has it. Only the client's own words for "none" count as gone."""
    _, error = _ask((kind, "show", resource_id))
    if error is not None and not NOT_FOUND.search(error):
        sys.exit(f"openstack {kind} show {resource_id} failed: {error}")
    return error is None


def _ask(arguments):
    # The client brings its own Python; one that is first on PATH for other reasons must not lend it libraries.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(["openstack", *arguments, "-f", "json"], capture_output=True, text=True, env=environment)
    return (None, done.stderr.strip()) if done.returncode else (json.loads(done.stdout), None)


@dataclasses.dataclass
class Vm:
    """One VM with its ports and boot volume, as it was when it was read."""

    server: dict
    ports: list
    floating_ips: list
    boot_volume: dict
    volume_ids: list

    @staticmethod
    def read(server_id):
        server = openstack(*SERVER_VERSION, "server", "show", server_id)
        with concurrent.futures.ThreadPoolExecutor(3) as readers:
            ports = list(readers.map(_show("port"), [p["ID"] for p in openstack("port", "list", "--server", server_id)]))
            attached = server.get("volumes_attached") or server.get("os-extended-volumes:volumes_attached") or []
            volumes = list(readers.map(_show("volume"), [entry["id"] for entry in attached]))
        root = server.get("OS-EXT-SRV-ATTR:root_device_name")
        boot = [volume for volume in volumes if any(place["device"] == root for place in volume["attachments"])]
        if not boot:
            sys.exit(f"server {server_id} has no boot volume")
        ports.sort(key=lambda port: (port["network_id"], port["mac_address"]))
        macs = {port["id"]: port["mac_address"] for port in ports}
        floating = [(ip["Floating IP Address"], ip["Fixed IP Address"], macs[ip["Port"]])
                    for ip in _floating_ips() if ip["Port"] in macs]
        return Vm(server, ports, sorted(floating), boot[0], [volume["id"] for volume in volumes])

    @property
    def flavor(self):
        flavor = self.server["flavor"]
        if isinstance(flavor, dict):
            return flavor.get("name") or flavor.get("original_name")
        return flavor.split(" ")[0]

    @property
    def addresses(self):
        return sorted(ip["ip_address"] for port in self.ports for ip in port["fixed_ips"])

    @property
    def addresses_by_mac(self):
        return {port["mac_address"]: sorted(ip["ip_address"] for ip in port["fixed_ips"]) for port in self.ports}

    @property
    def security_groups(self):
        return sorted((port["network_id"], sorted(port["security_group_ids"])) for port in self.ports)

    @property
    def identity(self):
        """What a restore beside this VM must not touch."""
        return (self.server["status"], self.boot_volume["id"], [(port["id"], port["mac_address"]) for port in self.ports],
                self.addresses, self.floating_ips)


def _floating_ips():
    answer, error = _ask(("floating", "ip", "list"))
    if error is not None and "404" not in error:
        sys.exit(f"openstack floating ip list failed: {error}")
    # A cloud without routers knows no such resource.
    return answer or []


def _show(kind):
    return lambda resource_id: openstack(kind, "show", resource_id)


@dataclasses.dataclass
class Traces:
    """What the cloud has of one restore, found by names and marks and not by what the restore says about itself."""

    servers: list
    ports: list
    volumes: list
    keys: list

    @staticmethod
    def of(job_id, project_id, new_name):
        servers = openstack("server", "list", "--project", project_id)
        ports = openstack("port", "list", "--project", project_id)
        volumes = openstack("volume", "list", "--project", project_id, "--long")
        return Traces(
            [server["ID"] for server in servers if server["Name"] == new_name],
            [port["ID"] for port in ports if port["Name"].startswith("restore-" + job_id)],
            [volume["ID"] for volume in volumes if volume["Properties"].get("restore_mark", "").startswith(job_id)],
            Traces.keys_of(job_id))

    @staticmethod
    def keys_of(job_id):
        """Key pairs that the service user still has of this restore."""
        user = service_user()
        listed = openstack(*KEY_VERSION, "keypair", "list", *(["--user", user["id"]] if user else []))
        return [key["Name"] for key in listed if key["Name"].startswith("restore-" + job_id)]


def service_user():
    """The user that works in the tenants' projects, or none if the credentials do so themselves."""
    name = os.environ.get("SNAPSHOT_SERVICE_USER_EMAIL")
    if not name:
        return None
    return openstack("user", "show", name, "--domain", os.environ.get("SNAPSHOT_SERVICE_USER_DOMAIN", "default"))


def roles(user_id, project_id):
    listed = openstack("role", "assignment", "list", "--user", user_id, "--project", project_id, "--names")
    return sorted(assignment["Role"] for assignment in listed)


def fingerprint(key_name, user_id):
    return openstack(*KEY_VERSION, "keypair", "show", key_name, "--user", user_id)["fingerprint"].replace(":", "")
