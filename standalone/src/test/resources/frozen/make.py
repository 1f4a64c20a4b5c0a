#!/usr/bin/env python3
"""Makes a data directory of standalone with restores in every status, as a crash leaves it, and packs it.

usage: make.py CHECKOUT [WORK_DIRECTORY]

CHECKOUT is a clone of this repository at the commit to freeze, packaged (./mvnw -DskipTests package). The result,
data-COMMIT.tar.gz and jobs.json, lands beside this script. README.md there says what the jobs are for.
"""

import contextlib
import gzip
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.error
import urllib.request
import uuid

HERE = pathlib.Path(__file__).resolve().parent
PATIENCE = 120
WAL_SEGMENT, WAL_PAGE = 16 << 20, 8192
ENDED = {"COMPLETED", "FAILED", "CANCELLED", "INTERRUPTED", "DRY_RUN"}

# Nothing frozen may run out between the freeze and the day of the test but what is meant to.
LONG = "36500d"

# As ./restore starts it, and open to a debugger.
JVM = ("-Xms64m -Xmx384m -XX:+UseSerialGC -XX:MaxDirectMemorySize=64m -XX:TieredStopAtLevel=1"
       " -agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:")

HELPER = """
import java.util.*;
import org.apache.kafka.clients.admin.*;
import org.apache.kafka.clients.producer.*;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.*;

class Helper {
    public static void main(String[] arguments) throws Exception {
        Map<String, Object> broker = Map.of("bootstrap.servers", arguments[1]);
        if (arguments[0].equals("no-event")) {
            try (var producer = new KafkaProducer<>(broker, new StringSerializer(), new StringSerializer())) {
                producer.send(new ProducerRecord<>("restore.events.v1", "some-vm", "no event")).get();
            }
        } else {
            try (var admin = Admin.create(broker)) {
                var forever = List.of(new AlterConfigOp(new ConfigEntry("retention.ms", "-1"), AlterConfigOp.OpType.SET));
                Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
                admin.listTopics().names().get().stream()
                        .filter(topic -> topic.startsWith("restore.commands."))
                        .forEach(topic -> changes.put(new ConfigResource(ConfigResource.Type.TOPIC, topic), forever));
                admin.incrementalAlterConfigs(changes).all().get();
            }
        }
    }
}
"""


def sample_id(name):
    """The id that SampleCloud gives to something; Java's UUID.nameUUIDFromBytes."""
    return str(uuid.UUID(bytes=__import__("hashlib").md5(("vm-restore-sample/" + name).encode()).digest(), version=3))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


