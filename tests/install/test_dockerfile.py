"""The image: its build, and a container of it. Where no Docker engine runs, the Dockerfile is carried out by hand."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from .conftest import ROOT, eventually, found_by
from .dockerfile import Build, Stage, context, parse, python_for

STAGES = parse((ROOT / "Dockerfile").read_text())
FINAL = STAGES[-1]


class Container(Protocol):
    port: int

    def command(self, *arguments: str) -> str: ...
    def healthy(self) -> bool: ...
    def start(self) -> None: ...
    def alive(self) -> bool: ...
    def stop(self) -> int: ...
    def written(self) -> set[str]: ...


class Emulated:
    """What `docker run --read-only` would do: the image's command, environment, user and folder; /data is writable."""

    def __init__(self, build: Build, final: Stage, *, port: int, user: int | None) -> None:
        self.port = port
        self._image = build.image
        self._entry = final.last("ENTRYPOINT").words()
        self._cmd = final.last("CMD").words()
        self._health = json.loads(final.last("HEALTHCHECK").value.removeprefix("CMD "))
        self._environment = build.environment(final) | {"POSTSEEK_PORT": str(port)}
        self._environment["POSTSEEK_HOST"] = "127.0.0.1"  # all traffic of a test stays on the loopback
        self._workdir = build.moved(final.last("WORKDIR").value)
        self._user = user
        self._groups: list[int] | None = None if user is None else []
        self._process: subprocess.Popen[bytes] | None = None
        self._before = self._files()

    def command(self, *arguments: str) -> str:
        moved = [f"{self._image}{word}" if word.startswith("/") else word for word in arguments]
        return self._run(self._entry + moved, check=True).stdout.decode()

    def healthy(self) -> bool:
        return self._run(self._health, check=False).returncode == 0

    def start(self) -> None:
        self._process = subprocess.Popen(
            self._resolved(self._entry + self._cmd),
            env=self._environment,
            cwd=self._workdir,
            user=self._user,
            group=self._user,
            extra_groups=self._groups,
        )

    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def stop(self) -> int:
        assert self._process is not None
        self._process.send_signal(signal.Signals[FINAL.last("STOPSIGNAL").value])
        return self._process.wait(timeout=30)

    def written(self) -> set[str]:
        """The files outside /data that are new or changed since the image was built."""
        return {name for name, _ in self._files() ^ self._before}

    def _run(self, command: list[str], *, check: bool) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            self._resolved(command),
            env=self._environment,
            cwd=self._workdir,
            user=self._user,
            group=self._user,
            extra_groups=self._groups,
            capture_output=True,
            check=check,
        )

    def _resolved(self, command: list[str]) -> list[str]:
        program = shutil.which(command[0], path=self._environment["PATH"])
        assert program is not None, f"{command[0]} is not on the image's PATH"
        return [program, *command[1:]]

    def _files(self) -> set[tuple[str, int]]:
        found = set()
        for folder, folders, files in os.walk(self._image):
            if Path(folder) == self._image:
                folders.remove("data")
            found |= {(path, Path(path).lstat().st_mtime_ns) for path in (f"{folder}/{name}" for name in files)}
        return found


class Docker:
    """The same with a Docker engine."""

    def __init__(self, *, port: int, site: Path) -> None:
        self.port = port
        self._image = f"postseek-test-{os.getpid()}"
        self._mounts = ["--volume", f"{self._image}:/data", "--volume", f"{site}:/site:ro"]
        self._docker("build", "--tag", self._image, str(ROOT))

    def command(self, *arguments: str) -> str:
        return self._docker("run", "--rm", "--read-only", *self._mounts, self._image, *arguments)

    def healthy(self) -> bool:
        return self._inspect("{{.State.Health.Status}}") == "healthy"

    def start(self) -> None:
        published = f"127.0.0.1:{self.port}:{FINAL.last('EXPOSE').value}"
        self._docker(
            "run", "--detach", "--read-only", "--name", self._image, "--publish", published, *self._mounts, self._image
        )

    def alive(self) -> bool:
        return self._inspect("{{.State.Running}}") == "true"

    def stop(self) -> int:
        self._docker("stop", self._image)
        return int(self._inspect("{{.State.ExitCode}}"))

    def written(self) -> set[str]:
        return set(self._docker("diff", self._image).split("\n")) - {""}

    def remove(self) -> None:
        for command in (["rm", "--force"], ["volume", "rm", "--force"], ["rmi", "--force"]):
            subprocess.run(["docker", *command, self._image], capture_output=True, check=False)

    def _inspect(self, template: str) -> str:
        command = ["docker", "inspect", "--format", template, self._image]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()

    def _docker(self, *arguments: str) -> str:
        return subprocess.run(["docker", *arguments], capture_output=True, text=True, check=True).stdout


def docker_runs() -> bool:
    if shutil.which("docker") is None:
        return False
    return subprocess.run(["docker", "info"], capture_output=True, check=False, timeout=60).returncode == 0


@pytest.fixture
def container(port: int, checkout_files: list[str]) -> Iterator[Container]:
    site = ROOT / "examples/riverstone"
    if docker_runs():
        docker = Docker(port=port, site=site)
        try:
            yield docker
        finally:
            docker.remove()
        return
    user = int(FINAL.last("USER").value.partition(":")[0]) if os.geteuid() == 0 else None
    python = python_for(user)
    if python is None:  # this Python is out of other users' reach
        user = None
        python = python_for(user)
    assert python is not None
    # Not pytest's own folder: that is closed to other users.
    root = Path(tempfile.mkdtemp(prefix="postseek-image-"))
    try:
        root.chmod(0o755)
        files = context(checkout_files, (ROOT / ".dockerignore").read_text())
        build = Build(root, checkout=ROOT, files=files, python=python)
        build.run(STAGES)
        shutil.copytree(site, build.image / "site")
        subprocess.run(["chmod", "-R", "a-w", build.image / "opt"], check=True)
        emulated = Emulated(build, FINAL, port=port, user=user)
        yield emulated
        if emulated.alive():
            emulated.stop()
    finally:
        subprocess.run(["chmod", "-R", "u+w", root], check=True)
        shutil.rmtree(root)


@pytest.mark.install
def test_a_container_indexes_and_serves_without_writing_outside_its_volume(container: Container) -> None:
    assert container.command("--version").startswith("postseek ")
    container.command("index", "/site")
    assert not container.healthy(), "healthy before it was started"

    container.start()

    eventually(container.healthy, alive=container.alive)
    assert any("Lower-Back" in url for url in found_by(container.port, "back+pain"))
    assert container.written() == set()
    assert container.stop() == 0


def test_the_image_runs_as_a_numbered_user_that_is_not_root() -> None:
    # By number, since Kubernetes can't tell who a name is (runAsNonRoot).
    assert int(FINAL.last("USER").value.partition(":")[0]) > 0


def test_the_index_is_kept_in_the_volume() -> None:
    volume = FINAL.last("VOLUME").value
    assert FINAL.environment({"PATH": ""})["POSTSEEK_INDEX"].startswith(f"{volume}/")


def test_the_exposed_port_is_the_one_that_is_served() -> None:
    assert FINAL.last("EXPOSE").value == FINAL.environment({"PATH": ""})["POSTSEEK_PORT"]


def test_every_stage_stands_on_the_same_base() -> None:
    # An environment runs only beside the very Python that made it.
    bases = [line.split()[1] for line in (ROOT / "Dockerfile").read_text().splitlines() if line.startswith("FROM ")]
    assert len(set(bases)) == 1
