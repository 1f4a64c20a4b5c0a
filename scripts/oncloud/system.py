"""The system under test: started with a data directory of its own, or one that runs already."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request

HERE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LOG = "restore-on-cloud.log"


class Rest:
    """The gateway, as any client sees it."""

    def __init__(self, url):
        self.url = url
        self.token = None

    def call(self, method, path, body=None):
        """The answer. Ends the program if it is an error."""
        status, answer = self.ask(method, path, body)
        if status >= 400:
            sys.exit(f"{method} {path} answered {status}: {json.dumps(answer)}")
        return answer

    def ask(self, method, path, body=None):
        """Status and answer, whatever they are."""
        request = urllib.request.Request(self.url + path, method=method)
        request.add_header("Content-Type", "application/json")
        if self.token:
            request.add_header("Authorization", "Bearer " + self.token)
        data = None if body is None else json.dumps(body).encode()
        try:
            with urllib.request.urlopen(request, data, timeout=90) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refused:
            return refused.code, json.loads(refused.read() or b"{}")

    def login(self):
        body = {"username": os.environ["OS_USERNAME"], "password": os.environ["OS_PASSWORD"],
                "domain": os.environ.get("OS_USER_DOMAIN_NAME", "Default")}
        if os.environ.get("OS_PROJECT_NAME"):
            body["project"] = os.environ["OS_PROJECT_NAME"]
        answer = self.call("POST", "/auth/login", body)
        self.token = answer["access_token"]
        print(f"login   {answer['user']['username']}, role {answer['user']['role']}")


@contextlib.contextmanager
def running(gateway):
    """A gateway to talk to: the given one, or that of a system that lives as long as the context."""
    if gateway:
        yield Rest(gateway)
        return
    data = tempfile.mkdtemp(prefix="restore-on-cloud-")
    environment = dict(os.environ, RESTORE_DATA_DIRECTORY=data, RESTORE_ENABLED="true")
    for name in ("RESTORE_GATEWAY_PORT", "RESTORE_KAFKA_PORT", "RESTORE_DB_PORT"):
        environment.setdefault(name, "0")
    command = os.path.join(HERE, "restore")
    try:
        subprocess.run([command, "up"], check=True, env=environment)
        with open(os.path.join(data, "instance.properties")) as lines:
            instance = dict(line.strip().replace("\\:", ":").split("=", 1) for line in lines if "=" in line)
        yield Rest(instance["gateway"])
    finally:
        subprocess.run([command, "down"], env=environment)
        with contextlib.suppress(FileNotFoundError):
            shutil.copy(os.path.join(data, "standalone.log"), LOG)
        shutil.rmtree(data, ignore_errors=True)
