"""The index's hosts stand in no committed file: placeholders stand there, with the paths kept."""

import re
import subprocess
import sys
from pathlib import Path

PAGES, FILES = "index.example", "files.index.example"
URL = re.compile(r"(https?://)([^/\s\"'<>\\,)]+)((?:/[^\s\"'<>\\,)]*)?)")


def index_url():
    """As pip is configured, else pip's own default."""
    configured = subprocess.run(
        [sys.executable, "-m", "pip", "config", "get", "global.index-url"], capture_output=True, text=True
    ).stdout.strip()
    from pip._internal.models.index import PyPI

    return (configured or PyPI.simple_url).rstrip("/")


def replace(text):
    pages = URL.match(index_url()).group(2)

    def placeholder(match):
        scheme, host, path = match.groups()
        if host == pages or re.search(r"/simple/?$", path):
            return "https://" + PAGES + path
        if re.search(r"\.(whl|tar\.gz|tar\.bz2|zip|metadata)(#.*)?$", path) and not host.endswith(".example"):
            return "https://" + FILES + path
        return match.group(0)

    replaced = URL.sub(placeholder, text)
    for host in sorted({match[1] for match in URL.findall(replaced)}):
        if not host.endswith(".example"):
            print(f"  the lock names the host {host}", file=sys.stderr)
    return replaced


def insert(directory):
    """Where a project names its index, the real one stands while the tool works."""
    _each(directory, lambda text: text.replace(f"https://{PAGES}/simple", index_url()))


def hide(directory):
    _each(directory, lambda text: text.replace(index_url(), f"https://{PAGES}/simple"))


def _each(directory, change):
    for name in ("Pipfile", "pyproject.toml", "requirements.in"):
        for file in Path(directory).rglob(name):
            file.write_text(change(file.read_text()))
