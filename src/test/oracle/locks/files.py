"""The files that a lock lists for a package, and of them the one that the target gets."""

import json
import re
from urllib.parse import unquote

from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename


def listed(case):
    """{(name, version): [file name]}, from the lock itself or, where that has hashes alone, the pages beside it."""
    return FORMATS[case.kind](case)


def best(names, tags):
    """The wheel with the best tag, then the highest build tag, then the first name; "no-wheel" where none fits."""
    ranks = {}
    for rank, tag in enumerate(tags):
        ranks.setdefault(tag, rank)
    candidates = []
    for name in sorted(set(names)):
        try:
            _, _, build, wheel_tags = parse_wheel_filename(name)
        except InvalidWheelFilename:
            continue
        rank = min((ranks[tag] for tag in wheel_tags if tag in ranks), default=None)
        if rank is not None:
            candidates.append((rank, build, name))
    if not candidates:
        return "no-wheel"
    rank = min(candidates)[0]
    build = max(build for r, build, _ in candidates if r == rank)
    return min(name for r, b, name in candidates if (r, b) == (rank, build))


def file_name(entry):
    if isinstance(entry, str):
        return unquote(entry.split("#")[0].rsplit("/", 1)[-1])
    return file_name(entry.get("file") or entry.get("name") or entry.get("url") or entry.get("path"))


def uv(case):
    found = {}
    for package in case.toml()["package"]:
        if package.get("version"):
            key = (package["name"], package["version"])
            found.setdefault(key, []).extend(map(file_name, package.get("wheels", [])))
    return found


def with_files(case):
    """poetry.lock and pdm.lock of every age: below the package, or in a table of all."""
    lock = case.toml()
    table = lock["metadata"].get("files", {})
    found = {}
    for package in lock["package"]:
        name, version = package["name"], package.get("version", "-")
        files = package.get("files", [])
        for key, entries in table.items():
            if canonicalize_name(key.split("[")[0].split(" ")[0]) == canonicalize_name(name):
                if " " not in key or key.endswith(" " + version):
                    files = [*files, *entries]
        found.setdefault((canonicalize_name(name), version), []).extend(map(file_name, files))
    return found


def by_hash(case):
    hashes = set(re.findall(r"sha256:([0-9a-f]{64})", case.text()))
    pages = json.loads((case.work / "files.json").read_text())
    return {
        (name, version): [entry["file"] for entry in entries if not hashes or entry["sha256"] in hashes]
        for name, versions in pages.items()
        for version, entries in versions.items()
    }


FORMATS = {
    "uv.lock": uv,
    "pylock.toml": lambda case: {},
    "poetry.lock": with_files,
    "pdm.lock": with_files,
    "requirements.txt": by_hash,
    "Pipfile.lock": by_hash,
}