class Standalone:
    """One run of the program over the data directory."""

    def __init__(self, checkout, data, **settings):
        self.checkout, self.data = checkout, data
        environment = {name: value for name, value in os.environ.items()
                       if not re.match("(RESTORE|OS|SNAPSHOT|KAFKA|SIMULATOR)_", name)}
        environment.update(
            RESTORE_DATA_DIRECTORY=str(data),
            RESTORE_GATEWAY_PORT=free_port(),
            RESTORE_KAFKA_PORT=free_port(),
            RESTORE_DB_PORT=free_port(),
            SIMULATOR_PORT=free_port(),
            SIMULATOR_VOLUME_DELAY="0s",
            SIMULATOR_SERVER_DELAY="0s",
            # The default would name this machine.
            RESTORE_EXECUTOR_NAME="frozen-executor",
            RESTORE_IDEMPOTENCY_LIFETIME=LONG,
            # A busy machine answers late, and then as if nobody had decided.
            RESTORE_ADMISSION_WAIT="20s")
        environment.update(settings)
        self.simulator = "http://127.0.0.1:" + environment["SIMULATOR_PORT"]
        subprocess.run([checkout / "restore", "up"], env=environment, check=True, stdout=subprocess.DEVNULL)
        facts = dict(line.strip().split("=", 1) for line in (data / "instance.properties").read_text().splitlines()
                     if "=" in line)
        self.pid = int(facts["pid"])
        self.gateway = facts["gateway"].replace("\\", "")
        self.kafka = facts["kafka"].replace("\\", "")
        self.token, self.remembered = None, []
        login = self.call("POST", "/auth/login",
                          {"username": "admin", "password": "demo-admin", "project": "service"})
        self.token = login["access_token"]

    def call(self, method, path, body=None, expected=(200, 201, 202), **headers):
        request = urllib.request.Request(
            path if path.startswith("http") else self.gateway + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"} | {k.replace("_", "-"): v for k, v in headers.items()})
        if self.token:
            request.add_header("Authorization", "Bearer " + self.token)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                status, text = answer.status, answer.read()
        except urllib.error.HTTPError as refused:
            status, text = refused.code, refused.read()
        if status not in expected:
            raise SystemExit(f"{method} {path} answered {status}: {text.decode()}")
        if "Idempotency_Key" in headers:
            self.remembered.append({"path": path, "key": headers["Idempotency_Key"], "body": request.data.decode(),
                                    "job_id": json.loads(text)["job_id"]})
        return text.decode() if headers.get("Accept") == "text/event-stream" else json.loads(text or "{}")

    def fault(self, match, kind, **more):
        self.call("POST", self.simulator + "/simulator/faults", {"match": match, "kind": kind} | more)

    def plan(self, vm, snapshot, tenant="tenant-a", key=None, planned=True, **more):
        headers = {"Idempotency_Key": key} if key else {}
        if not planned:
            headers["Prefer"] = "wait=1"
        answer = self.call("POST", "/restore/plan", {
            "project_id": sample_id("project/" + tenant).replace("-", ""),
            "vm_id": sample_id(f"{tenant}/server/{vm}"),
            "restore_point_id": sample_id(f"{tenant}/snapshot/{snapshot}")} | more, **headers)
        if planned:
            self.until(answer["job_id"], lambda seen: seen["status"] == "PLANNED")
        return answer["job_id"]

    def execute(self, job, vm=None, expected=(202,), key=None):
        headers = {"Idempotency_Key": key} if key else {}
        confirmation = {"confirm_destructive": "DELETE AND RESTORE " + vm} if vm else {}
        self.call("POST", "/restore/execute", {"plan_id": job} | confirmation, expected, **headers)

    def job(self, job):
        return self.call("GET", "/restore/jobs/" + job)

    def until(self, job, condition):
        return awaited(lambda: self.job(job), condition)

    def ended(self, job, status):
        shown = self.until(job, lambda seen: seen["status"] in ENDED)
        if shown["status"] != status:
            raise SystemExit(f"{job} should be {status}: {json.dumps(shown, indent=1)}")

    def at_work(self, job, action, made=None):
        """Waits until a step is at work, and has named what it made."""
        self.until(job, lambda seen: any(
            step["action"] == action and step["status"] == "RUNNING"
            and (made is None or any(one["type"] == made for one in step["resources"]))
            for step in seen["steps"]))

    def stop(self):
        os.kill(self.pid, signal.SIGTERM)
        awaited(lambda: alive(self.pid), lambda living: not living)

    def kill(self):
        """As a power cut: no process writes anything any more."""
        postmaster = int((self.data / "postgresql/data/postmaster.pid").read_text().split()[0])
        os.kill(self.pid, signal.SIGKILL)
        os.kill(postmaster, signal.SIGKILL)
        awaited(lambda: alive(self.pid) or alive(postmaster), lambda living: not living)


@contextlib.contextmanager
def running(checkout, data, **settings):
    system = Standalone(checkout, data, **settings)
    try:
        yield system
    finally:
        if alive(system.pid):
            system.stop()


def alive(pid):
    try:
        return "\nState:\tZ" not in pathlib.Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


def awaited(look, condition):
    deadline = time.monotonic() + PATIENCE
    while True:
        seen = look()
        if condition(seen):
            return seen
        if time.monotonic() > deadline:
            raise SystemExit(f"Not within {PATIENCE} s: {json.dumps(seen, indent=1)}")
        time.sleep(0.05)


def make_ended(system, jobs):
    """Everything that ends, each job on a VM of its own."""
    system.call("POST", system.simulator + "/simulator/servers", {"tenant": "tenant-a", "count": 24})

    job = jobs["completed-new"] = system.plan("web-1", "web-1-weekly", new_vm_name="web-1-back", key="frozen-plan")
    system.execute(job, key="frozen-execution")
    system.ended(job, "COMPLETED")

    job = jobs["completed-replace"] = system.plan("app-1", "app-1-daily", mode="REPLACE", ip_strategy="TRY_SAME_IPS")
    system.execute(job, "app-1")
    system.ended(job, "COMPLETED")

    # The service user gets its role there first, and Neutron makes up an IPv6 address.
    job = jobs["completed-other-tenant"] = system.plan("web-1", "web-1-daily", "tenant-b")
    system.execute(job)
    system.ended(job, "COMPLETED")

    system.fault("^doomed$", "ServerFails", stage="ABORT", message="Disk of the hypervisor is full")
    job = jobs["failed-rolled-back"] = system.plan("load-0", "load-0", new_vm_name="doomed")
    system.execute(job)
    system.ended(job, "FAILED")

    system.fault("^load-1$", "ServerFails", stage="ABORT", message="No power")
    job = jobs["failed-after-deletion"] = system.plan("load-1", "load-1", mode="REPLACE", ip_strategy="TRY_SAME_IPS")
    system.execute(job, "load-1")
    system.ended(job, "FAILED")

    job = jobs["failed-address"] = system.plan("load-2", "load-2", ip_strategy="SAME_IPS_OR_FAIL")
    system.execute(job)
    system.ended(job, "FAILED")

    before = {shown["job_id"] for shown in listed(system)}
    system.call("POST", "/restore/plan", {
        "project_id": sample_id("project/tenant-a").replace("-", ""),
        "vm_id": sample_id("tenant-a/server/stateless-1"),
        "restore_point_id": sample_id("tenant-a/snapshot/web-1-weekly")}, (422,))
    jobs["failed-planning"] = next(
        shown["job_id"] for shown in listed(system) if shown["job_id"] not in before)
    system.ended(jobs["failed-planning"], "FAILED")

    system.fault("^restored-load-3-", "VolumeStuck")
    job = jobs["cancelled-at-work"] = system.plan("load-3", "load-3")
    system.execute(job)
    system.at_work(job, "create_volume", "VOLUME")
    system.call("POST", f"/restore/jobs/{job}/cancel", {"reason": "wrong snapshot"})
    system.ended(job, "CANCELLED")

    job = jobs["cancelled-plan"] = system.plan("load-4", "load-4")
    system.call("POST", f"/restore/cancel/{job}", {}, Idempotency_Key="frozen-cancellation")
    system.ended(job, "CANCELLED")

    system.fault("^restored-load-5-", "VolumeStuck")
    job = jobs["interrupted"] = system.plan("load-5", "load-5")
    system.execute(job)
    system.at_work(job, "create_volume", "VOLUME")
    system.call("POST", f"/restore/jobs/{job}/redrive")
    system.call("POST", f"/restore/jobs/{job}/interrupt", {"reason": "its cloud is gone"})
    system.ended(job, "INTERRUPTED")


def help_with_kafka(system, work, what):
    source = work / "Helper.java"
    source.write_text(HELPER)
    library = str(system.checkout / "standalone/target/lib") + "/*"
    java = pathlib.Path(f"/proc/{system.pid}/exe").resolve()
    subprocess.run([java, "-cp", library, source, what, system.kafka], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def make_dead_letters(system, work):
    """One that was sent back, and the one that came of it."""
    help_with_kafka(system, work, "no-event")
    letters = "/restore/operations/dead-letters"
    listed_letters = awaited(lambda: system.call("GET", letters)["dead_letters"], lambda seen: len(seen) == 1)
    system.call("POST", letters + "/redrive", {"ids": [listed_letters[0]["id"]]})
    awaited(lambda: system.call("GET", letters)["dead_letters"],
            lambda seen: len(seen) == 1 and seen[0]["id"] != listed_letters[0]["id"])


def make_dry_run(system, jobs):
    job = jobs["dry-run"] = system.plan("load-6", "load-6")
    system.execute(job)
    system.ended(job, "DRY_RUN")


def plan_patient(system, jobs):
    """Plans whose steps' timeouts last until the test: their restores go on there."""
    jobs["running-volume"] = system.plan("load-7", "load-7")
    jobs["running-server"] = system.plan("web-1", "web-1-monthly", new_vm_name="web-1-slow")
    jobs["running-replace"] = system.plan("load-9", "load-9", mode="REPLACE", ip_strategy="TRY_SAME_IPS")
    jobs["running-rollback"] = system.plan("load-10", "load-10", new_vm_name="doomed-too")
    jobs["running-cancelled"] = system.plan("load-11", "load-11", new_vm_name="unwanted")


def make_running(system, jobs):
    """Restores at different steps, each held there by a fault of the cloud."""
    job = jobs["running-volume"]
    system.fault("^restored-load-7-", "VolumeStuck")
    system.execute(job)
    system.at_work(job, "create_volume", "VOLUME")

    job = jobs["running-late"] = system.plan("load-8", "load-8")
    system.fault("^restored-load-8-", "VolumeStuck")
    system.execute(job)
    system.at_work(job, "create_volume", "VOLUME")

    job = jobs["running-server"]
    system.fault("^web-1-slow$", "ServerStuck")
    system.execute(job)
    system.at_work(job, "wait_active")

    job = jobs["running-replace"]
    system.fault("^load-9$", "ServerDeletionStuck")
    system.execute(job, "load-9")
    system.at_work(job, "delete_server")
    # The VM is busy: the plan stays, with the refusal noted.
    job = jobs["planned-refused"] = system.plan("load-9", "load-9")
    system.execute(job, expected=(409,))

    job = jobs["running-rollback"]
    system.fault("^doomed-too$", "ServerFails", stage="ABORT", message="Out of memory")
    system.fault("^DELETE .*/ports/", "Slow", times=-1, delay="PT1H")
    system.execute(job)
    system.at_work(job, "rollback_port")

    job = jobs["running-cancelled"]
    system.fault("^unwanted$", "ServerStuck")
    system.fault("^unwanted$", "ServerDeletionStuck")
    system.execute(job)
    system.at_work(job, "wait_active")
    system.call("POST", f"/restore/jobs/{job}/cancel", {"reason": "nobody wants it"})
    system.at_work(job, "rollback_server")


def make_planned(system, jobs):
    jobs["planned"] = system.plan("web-1", "web-1-daily", ip_strategy="TRY_SAME_IPS", new_vm_name="web-1-later")
    jobs["planned-replace"] = system.plan("db-1", "db-1-daily", mode="REPLACE", ip_strategy="SAME_IPS_OR_FAIL")
    jobs["pending"] = system.plan("load-12", "load-12")


@contextlib.contextmanager
def stopped_dispatch(system, port):
    """Stops the one thread that answers requests: it would do so within milliseconds."""
    jdb = pathlib.Path(f"/proc/{system.pid}/exe").resolve().parent / "jdb"
    debugger = subprocess.Popen([jdb, "-attach", "127.0.0.1:" + port], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                text=True, bufsize=1)
    try:
        debugger.stdin.write("threads\n")
        for line in debugger.stdout:
            thread = re.search(r"\)(\w+)\s+vm-restore-dispatch\S*-StreamThread-1\s", line)
            if thread:
                break
        debugger.stdin.write(f"suspend {thread.group(1)}\nthread {thread.group(1)}\nwhere\n")
        for line in debugger.stdout:
            # A frame of its stack is shown of a stopped thread only.
            if re.search(r"\[1\] ", line):
                break
        # As long as the debugger is there.
        yield
    finally:
        debugger.kill()
        debugger.wait()


def make_unanswered(system, jobs):
    """What the gateway has accepted and nobody has read before the crash."""
    system.execute(jobs["pending"])
    system.until(jobs["pending"], lambda seen: seen["status"] == "PENDING")
    jobs["planning"] = system.plan("load-13", "load-13", planned=False)
    system.until(jobs["planning"], lambda seen: seen["status"] == "PLANNING")


def listed(system):
    jobs, path = [], "/restore/jobs?limit=100"
    while path:
        page = system.call("GET", path)
        jobs += page["jobs"]
        path = next((link["href"] for link in page["links"] if link["rel"] == "next"), None)
    return jobs


def read_stream(system, job):
    text = system.call("GET", f"/restore/jobs/{job}/events", Accept="text/event-stream")
    events = []
    for block in text.split("\n\n"):
        fields = dict(line.split(":", 1) for line in block.splitlines() if line and not line.startswith(":"))
        if "data" in fields:
            events.append({"id": fields["id"], "event": fields["event"], "data": json.loads(fields["data"])})
    return events


def record(system, jobs):
    """What the API said: all of an ended job, of the others only how far they were."""
    shown = {shown["job_id"]: shown for shown in listed(system)}
    names = {job: name for name, job in jobs.items()}
    if set(shown) != set(names):
        raise SystemExit(f"Jobs without a name: {set(shown) ^ set(names)}")
    ended, others = [], []
    for name, job in jobs.items():
        whole = system.job(job)
        if whole["status"] in ENDED:
            ended.append({"name": name, "listed": shown[job], "job": whole, "events": read_stream(system, job)})
        else:
            others.append({"name": name, "job_id": job, "status": whole["status"]})
    return {"ended": ended, "others": others,
            "dead_letters": system.call("GET", "/restore/operations/dead-letters")["dead_letters"]}


def write(answers, file):
    """One line for each job."""
    parts = [f' "{part}": [\n  ' + ",\n  ".join(json.dumps(one, ensure_ascii=False) for one in content) + "\n ]"
             for part, content in answers.items()]
    file.write_text("{\n" + ",\n".join(parts) + "\n}\n")


def trim(data):
    """Drops what a start makes anew or overwrites, and with it all that names this machine."""
    database = data / "postgresql"
    for gone in ["instance.properties", "standalone.log", "kafka/.lock", "kafka/lock", "postgresql/lock",
                 "postgresql/postgresql.log", "postgresql/data/postmaster.pid", "postgresql/data/postmaster.opts"]:
        (data / gone).unlink(missing_ok=True)
    # Kafka makes indexes from the log after a crash; they are 10 MB each until then, and their absence is an error.
    for index in [*data.glob("kafka/*/*.index"), *data.glob("kafka/*/*.timeindex")]:
        os.truncate(index, 0)
    # Where recovery begins: PostgreSQL's ControlFileData, whose layout has not changed for many versions.
    redo, timeline = struct.unpack_from("<QI", (database / "data/global/pg_control").read_bytes(), 40)
    first = f"{timeline:08X}{redo >> 32:08X}{redo >> 24 & 0xFF:08X}"
    for segment in (database / "data/pg_wal").glob("[0-9A-F]" * 24):
        if segment.name < first:
            segment.unlink()
    # Nothing reads what is before that but the segment's first page, which says that it is one.
    with (database / "data/pg_wal" / first).open("r+b") as log:
        begin = redo % WAL_SEGMENT // WAL_PAGE * WAL_PAGE
        log.seek(WAL_PAGE)
        log.write(bytes(max(0, begin - WAL_PAGE)))
    shutil.rmtree(database / "binaries")


def pack(data, archive):
    """One archive without times and owners; equal files are in it once, the others as links to the first."""
    seen = {}
    with gzip.GzipFile(archive, "wb", 9, mtime=0) as packed, tarfile.open(fileobj=packed, mode="w") as tar:
        for path in sorted(data.rglob("*")):
            entry = tarfile.TarInfo(str(path.relative_to(data)))
            entry.mode = path.stat().st_mode & 0o777
            if path.is_dir():
                entry.type = tarfile.DIRTYPE
                tar.addfile(entry)
                continue
            content = path.read_bytes()
            if content and content in seen:
                entry.type, entry.linkname = tarfile.LNKTYPE, seen[content]
                tar.addfile(entry)
                continue
            seen[content] = entry.name
            entry.size = len(content)
            with path.open("rb") as source:
                tar.addfile(entry, source)


def require_anonymous(data):
    """Nothing of the machine that made it may be in the archive."""
    words = {socket.gethostname(), str(data), str(data.resolve().parent), os.path.expanduser("~") + "/"}
    for path in data.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            for word in words:
                if len(word) > 4 and word.encode() in content:
                    raise SystemExit(f"{path} names {word}")


def main(checkout, work):
    commit = subprocess.run(["git", "-C", checkout, "rev-parse", "--short=7", "HEAD"], check=True, text=True,
                            stdout=subprocess.PIPE).stdout.strip()
    data, jobs = work / "data", {}
    with running(checkout, data) as system:
        make_ended(system, jobs)
        make_dead_letters(system, work)
        # Commands are kept for a week. In a later one it would depend on the speed of the test's machine whether
        # executors read them before the broker that has just started drops them.
        help_with_kafka(system, work, "keep-commands")
        remembered = system.remembered
    with running(checkout, data, RESTORE_DRY_RUN="true", RESTORE_TIMEOUT_VOLUME=LONG, RESTORE_TIMEOUT_SERVER=LONG,
                 RESTORE_TIMEOUT_DELETE=LONG) as system:
        make_dry_run(system, jobs)
        plan_patient(system, jobs)
    port = free_port()
    with running(checkout, data, RESTORE_JVM_ARGUMENTS=JVM + port) as system:
        make_planned(system, jobs)
        make_running(system, jobs)
        # What is held up now is not to be held up for ever.
        system.call("DELETE", system.simulator + "/simulator/faults", expected=(204,))
        with stopped_dispatch(system, port):
            make_unanswered(system, jobs)
            answers = record(system, jobs) | {"remembered": remembered}
            system.kill()
    trim(data)
    require_anonymous(data)
    write(answers, HERE / "jobs.json")
    pack(data, HERE / f"data-{commit}.tar.gz")
    print(json.dumps({name: job for name, job in jobs.items()}, indent=1))


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    main(pathlib.Path(sys.argv[1]).resolve(),
         pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else tempfile.mkdtemp()).resolve())
