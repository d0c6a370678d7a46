"""What the peers' own exporters say that is needed: for each format one function

    needed(case, selection) -> function of a target -> [Needed], or raises Refused
"""

import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from packaging import pylock
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from golden import Refused


@dataclass(frozen=True)
class Needed:
    name: str
    version: str = "-"
    member: str | None = None
    # Where the peer itself chose or named the file.
    files: tuple[str, ...] | None = None
    marker: str | None = None

    def holds(self, target):
        return self.marker is None or Marker(self.marker).evaluate(target.environment())


def of(case, selection):
    return FORMATS[case.kind](case, selection)


# ------------------------------------------------------------------------------------------------ requirements in text


def logical_lines(text):
    """Without comments and hashes, continuation lines joined."""
    for line in re.sub(r"\\\n", " ", text).splitlines():
        line = re.sub(r"(^|\s)#.*$", "", line)
        line = re.sub(r"\s--hash[= ]\S+", "", line).strip()
        if line:
            yield line


def requirement(line, members):
    """One line of an exporter; options answer nothing."""
    if line.startswith("-") and not line.startswith("-e "):
        return None
    line = re.sub(r"^-e\s+", "", line)
    if re.match(r"\.{0,2}/|\.(?= |$)|file:", line):
        line, _, marker = line.partition(" ; ")
        path = line.removeprefix("file://").strip()
        name, version = members[path]
        return Needed(name, version, member=path, marker=marker.strip() or None)
    parsed = Requirement(line)
    name = canonicalize_name(parsed.name)
    marker = str(parsed.marker) if parsed.marker else None
    if parsed.url:
        if parsed.url.startswith("file:"):
            path = parsed.url.removeprefix("file://")
            return Needed(name, members[path][1], member=path, marker=marker)
        file = parsed.url.split("#")[0].rsplit("/", 1)[-1]
        return Needed(name, "-", files=(file,) if file.endswith(".whl") else (), marker=marker)
    if not parsed.specifier:
        return Needed(name, marker=marker)
    (clause,) = parsed.specifier
    if clause.operator not in ("==", "==="):
        raise ValueError(line)
    return Needed(name, clause.version, marker=marker)


def by_marker(text, members=None, check=lambda target: None):
    found = [requirement(line, members or {}) for line in logical_lines(text)]

    def answer(target):
        check(target)
        return [needed for needed in found if needed and needed.holds(target)]

    return answer


def python_allowed(specifiers):
    def check(target):
        if specifiers and target.full_version not in SpecifierSet(specifiers.replace("|", ",")):
            raise Refused("python")

    return check


def options(selection, extra, group):
    return [
        *(word for name in selection.get("extras", []) for word in (extra, name)),
        *(word for name in selection.get("groups", []) for word in (group, name)),
    ]


# ----------------------------------------------------------------------------------------------------------------- uv


def uv(case, selection):
    lock = case.toml()
    supported = [Marker(marker) for marker in lock.get("supported-markers", [])]
    members = {}
    for package in lock["package"]:
        for kind in ("editable", "directory"):
            if kind in package["source"]:
                path = package["source"][kind]
                members[path if path.startswith(".") else "./" + path] = (package["name"], package.get("version", "-"))
    words = ["uv", "export", "--quiet", "--frozen", "--no-emit-project", "--no-hashes", "--no-annotate", "--no-header"]
    words += options(selection, "--extra", "--group")
    project = Path(selection.get("project", "."))
    pyproject = tomllib.loads((case.work / project / "pyproject.toml").read_text())
    words += ["--package", pyproject["project"]["name"]] if project != Path(".") else []
    if "dev" in selection.get("groups", []):
        # --no-dev would win over --group dev.
        defaults = pyproject.get("tool", {}).get("uv", {}).get("default-groups", [])
        defaults = sorted(pyproject["dependency-groups"]) if defaults == "all" else defaults
        words += ["--no-default-groups", *(word for name in defaults for word in ("--group", name))]
    else:
        words += ["--no-dev"]
    run = case.tool("uv").run(words, case.work)
    if run.returncode:
        if "incompatible" in run.stderr or "conflict" in run.stderr:
            return always(Refused("conflict"))
        raise SystemExit(run.stderr)
    python = python_allowed(lock["requires-python"])

    def check(target):
        python(target)
        if supported and not any(marker.evaluate(target.environment()) for marker in supported):
            raise Refused("environment")

    return by_marker(run.stdout, members, check)


def always(refused):
    def answer(target):
        raise refused

    return answer


# ------------------------------------------------------------------------------------------------------------- pylock


def pylock_toml(case, selection):
    lock = pylock.Pylock.from_dict(with_sources(case.toml()))
    groups = selection.get("groups", [])

    def answer(target):
        try:
            return list(
                map(
                    selected,
                    lock.select(
                        environment=target.environment(),
                        tags=target.tags(),
                        extras=selection.get("extras", []),
                        # Asked for beyond those that are default.
                        dependency_groups=[*(lock.default_groups or []), *groups],
                    ),
                )
            )
        except pylock.PylockSelectError as e:
            if "requires-python" in str(e) or "Python" in str(e):
                raise Refused("python") from e
            if "environment" in str(e):
                raise Refused("environment") from e
            if "wheel" in str(e) or "sdist" in str(e):
                raise SystemExit(f"{case.name}: {target}: {e}") from e
            raise

    return answer


