"""The corpus of real locks: makes them, and the goldens beside them. Called by run; README.md describes it all."""

import contextlib
import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import files
import golden
import hosts
import peers
import table
import targets

CORPUS = Path(__file__).parent / "corpus"
OURS = {"case.toml", "golden.txt", "files.json"}


class Tool:
    """One virtual environment of run."""

    def __init__(self, home):
        self.home = home

    def run(self, words, directory, **variables):
        environment = {
            **os.environ,
            "PATH": f"{self.home}/bin:{os.environ['PATH']}",
            "UV_PYTHON": f"{self.home}/bin/python",
            "POETRY_VIRTUALENVS_CREATE": "false",
            "PDM_CHECK_UPDATE": "false",
            "PIPENV_IGNORE_VIRTUALENVS": "1",
            **variables,
        }
        # pdm would make an environment of its own for each project.
        # A directory of wheels that this machine's pip looks into is nobody else's.
        environment.pop("PIP_FIND_LINKS", None)
        environment["VIRTUAL_ENV"] = str(self.home)
        return subprocess.run(words, cwd=directory, env=environment, capture_output=True, text=True)


class Case:
    def __init__(self, home, name):
        self.home, self.name, self.directory = home, name, CORPUS / name
        about = tomllib.loads((self.directory / "case.toml").read_text())
        self.kind, self.lock = about["kind"], about.get("lock", about["kind"])
        self.maker, self.commands = about["tool"], about["commands"]
        self.exporter = about.get("exporter", self.maker)
        self.outputs = about.get("outputs", [self.lock])
        self.selections = about.get("selection", [{}])
        # The project is worked on elsewhere, so that no tool leaves anything here.
        self.work = Path(tempfile.mkdtemp(prefix="locks-")) / name
        shutil.copytree(self.directory, self.work)

    def tool(self, name):
        return Tool(self.home / name)

    def text(self):
        return "".join((self.work / output).read_text() for output in self.outputs)

    def toml(self):
        return tomllib.loads((self.work / self.lock).read_text())

    def pyproject(self):
        return tomllib.loads((self.work / "pyproject.toml").read_text())

    def make_lock(self):
        for output in self.outputs:
            (self.work / output).unlink(missing_ok=True)
        hosts.insert(self.work)
        self._poetry_on_pages()
        tool = self.tool(self.maker)
        for command in self.commands:
            run = tool.run(["bash", "-euc", command], self.work, PATH=self._path())
            if run.returncode:
                raise SystemExit(f"{self.name}: {command}\n{run.stdout}{run.stderr}")
        for output in self.outputs:
            text = (self.work / output).read_text()
            text = hosts.replace(text).replace(str(self.work), "/project")
            (self.work / output).write_text(text)
            shutil.copy(self.work / output, self.directory / output)
        hosts.hide(self.work)
        if files.FORMATS[self.kind] is files.by_hash:
            import pages

            pages.write(self.text(), self.kind, self.work / "files.json")
            shutil.copy(self.work / "files.json", self.directory / "files.json")

    def _path(self):
        """The tool's own programs first; those of the others that a command may need after them."""
        ours = self.work.parent / "bin"
        others = (self.home / name / "bin" for name in ("uv", "pip"))
        return ":".join(map(str, (ours, self.home / self.maker / "bin", *others))) + ":" + os.environ["PATH"]

    def _poetry_on_pages(self):
        start = self.work.parent / "bin" / "poetry"
        start.parent.mkdir()
        python, script = self.home / self.maker / "bin/python", Path(__file__).with_name("poetry_on_pages.py")
        start.write_text(f'#!/bin/sh\nexec "{python}" "{script}" "$@"\n')
        start.chmod(0o755)

    def golden(self):
        listed = files.listed(self)
        answers = []
        for selection in self.selections:
            answer = peers.of(self, selection)
            answers.append({target: self._answer(target, answer, listed) for target in targets.ALL})
        return "\n".join([f"# {self.kind}, {self.name}", *golden.of(self.selections, answers)]) + "\n"

    def _answer(self, target, answer, listed):
        try:
            rows = {(n.name, n.version, self._what(n, target, listed)) for n in answer(target)}
        except golden.Refused as refused:
            return refused
        names = [name for name, _, _ in rows]
        if len(names) != len(set(names)):
            raise SystemExit(f"{self.name}: {target}: twice: {sorted(n for n in names if names.count(n) > 1)}")
        return rows

    def _what(self, needed, target, listed):
        if needed.member:
            return "member:" + os.path.normpath(needed.member)
        if needed.files is not None:
            return files.best(needed.files, _tags(target))
        if needed.version == "-":
            raise golden.Refused("unpinned")
        return files.best(listed[needed.name, needed.version], _tags(target))


TAGS = {}


def _tags(target):
    return TAGS.setdefault(target, target.tags())


def main(home, mode, *names):
    chosen = names or sorted(path.name for path in CORPUS.iterdir())
    if mode == "check":
        sys.exit(check(home, chosen))
    for name in chosen:
        with case_of(home, name) as case:
            if mode == "lock":
                case.make_lock()
            made = case.golden()
            (case.directory / "golden.txt").write_text(made)
            print(f"{name}: {made.count(chr(10))} lines, {len(case.text())} bytes of lock")
    table.write()


def check(home, names):
    """Every case is looked at, also after one that differs or whose peer answers nothing."""
    same = 0
    for name in names:
        with case_of(home, name) as case:
            committed = case.directory / "golden.txt"
            before = committed.read_text() if committed.exists() else ""
            try:
                changes = list(
                    difflib.unified_diff(before.splitlines(), case.golden().splitlines(), "committed", "made")
                )
            except (Exception, SystemExit) as e:
                changes = [f"{type(e).__name__}: {e}"]
            same += not changes
            print(f"{name}: {'differs' if changes else 'same'}", *changes, sep="\n", flush=True)
    print(f"{same} of {len(names)} are the same")
    return same < len(names)


@contextlib.contextmanager
def case_of(home, name):
    case = Case(Path(home), name)
    try:
        yield case
    finally:
        shutil.rmtree(case.work.parent)


if __name__ == "__main__":
    main(*sys.argv[1:])
