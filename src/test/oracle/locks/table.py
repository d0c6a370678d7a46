"""The table of README.md: what each case is, told by its own files. Written anew with the goldens."""

import re
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
HEAD = ["Case", "Lock version", "Tool", "Uploads until", "Workspace", "Fork", "Conflict", "CUDA"]
# Where a format writes its own version or revision.
VERSIONS = {
    "uv.lock": r'^version = (\d+)\n(?:revision = (\d+))?',
    "pylock.toml": r'^lock-version = "(.+)"',
    "poetry.lock": r'^lock-version = "(.+)"',
    "pdm.lock": r'^lock_version = "(.+)"',
    "Pipfile.lock": r'"pipfile-spec": (\d+)',
}


def write():
    file = HERE / "README.md"
    before, _, _ = file.read_text().partition("## The cases\n")
    file.write_text(before + "## The cases\n\n" + "\n".join(lines()) + "\n")


def lines():
    tools = {words[0]: words[2] for words in map(str.split, (HERE / "tools.txt").read_text().splitlines()[1:])}
    rows = [row(case, tools) for case in sorted((HERE / "corpus").iterdir())]
    marks = [sum(row[i] == "yes" for row in rows) for i in range(4, 8)]
    yield f"{len(rows)}, of them {marks[0]} with a workspace or members, {marks[1]} with forks, {marks[2]} with conflicts"
    yield f"and {marks[3]} with CUDA."
    yield ""
    for cells in (HEAD, ["---"] * len(HEAD), *rows):
        yield "| " + " | ".join(cells) + " |"


def row(case, tools):
    about = tomllib.loads((case / "case.toml").read_text())
    text = (case / about.get("lock", about["kind"])).read_text()
    golden = (case / "golden.txt").read_text()
    version = re.search(VERSIONS.get(about["kind"], "$^"), text, re.MULTILINE)
    date = re.search(r"--exclude-newer (\d{4}-\d\d-\d\d)", " ".join(about["commands"]))
    rows = (line.split()[:2] for line in golden.splitlines() if not line.startswith(("#", "selection ", "refused ")))
    names = [name for name, _ in {tuple(words) for words in rows if len(words) == 2}]
    return [
        case.name,
        ".".join(filter(None, version.groups())) if version else "",
        re.sub(r"\[.*\]|==", " ", tools[about["tool"]]).replace("  ", " "),
        date.group(1) if date else "",
        mark(" member:" in golden or re.search(r"^\[manifest\]\nmembers", text, re.MULTILINE)),
        mark(len(names) != len(set(names))),
        mark(re.search(r"^conflicts = \[", text, re.MULTILINE)),
        mark(any(name.startswith("nvidia-") for name in names)),
    ]


def mark(is_so):
    return "yes" if is_so else ""


if __name__ == "__main__":
    write()
