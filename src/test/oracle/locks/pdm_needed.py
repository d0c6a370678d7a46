"""Run with pdm's own Python in a project: what pdm takes from its lock for these groups, as JSON on stdout.

{"lines": [requirement with marker], "refused": [target]} where the lock has markers; else {"targets": {target:
[requirement]}}, where pdm walks the lock for each target by itself.
"""

import contextlib
import json
import sys
import warnings

warnings.simplefilter("ignore")

from dep_logic.tags import EnvCompatibility, EnvSpec
from pdm.cli.actions import resolve_from_lockfile
from pdm.core import Core
from pdm.exceptions import PdmException
from pdm.project.lockfile import FLAG_INHERIT_METADATA

PLATFORMS = {"2.28": "manylinux_2_28_%s", "2.36": "manylinux_2_36_%s", "musl": "musllinux_1_2_%s"}
PYTHONS = ("3.11.13", "3.12.11", "3.13.7", "3.14.0")


def line(candidate):
    requirement = candidate.req.as_pinned_version(candidate.version) if candidate.req.is_named else candidate.req
    return requirement.as_line()


def needed(project, groups):
    names = [*groups]
    if FLAG_INHERIT_METADATA in project.lockfile.strategy:
        repository = project.get_locked_repository()
        lines = sorted(line(p.candidate) for p in repository.evaluate_candidates(names, False))
        # A lock that tells no targets is of pdm before 2.17, which keeps no word on that.
        locked = repository.targets if project.lockfile["metadata"].get("targets") else []
        return {"lines": lines, "refused": [name for name, spec in specs() if not made_for(locked, spec)]}
    dependencies = project._resolve_dependencies(names)
    requirements = [r for group in names for r in project.get_dependencies(group, dependencies)]
    answers = {}
    for name, spec in specs():
        try:
            packages = resolve_from_lockfile(project, requirements, names, spec)
            answers[name] = sorted(line(p.candidate).partition(";")[0].strip() for p in packages)
        except PdmException:
            answers[name] = None
    return {"targets": answers}


def specs():
    for python in PYTHONS:
        for machine in ("x86_64", "aarch64"):
            for libc, platform in PLATFORMS.items():
                yield f"{python}/{machine}/{libc}", EnvSpec.from_spec("==" + python, platform % machine, "cpython")


def made_for(locked, spec):
    """As pdm itself looks before it installs."""
    return not locked or spec in locked or any(of.compare(spec) != EnvCompatibility.INCOMPATIBLE for of in locked)


with contextlib.redirect_stdout(sys.stderr):
    answer = needed(Core().create_project("."), json.loads(sys.argv[1]))
print(json.dumps(answer))
