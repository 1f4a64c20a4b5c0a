#!/usr/bin/env python3
"""Restores one VM on a real cloud through the whole pipeline and checks the result with the stock `openstack` client.

Reads only the variables of an openrc file (OS_*) and, to work in projects other than the credentials' own,
SNAPSHOT_SERVICE_USER_EMAIL, _PASSWORD and _DOMAIN. Starts the standalone system with a data directory of its own,
unless --gateway names one that runs. Exit code 0 means that the restore ended as the scenario wants and that every
check passed.

scenarios:
  new-ips         beside the original, with other addresses; the restored VM stays
  try-same-ips    beside the original, asking for its addresses, which are taken; the restored VM stays
  replace         in the original's place with its addresses and MACs: DELETES THE ORIGINAL
  cancel          cancelled during a wait; --before-execute must slow the cloud down, such as by half a minute
  failing-create  --before-execute must make the cloud fail to build the server; --message is what it says then
  cross-tenant    in a project where the service user has no role yet

Commands given by --before-execute and --after run in a shell with RESTORE_JOB_ID, RESTORE_NEW_NAME, RESTORE_VOLUME_NAME and,
after a failure, RESTORE_REQUEST_ID in their environment; --after runs whatever happened. One that fails is a failed check.
"""

import argparse
import json
import os
import subprocess
import sys
import time

from oncloud import checks, cloud, scenarios, system

PATIENCE_SECONDS = 45 * 60


class Run:
    """One restore from the plan to its end."""

    def __init__(self, rest, options):
        self.rest = rest
        self.options = options
        self.scenario = scenarios.SCENARIOS[options.scenario](options)
        self.checks = checks.Checks()
        self.original = cloud.Vm.read(options.vm)
        self.cleanup_volumes = rest.call("GET", "/restore/config")["cleanup_volumes"]
        self.job_id = None
        self.told = {}

    def go(self):
        self.scenario.before(self)
        try:
            self.plan()
            confirmation = self.scenario.confirmation(self)
            self.hook("--before-execute", self.options.before_execute)
            began = time.monotonic()
            self.rest.call("POST", "/restore/execute", {"plan_id": self.job_id, **confirmation})
            job = self.watch(began)
            self.told["RESTORE_REQUEST_ID"] = (job["failure"] or {}).get("request_id") or ""
            self.checks.equal("the restore ended", self.scenario.ends, job["status"])
            if job["status"] == self.scenario.ends:
                self.scenario.verify(self, job)
        finally:
            self.hook("--after", self.options.after)

    def plan(self):
        began = time.monotonic()
        answer = self.rest.call("POST", "/restore/plan", {
            "project_id": self.options.project, "vm_id": self.options.vm, "restore_point_id": self.options.snapshot,
            "mode": self.scenario.mode, "ip_strategy": self.scenario.ip_strategy})
        self.job_id = answer["job_id"]
        plan = answer["plan"]
        self.told = {"RESTORE_JOB_ID": self.job_id, "RESTORE_NEW_NAME": plan["new_name"],
                     "RESTORE_VOLUME_NAME": plan["volume_name"]}
        print(f"plan    {self.job_id}, {time.monotonic() - began:.2f} s; eligible: {plan['eligible']}")
        for line in plan["reasons"] + plan["warnings"]:
            print("        " + line)

    def watch(self, began):
        seen = {}
        while time.monotonic() - began < PATIENCE_SECONDS:
            job = self.rest.call("GET", "/restore/jobs/" + self.job_id)
            for step in job["steps"]:
                if seen.get(step["step_order"]) != step["status"] and step["status"] != "PENDING":
                    seen[step["step_order"]] = step["status"]
                    print(f"{time.monotonic() - began:7.2f} {step['action']} {step['status']} {step['request_id'] or ''}")
            if job["completed_at"]:
                print(f"{time.monotonic() - began:7.2f} restore {job['status']}")
                for part in ("failure", "result", "leftovers", "next_actions"):
                    print(f"{part:13}{json.dumps(job[part])}")
                self.scenario.meanwhile(self, job)
                return job
            self.scenario.meanwhile(self, job)
            time.sleep(0.2)
        sys.exit(f"job {self.job_id} has not ended within {PATIENCE_SECONDS} s")

    def hook(self, option, command):
        if command:
            done = subprocess.run(command, shell=True, env={**os.environ, **self.told})
            self.checks.equal(f"{option} command", 0, done.returncode)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("project", metavar="PROJECT_ID")
    parser.add_argument("vm", metavar="VM_ID")
    parser.add_argument("snapshot", metavar="SNAPSHOT_ID")
    parser.add_argument("--scenario", choices=list(scenarios.SCENARIOS), default="new-ips")
    parser.add_argument("--before-execute", metavar="COMMAND", help="run between plan and execution")
    parser.add_argument("--after", metavar="COMMAND", help="run at the end, to undo the other")
    parser.add_argument("--cancel-during", choices=["create_volume", "wait_active"], default="create_volume")
    parser.add_argument("--message", default="", help="part of what the cloud says about the failed server")
    parser.add_argument("--gateway", metavar="URL", help="use the system that runs there")
    options = parser.parse_args()
    if "OS_AUTH_URL" not in os.environ:
        parser.error("source an openrc file first: OS_AUTH_URL is not set")
    if options.scenario == "failing-create" and not options.message:
        parser.error("failing-create needs --message")
    return options


def main():
    options = arguments()
    began = time.monotonic()
    with system.running(options.gateway) as rest:
        rest.login()
        run = Run(rest, options)
        run.go()
    passed = run.checks.made - run.checks.failed
    print(f"{options.scenario}: {passed} of {run.checks.made} checks passed, {time.monotonic() - began:.0f} s")
    sys.exit(1 if run.checks.failed else 0)


if __name__ == "__main__":
    # Lines shall be seen as they come, also through a pipe.
    sys.stdout.reconfigure(line_buffering=True)
    main()
