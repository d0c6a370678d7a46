"""What the benches count with: whole processes and all that they start, and the bytes that go to a registry."""

import base64
import collections
import hashlib
import os
import pathlib
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import threading
import time
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
WORK = ROOT / "target/bench"
UV = WORK / "venv/bin/uv"

# Seconds on the clock, seconds of CPU, bytes that file systems were given to write, bytes sent to the registry.
Cost = collections.namedtuple("Cost", "wall cpu written sent")


class CountedRegistry:
    """An address on this machine that passes all on to a registry and counts what is sent to it, headers included."""

    def __init__(self, registry):
        self.sent = 0
        self._registry = registry.rsplit(":", 1)
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.address = "127.0.0.1:%d" % self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            client, _ = self._listener.accept()
            registry = socket.create_connection(self._registry)
            for side in client, registry:
                side.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._pass, args=(client, registry, True), daemon=True).start()
            threading.Thread(target=self._pass, args=(registry, client, False), daemon=True).start()

    def _pass(self, source, sink, counts):
        buffer = memoryview(bytearray(1 << 18))
        try:
            while length := source.recv_into(buffer):
                sink.sendall(buffer[:length])
                if counts:
                    self.sent += length
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            source.close()
            sink.close()


def cost(command, registry=None, directory=ROOT, **environment):
    """What a command costs that ends well; if not, its output and the end of everything."""
    log = WORK / "command.log"
    os.sync()
    before = _now(registry)
    with open(log, "wb") as output:
        done = subprocess.run([str(word) for word in command], cwd=directory,
                              stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
                              env={**os.environ, **{name: str(value) for name, value in environment.items()}})
    after = _now(registry)
    if done.returncode:
        sys.exit(log.read_text(errors="replace") + f"\n{command} ended with {done.returncode}")
    return Cost(*(late - early for early, late in zip(before, after)))


def _now(registry):
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    # The kernel adds to this process what those have written that it waited for, and they what theirs did. What was deleted
    # before the disk had it is not written.
    io = {name: int(value) for name, value in (line.split(": ") for line in open("/proc/self/io").read().splitlines())}
    written = io["write_bytes"] - io["cancelled_write_bytes"]
    return time.perf_counter(), children.ru_utime + children.ru_stime, written, registry.sent if registry else 0


def median(costs):
    """The median of each figure by itself."""
    return Cost(*(statistics.median(figures) for figures in zip(*costs)))


def remove(*directories):
    for directory in directories:
        shutil.rmtree(directory, ignore_errors=True)


def make_wheel(directory, name, files):
    """A wheel of version 1.0 with a RECORD; returns its line of a requirements.txt."""
    info = f"{name}-1.0.dist-info"
    files = dict(files)
    files[f"{info}/METADATA"] = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"
    files[f"{info}/WHEEL"] = "Wheel-Version: 1.0\nGenerator: bench\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    files[f"{info}/RECORD"] = "".join(
        f"{path},sha256={base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip('=')},{len(text)}\n"
        for path, text in files.items()) + f"{info}/RECORD,,\n"
    wheel = directory / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in files.items():
            archive.writestr(zipfile.ZipInfo(path), text, zipfile.ZIP_DEFLATED)
    return f"{name.replace('_', '-')}==1.0 --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


def make_project(directory, name, modules):
    """A project of so many modules, without its requirements.txt, that Maven builds and pushes."""
    remove(directory)
    package = directory / name
    package.mkdir(parents=True)
    for number in range(modules):
        (package / f"module_{number:04}.py").write_text(f'"""Part {number} of the shop."""\n\nNUMBER = {number}\n' * 20)
    (directory / "app.py").write_text("print('shop')\n")
    (directory / "pyproject.toml").write_text(f'[project]\nname = "{name}"\nversion = "1.0"\nrequires-python = ">=3.11"\n')
    (directory / "pom.xml").write_text(f"""<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>dev.pycontainer.bench</groupId>
  <artifactId>{name}</artifactId>
  <version>1.0</version>
  <packaging>python-image</packaging>
  <build>
    <plugins>
      <plugin>
        <groupId>dev.pycontainer</groupId>
        <artifactId>pycontainer-maven-plugin</artifactId>
        <version>0.1.0-SNAPSHOT</version>
        <extensions>true</extensions>
      </plugin>
    </plugins>
  </build>
</project>
""")


def deploy(project, registry, repository, cache):
    """`mvn deploy` of a project, as a whole process."""
    return cost(["mvn", "-B", "-f", project / "pom.xml", "deploy", "-Dmaven.install.skip=true",
                 f"-Dpycontainer.from.image={registry.address}/base/python:3.11",
                 f"-Dpycontainer.to.image={registry.address}/{repository}:1.0",
                 "-Dpycontainer.python.run=app.py", f"-Dpycontainer.cache.directory={cache}"], registry)
