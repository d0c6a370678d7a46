"""Locks dependency sets as of successive months, and writes what layers are planned with: see README.md."""

import pathlib
import shutil
import subprocess
import sys
import tomllib

from packaging.tags import compatible_tags, cpython_tags
from packaging.utils import parse_wheel_filename

MONTHS = [f"{2024 + (6 + i) // 12}-{(6 + i) % 12 + 1:02}" for i in range(24)]
LEGACY = {17: "manylinux2014_x86_64", 12: "manylinux2010_x86_64", 5: "manylinux1_x86_64"}


def ranks():
    platforms = []
    for minor in range(28, 4, -1):
        platforms.append(f"manylinux_2_{minor}_x86_64")
        platforms += [LEGACY[minor]] if minor in LEGACY else []
    platforms.append("linux_x86_64")
    tags = list(cpython_tags((3, 12), platforms=platforms))
    tags += compatible_tags((3, 12), "cp312", platforms)
    return {tag: rank for rank, tag in enumerate(tags)}


RANKS = ranks()


def size(package):
    best = []
    for wheel in package.get("wheels", []):
        name = wheel["url"].rsplit("/", 1)[1].replace("%2B", "+")
        _, _, build, tags = parse_wheel_filename(name)
        rank = min((RANKS[tag] for tag in tags if tag in RANKS), default=None)
        if rank is not None:
            best.append((rank, [-part if isinstance(part, int) else 0 for part in build], wheel["size"]))
    return min(best)[2] if best else None


def names(dependencies):
    return {dependency["name"] for dependency in dependencies}


def requires(package):
    found = names(package.get("dependencies", []))
    for dependencies in package.get("optional-dependencies", {}).values():
        found |= names(dependencies)
    return found - {package["name"]}


def packages(lock, root):
    """By name, what a line says behind it; the project's own stands under a dot."""
    locked = {package["name"]: package for package in tomllib.loads(lock.read_text())["package"]}
    sizes = {name: size(package) for name, package in locked.items() if name != root}
    lines = {".": " ".join(sorted(requires(locked[root])))}
    for name, package in locked.items():
        if name == root:
            continue
        if sizes[name] is None:
            print(f"{name} {package['version']} has no wheel and is left out", file=sys.stderr)
            continue
        edges = sorted(other for other in requires(package) if sizes.get(other) is not None)
        lines[name] = " ".join([package["version"], str(sizes[name]), *edges])
    return lines


def main(home, here, *chosen):
    home, here = pathlib.Path(home), pathlib.Path(here)
    target = here.parents[1] / "resources" / "lock-histories"
    target.mkdir(parents=True, exist_ok=True)
    for name in chosen or sorted(path.parent.name for path in here.glob("*/pyproject.toml")):
        work = home / name
        work.mkdir(exist_ok=True)
        shutil.copy(here / name / "pyproject.toml", work)
        held, text = {}, []
        for month in MONTHS:
            (work / "uv.lock").unlink(missing_ok=True)
            subprocess.run(
                [home / "venv/bin/uv", "lock", "--quiet", "--project", work, "--no-python-downloads",
                 "--python", sys.executable, "--exclude-newer", f"{month}-01T00:00:00Z"], check=True)
            now = packages(work / "uv.lock", name)
            text.append(f"= {month}")
            text += [f"- {old}" for old in sorted(held.keys() - now.keys())]
            text += [f"+ {new} {now[new]}" for new in sorted(now) if held.get(new) != now[new]]
            held = now
            print(f"{name} {month}: {len(now) - 1} packages", file=sys.stderr)
        (target / f"{name}.txt").write_text("\n".join(text) + "\n")


main(*sys.argv[1:])
