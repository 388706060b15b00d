"""Reads a Dockerfile and carries it out without Docker: as much of the format as ours uses, an error for the rest."""

from __future__ import annotations

import fnmatch
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

_FLAG = re.compile(r"--([a-z-]+)=(\S+)\s+")
_ABSOLUTE = re.compile(r"(?:(?<=[\s=:'\"])|^)/(?!(?:bin|dev|etc|proc|tmp|usr)\b)")
"""Where a path of the image begins in a command; the system's own folders are those of this machine."""

_METADATA = ("EXPOSE", "HEALTHCHECK", "LABEL", "STOPSIGNAL", "ENTRYPOINT", "CMD", "VOLUME", "USER")


@dataclass(frozen=True)
class Instruction:
    name: str
    flags: Mapping[str, str]
    value: str

    def words(self) -> list[str]:
        """The value's words, or the strings of its JSON form."""
        return json.loads(self.value) if self.value.startswith("[") else self.value.split()


@dataclass
class Stage:
    name: str
    instructions: list[Instruction] = field(default_factory=list)

    def last(self, name: str) -> Instruction:
        """The instruction of that name that counts."""
        return [each for each in self.instructions if each.name == name][-1]

    def environment(self, inherited: Mapping[str, str]) -> dict[str, str]:
        """The variables of its ENV instructions over `inherited`, $NAME replaced."""
        variables = dict(inherited)
        for each in self.instructions:
            if each.name == "ENV":
                for pair in each.words():
                    name, value = pair.split("=", 1)
                    variables[name] = re.sub(r"\$(\w+)", lambda match: variables[match[1]], value)
        return variables


def parse(text: str) -> list[Stage]:
    """The stages of a Dockerfile. ValueError for an instruction that isn't known here."""
    stages: list[Stage] = []
    lines = (line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#"))
    for statement in re.sub(r"\\\n\s*", "", "\n".join(lines)).splitlines():
        name, rest = statement.split(maxsplit=1)
        flags = {}
        while match := _FLAG.match(rest):
            flags[match[1]] = match[2]
            rest = rest[match.end() :]
        if name == "FROM":
            stages.append(Stage(rest.partition(" AS ")[2] or str(len(stages))))
        elif name in ("ENV", "WORKDIR", "COPY", "RUN", *_METADATA):
            stages[-1].instructions.append(Instruction(name, flags, rest.strip()))
        else:
            raise ValueError(f"the instruction {name} is not known here")
    return stages


def context(files: Iterable[str], ignore: str) -> list[str]:
    """The files that `docker build` would see, after a .dockerignore: the last pattern that matches decides."""
    patterns = [line for line in ignore.splitlines() if line and not line.startswith("#")]
    seen = []
    for name in files:
        places = [name, *(str(parent) for parent in Path(name).parents)]
        matching = [each for each in patterns if any(fnmatch.fnmatch(p, each.lstrip("!")) for p in places)]
        if not matching or matching[-1].startswith("!"):
            seen.append(name)
    return seen


class Build:
    """The stages' file systems, below `root`, made by running their RUN, COPY and WORKDIR instructions.

    Each stage is built in the folder `root`/image, under which absolute paths are moved, and set aside when the next
    one begins: the last one has nothing of the others but what it copied. `python` stands for the base image's.
    """

    def __init__(self, root: Path, *, checkout: Path, files: Iterable[str], python: Path) -> None:
        self.image = root / "image"
        self._root = root
        self._checkout = checkout
        self._files = list(files)
        self._base_path = f"{python.parent}:/usr/bin:/bin"
        self._workdir = self.image

    def run(self, stages: list[Stage]) -> None:
        """Build all stages; the last one's files are in `image`."""
        for stage in stages:
            self.image.mkdir(parents=True)
            self._workdir = self.image
            for instruction in stage.instructions:
                self._carry_out(instruction, stage)
            if stage is not stages[-1]:
                self.image.rename(self._root / stage.name)

    def environment(self, stage: Stage) -> dict[str, str]:
        """What a container of that stage has in its environment, and nothing of this process's."""
        variables = stage.environment({"PATH": self._base_path})
        return {name: self.moved(value) for name, value in variables.items()}

    def moved(self, text: str) -> str:
        """The text with the image's absolute paths where they are on this machine."""
        return _ABSOLUTE.sub(f"{self.image}/", text.replace(self._base_path, "\0")).replace("\0", self._base_path)

    def _carry_out(self, instruction: Instruction, stage: Stage) -> None:
        if instruction.name == "WORKDIR":
            self._workdir = self._place(instruction.value)
            self._workdir.mkdir(parents=True, exist_ok=True)
        elif instruction.name == "COPY":
            self._copy(instruction)
        elif instruction.name == "RUN":
            # How pip is told where packages come from is this machine's affair.
            kept = {name: value for name, value in os.environ.items() if name == "HOME" or name.startswith("PIP_")}
            subprocess.run(
                ["/bin/sh", "-c", self.moved(instruction.value)],
                cwd=self._workdir,
                env=kept | self.environment(stage),
                stdin=subprocess.DEVNULL,
                check=True,
            )

    def _place(self, path: str) -> Path:
        return Path(self.moved(path)) if path.startswith("/") else self._workdir / path

    def _copy(self, instruction: Instruction) -> None:
        *sources, target = instruction.words()
        into = self._place(target)
        for source in sources:
            if "from" in instruction.flags:
                found = self._root / instruction.flags["from"] / source.lstrip("/")
                shutil.copytree(found, into, symlinks=True)
            else:
                self._copy_from_context(source, into, folder=target.endswith("/"))
        if "chown" in instruction.flags and os.geteuid() == 0:
            user, group = instruction.flags["chown"].split(":")
            for path in (into, *into.rglob("*")):
                os.chown(path, int(user), int(group))

    def _copy_from_context(self, source: str, into: Path, *, folder: bool) -> None:
        inside = [name for name in self._files if name == source or name.startswith(f"{source}/")]
        if not inside:
            raise FileNotFoundError(f"COPY {source}: not in the build's context")
        for name in inside:
            if name == source:
                destination = into / Path(name).name if folder else into
            else:
                destination = into / Path(name).relative_to(source)
            destination.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(self._checkout / name, destination)


def python_for(user: int | None) -> Path | None:
    """A Python of 3.11 or newer that `user` (None: whoever runs this) may run, and that makes environments."""
    for python in (Path(sys.base_prefix, "bin/python3"), Path("/usr/bin/python3"), Path("/usr/local/bin/python3")):
        check = "import ensurepip, sys; sys.exit(sys.version_info < (3, 11))"
        try:
            if subprocess.run([python, "-c", check], user=user, capture_output=True, check=False).returncode == 0:
                return python
        except OSError:
            continue
    return None