def with_sources(lock):
    """packaging refuses a package that has neither a fitting wheel nor a source; the golden says "no-wheel"."""
    for package in lock["packages"]:
        if "wheels" in package and "sdist" not in package:
            name = f"{package['name']}-{package['version']}.tar.gz"
            package["sdist"] = {"name": name, "url": f"https://files.index.example/{name}", "hashes": {"sha256": "0"}}
    return lock


def selected(choice):
    package, artifact = choice
    version = str(package.version) if package.version else "-"
    if isinstance(artifact, pylock.PackageDirectory):
        return Needed(package.name, version, member=artifact.path)
    if isinstance(artifact, pylock.PackageWheel):
        name = artifact.name or (artifact.url or artifact.path).rsplit("/", 1)[-1]
        return Needed(package.name, version, files=(name.replace("%2B", "+"),))
    return Needed(package.name, version, files=())


# ------------------------------------------------------------------------------------------------------- requirements


def requirements(case, selection):
    return by_marker(flat(case.work / case.lock), members={})


def flat(file):
    lines = []
    for line in logical_lines(file.read_text()):
        nested = re.match(r"(?:-r|--requirement)[= ]\s*(\S+)", line)
        if nested:
            lines.append(flat(file.parent / nested.group(1)))
        else:
            lines.append(line)
    return "\n".join(lines)


# ------------------------------------------------------------------------------------------------------------- poetry


def poetry(case, selection):
    lock = case.toml()
    members = {}
    for package in lock["package"]:
        if package.get("source", {}).get("type") == "directory":
            path = package["source"]["url"]
            members[path] = (canonicalize_name(package["name"]), package["version"])
    old = case.exporter.startswith("poetry-1.1")
    words = ["poetry", "export", "--no-interaction", "--without-hashes", "--format", "requirements.txt"]
    extras, groups = selection.get("extras", []), selection.get("groups", [])
    words += [word for extra in extras for word in ("--extras", extra)]
    if old and groups:
        raise SystemExit("poetry 1.1 knows no groups")
    words += ["--with", ",".join(groups)] if groups else []
    run = case.tool(case.exporter).run(words, case.work)
    if run.returncode:
        raise SystemExit(run.stdout + run.stderr)
    text = run.stdout.replace(f"file://{case.work}/", "file://").replace(str(case.work) + "/", "./")
    members |= {"./" + path: what for path, what in members.items()}
    found = by_marker(text, members, poetry_python(lock["metadata"]["python-versions"]))

    def answer(target):
        return [
            Needed(needed.name, needed.version, needed.member and needed.member.removeprefix("./"), needed.files)
            for needed in found(target)
        ]

    return answer


def poetry_python(constraint):
    """Poetry's own notation, as far as the corpus has it: clauses of PEP 440 and carets, with commas and "||"."""

    def specifier(clause):
        caret = re.fullmatch(r"\^(\d+)\.\d+(?:\.\d+)?", clause)
        return f">={clause[1:]},<{int(caret.group(1)) + 1}" if caret else clause

    ways = [",".join(map(specifier, re.split(r"[,\s]+", way.strip()))) for way in constraint.split("||")]

    def check(target):
        if not any(way == "*" or target.full_version in SpecifierSet(way) for way in ways):
            raise Refused("python")

    return check


# ---------------------------------------------------------------------------------------------------------------- pdm


def pdm(case, selection):
    """pdm answers by its own code, with its own Python, since it exports no lock without markers."""
    groups = ["default", *selection.get("extras", []), *selection.get("groups", [])]
    script = Path(__file__).with_name("pdm_needed.py")
    run = case.tool("pdm").run(["python", str(script), json.dumps(groups)], case.work)
    if run.returncode:
        raise SystemExit(run.stdout + run.stderr)
    answers = json.loads(run.stdout)
    check = python_allowed(case.pyproject()["project"].get("requires-python", ""))

    def name(target):
        return f"{target.full_version}/{target.machine}/{target.libc}"

    def locked(target):
        check(target)
        if name(target) in answers["refused"]:
            raise Refused("environment")

    if "lines" in answers:
        return by_marker("\n".join(answers["lines"]), {}, locked)

    def answer(target):
        check(target)
        found = answers["targets"][name(target)]
        if found is None:
            raise Refused("environment")
        return [requirement(line, {}) for line in found]

    return answer


# ------------------------------------------------------------------------------------------------------------- pipenv


def pipenv(case, selection):
    lock = json.loads((case.work / case.lock).read_text())
    categories = ["packages", *selection.get("groups", [])]
    words = ["pipenv", "requirements", "--categories", " ".join(categories)]
    run = case.tool("pipenv").run(words, case.work, PIPENV_IGNORE_VIRTUALENVS="1")
    if run.returncode:
        raise SystemExit(run.stdout + run.stderr)
    minor = lock["_meta"].get("requires", {}).get("python_version")
    return by_marker(run.stdout, {}, python_allowed(f"=={minor}.*" if minor else ""))


FORMATS = {
    "uv.lock": uv,
    "pylock.toml": pylock_toml,
    "requirements.txt": requirements,
    "poetry.lock": poetry,
    "pdm.lock": pdm,
    "Pipfile.lock": pipenv,
}
