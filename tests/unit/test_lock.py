"""The lock, the conda environment and pyproject.toml say the same, and the lock names no place to download from."""

import re
import tomllib
from pathlib import Path

import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]


def locked() -> dict[str, list[Requirement]]:
    """The lock's pins by name; a name may stand twice, for different Pythons."""
    found: dict[str, list[Requirement]] = {}
    for line in re.findall(r"^[a-z].*", LOCK, re.MULTILINE):
        pin = Requirement(line.removesuffix("\\").strip())
        found.setdefault(canonicalize_name(pin.name), []).append(pin)
    return found


def test_the_lock_covers_what_the_project_asks_for() -> None:
    """Each requirement, the tests' and the build's too, is pinned to a version that fits it."""
    pins = locked()
    for asked in map(Requirement, [*PROJECT["dependencies"], *EXTRAS["test"], *EXTRAS["build"]]):
        versions = [str(next(iter(pin.specifier)).version) for pin in pins.get(canonicalize_name(asked.name), [])]
        assert versions, f"{asked.name} is not in the lock: run .ci/lock"
        assert all(SpecifierSet(str(asked.specifier)).contains(one) for one in versions), asked


def test_every_pin_is_exact_and_has_hashes() -> None:
    """Nothing can be installed that was not looked at when the lock was made."""
    for block in re.split(r"\n(?=[a-z])", LOCK)[1:]:
        assert re.match(r"[a-z0-9._-]+==\S+ ", block), block[:60]
        assert "--hash=sha256:" in block, block[:60]


def test_the_lock_names_no_host_and_no_folder() -> None:
    """It works with whatever package index a computer is set to."""
    assert not re.search(r"://|--(extra-)?index|--find-links|--trusted-host|@ |^-", LOCK, re.MULTILINE)


def test_conda_gives_the_same_environment() -> None:
    """environment.yml lists what pyproject.toml lists, version for version."""
    environment = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
    python, _pip, packages = environment["dependencies"]
    assert python == f"python{PROJECT['requires-python']}"
    assert packages["pip"] == [*PROJECT["dependencies"], *EXTRAS["build"]]
