"""The files of the locked versions, from the index's pages as pip reads them: for locks that have hashes alone."""

import json
import re

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import InvalidSdistFilename, InvalidWheelFilename, canonicalize_name
from packaging.utils import parse_sdist_filename, parse_wheel_filename
from packaging.version import Version
from pip._internal.index.collector import LinkCollector, parse_links
from pip._internal.models.link import Link
from pip._internal.models.search_scope import SearchScope
from pip._internal.network.session import PipSession

import hosts
from peers import logical_lines


def write(text, kind, file):
    pins = _pipfile(text) if kind == "Pipfile.lock" else _requirements(text)
    hashes = set(re.findall(r"sha256:([0-9a-f]{64})", text))
    collector = LinkCollector(PipSession(retries=3), SearchScope.create([], [hosts.index_url()], no_index=False))
    found = {}
    for name, versions in sorted(pins.items()):
        page = collector.fetch_response(Link(f"{hosts.index_url()}/{name}/"))
        entries = sorted((_entry(link) for link in parse_links(page)), key=lambda entry: entry["file"])
        found[name] = {
            version: [
                entry
                for entry in entries
                if _version(entry["file"]) == Version(version) and (not hashes or entry["sha256"] in hashes)
            ]
            for version in sorted(versions)
        }
    names = []
    for name, versions in found.items():
        rows = [
            f'  "{version}": [\n' + ",\n".join("   " + json.dumps(entry) for entry in entries) + "\n  ]"
            for version, entries in versions.items()
        ]
        names.append(f' "{name}": {{\n' + ",\n".join(rows) + "\n }")
    file.write_text("{\n" + ",\n".join(names) + "\n}\n")


def _entry(link):
    entry = {"file": link.filename, "sha256": link.hash}
    return entry | ({"requires-python": link.requires_python} if link.requires_python else {})


def _version(name):
    try:
        return (parse_wheel_filename(name) if name.endswith(".whl") else parse_sdist_filename(name))[1]
    except (InvalidWheelFilename, InvalidSdistFilename):
        return None


def _requirements(text):
    pins = {}
    for line in logical_lines(text):
        try:
            requirement = Requirement(line)
        except InvalidRequirement:
            continue
        if not requirement.url and requirement.specifier:
            (clause,) = requirement.specifier
            pins.setdefault(canonicalize_name(requirement.name), set()).add(clause.version)
    return pins


def _pipfile(text):
    lock = json.loads(text)
    pins = {}
    for category, packages in lock.items():
        if category != "_meta":
            for name, package in packages.items():
                # pipenv writes "*" for what no marker of the locking machine allows.
                if package.get("version", "*") != "*":
                    pins.setdefault(canonicalize_name(name), set()).add(package["version"].removeprefix("=="))
    return pins
