"""What holds for the repository as a whole: its locks, the size of its modules, and what must not be in it."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PACKAGES = ("search_service", "indexer")
LOCKS = ("requirements.lock", "requirements-build.lock", "requirements-dev.lock")
MOST_LINES = 400

_PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[^\s;]+)(?: ; (?P<marker>[^\\]+?))? \\$")
_HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")

# A fixed place on somebody's machine. Addresses of pages may have any path, so what stands before it matters.
_PLACE_OF_A_MACHINE = re.compile(r"(?<![\w.:/>}*-])/(?:home|root|work|Users)/[\w.]")
_REGISTRY = re.compile(r"\bpypi[.]org\b|\bpythonhosted[.]org\b|\bregistry[.]npmjs\b|--(?:extra-)?index-url\s", re.I)


@dataclass(frozen=True)
class Pin:
    """One line of a lock, with the number of hashes below it."""

    name: str
    version: Version
    marker: Marker | None
    hashes: int

    def applies(self, python: str) -> bool:
        """Whether it is installed on Linux by this Python."""
        environment = {"python_full_version": python, "python_version": "3." + python.split(".")[1]}
        linux = {"sys_platform": "linux", "os_name": "posix", "platform_system": "Linux"}
        return self.marker is None or self.marker.evaluate(environment | linux)


def pins(lock: str) -> list[Pin]:
    found: list[Pin] = []
    for line in (ROOT / lock).read_text("utf-8").splitlines():
        if pin := _PIN.match(line):
            marker = Marker(pin["marker"]) if pin["marker"] else None
            found.append(Pin(canonicalize_name(pin["name"]), Version(pin["version"]), marker, 0))
        elif _HASH.match(line):
            last = found.pop()
            found.append(Pin(last.name, last.version, last.marker, last.hashes + 1))
        else:
            assert line.lstrip().startswith("#"), f"{lock}: {line!r} is neither a pin nor a hash nor a comment"
    return found


def dependency_group(name: str) -> list[Requirement]:
    requirements = []
    for entry in PROJECT["dependency-groups"][name]:
        if isinstance(entry, str):
            requirements.append(Requirement(entry))
        else:
            requirements += dependency_group(entry["include-group"])
    return requirements


RUNTIME = [Requirement(entry) for entry in PROJECT["project"]["dependencies"]]
REQUIRED = {
    "requirements.lock": RUNTIME,
    "requirements-build.lock": dependency_group("build"),
    "requirements-dev.lock": RUNTIME + dependency_group("dev"),
}


def tracked_texts() -> Iterator[tuple[str, str]]:
    """The text files that are, or would be, committed. Without git: those of the folders that hold our own."""
    if (ROOT / ".git").exists() and shutil.which("git"):
        command = [
            "git",
            "-c",
            f"safe.directory={ROOT}",
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
        paths = [ROOT / name for name in listed if name]
    else:
        folders = ("*", ".ci/*", "bench/**/*", "docs/**/*", "examples/**/*", "indexer/**/*", "scripts/*", "tests/**/*")
        paths = [path for pattern in (*folders, "search_service/**/*") for path in ROOT.glob(pattern)]
    for path in paths:
        if path.is_file():
            try:
                yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")
            except UnicodeDecodeError:
                continue  # an image, or a page in another encoding


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_a_hash_for_every_package(lock: str) -> None:
    locked = pins(lock)

    assert locked
    assert [pin.name for pin in locked if pin.hashes == 0] == []


@pytest.mark.parametrize("python", ["3.11.2", "3.11.9", "3.12.1", "3.13.0", "3.14.0"])
@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_satisfies_the_ranges_of_pyproject_for_every_python(lock: str, python: str) -> None:
    locked = {pin.name: pin.version for pin in pins(lock) if pin.applies(python)}

    for requirement in REQUIRED[lock]:
        assert locked[canonicalize_name(requirement.name)] in requirement.specifier, requirement


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-build.lock"])
def test_the_development_lock_holds_every_pin_of_the_others(lock: str) -> None:
    assert {str(pin) for pin in pins(lock)} <= {str(pin) for pin in pins("requirements-dev.lock")}


def test_the_build_backend_that_pyproject_asks_for_is_locked() -> None:
    locked = {pin.name: pin.version for pin in pins("requirements-build.lock")}

    for requirement in map(Requirement, PROJECT["build-system"]["requires"]):
        assert locked[canonicalize_name(requirement.name)] in requirement.specifier


def test_every_dependency_has_a_line_in_the_documentation() -> None:
    text = (ROOT / "docs/dependencies.md").read_text("utf-8")
    documented = {canonicalize_name(name) for name in re.findall(r"^\| `([^`]+)` \|", text, re.M)}

    required = {canonicalize_name(requirement.name) for requirement in REQUIRED["requirements-dev.lock"]}
    assert required - documented == set()
    assert documented - required == set(), "documented, but no longer a dependency"


def test_what_is_imported_is_asked_for_by_name() -> None:
    # What only comes along with something else may stop doing so.
    imported = set()
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Import):
                    imported |= {alias.name.partition(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and not node.level:
                    imported.add((node.module or "").partition(".")[0])
    foreign = imported - set(sys.stdlib_module_names) - set(PACKAGES)
    distributions = packages_distributions()

    required = {canonicalize_name(requirement.name) for requirement in RUNTIME}
    assert foreign
    undeclared = {
        name for name in foreign if not required & set(map(canonicalize_name, distributions.get(name, [name])))
    }
    assert undeclared == set()


def test_no_module_is_longer_than_one_idea_takes() -> None:
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines())
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
    }

    assert lengths
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}


def test_every_package_says_what_it_is() -> None:
    folders = {path.parent for package in PACKAGES for path in (ROOT / package).rglob("*.py")}

    assert folders
    for folder in folders:
        module = folder / "__init__.py"
        assert module.exists(), f"{folder.relative_to(ROOT)} is no package"
        assert ast.get_docstring(ast.parse(module.read_text("utf-8"))), f"{module.relative_to(ROOT)} has no docstring"


def test_no_file_names_a_place_of_somebodys_machine() -> None:
    assert [
        (name, match.group()) for name, text in tracked_texts() for match in _PLACE_OF_A_MACHINE.finditer(text)
    ] == []


def test_no_file_names_a_package_registry() -> None:
    # Where packages come from is for pip's own configuration to say.
    assert [(name, match.group()) for name, text in tracked_texts() for match in _REGISTRY.finditer(text)] == []


def test_the_locks_name_no_address() -> None:
    assert [lock for lock in LOCKS if "://" in (ROOT / lock).read_text("utf-8")] == []
