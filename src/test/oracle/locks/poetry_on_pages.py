"""Starts poetry where the index serves the simple pages alone, as every mirror does, run with poetry's own Python.

For its default index poetry asks for JSON pages, and for a document about each release that no standard describes. Both
are answered here, from the pages and the metadata files (PEP 503, 658); all else goes its way.
"""

import email.parser
import json
import re
import sys
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin

import requests

JSON = "application/vnd.pypi.simple.v1+json"
send = requests.Session.send
answers = {}
plain = requests.Session()


class Anchors(HTMLParser):
    def __init__(self, url):
        super().__init__()
        self.url, self.files = url, []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "a" and attributes.get("href"):
            url, _, fragment = urljoin(self.url, attributes["href"]).partition("#")
            self.files.append(
                {
                    "filename": unquote(url.rsplit("/", 1)[-1]),
                    "url": url,
                    "hashes": {"sha256": fragment.partition("sha256=")[2]},
                    "requires-python": attributes.get("data-requires-python"),
                    "yanked": attributes.get("data-yanked") or "data-yanked" in attributes,
                    "core-metadata": "data-core-metadata" in attributes or "data-dist-info-metadata" in attributes,
                }
            )


def get(url):
    return send(plain, plain.prepare_request(requests.Request("GET", url)), verify=certificates(), timeout=60)


def certificates():
    import os

    return os.environ.get("REQUESTS_CA_BUNDLE", True)


def page(root, name):
    """As the JSON form of the simple page, or nothing where there is none."""
    key = (root, name)
    if key not in answers:
        url = f"{root}/simple/{name}/"
        response = get(url)
        if response.status_code != 200:
            return None
        anchors = Anchors(url)
        anchors.feed(response.text)
        answers[key] = {"name": name, "files": anchors.files, "meta": {"api-version": "1.0"}}
    return answers[key]


def versions(root, name):
    """The files of every release, by the version as packaging writes it."""
    key = (root, name, "versions")
    if key not in answers:
        normal = r"[-_.]+".join(map(re.escape, re.split(r"[-_.]+", name)))
        of = re.compile(normal + r"-([^-]+?)(?:-.+\.whl|\.whl|\.tar\.gz|\.tar\.bz2|\.zip)", re.IGNORECASE)
        found = {}
        for file in (page(root, name) or {"files": []})["files"]:
            match = of.fullmatch(file["filename"])
            if match:
                found.setdefault(plain_version(match.group(1)), []).append(file)
        answers[key] = found
    return answers[key]


def plain_version(text):
    from packaging.version import InvalidVersion, Version

    try:
        return str(Version(text))
    except InvalidVersion:
        return text


def release(root, name, version):
    files = versions(root, name).get(plain_version(version))
    if not files:
        return None
    wheels = [file for file in files if file["filename"].endswith(".whl") and file["core-metadata"]]
    wheels.sort(key=lambda file: ("-none-any" not in file["filename"], "manylinux" not in file["filename"]))
    requires_dist = None
    if wheels:
        metadata = email.parser.HeaderParser().parsestr(get(wheels[0]["url"] + ".metadata").text)
        requires_dist = metadata.get_all("Requires-Dist") or []
    yanked = all(file["yanked"] for file in files)
    return {
        "info": {
            "name": name,
            "version": version,
            "summary": "",
            "platform": "",
            "requires_dist": requires_dist,
            "requires_python": next((file["requires-python"] for file in files if file["requires-python"]), None),
            "yanked": bool(yanked),
            "yanked_reason": None,
        },
        "urls": [
            {
                "packagetype": "bdist_wheel" if file["filename"].endswith(".whl") else "sdist",
                "filename": file["filename"],
                "url": file["url"],
                "digests": file["hashes"],
                "yanked": bool(file["yanked"]),
            }
            for file in files
        ],
    }


def answered(session, request, **options):
    url = request.url
    wanted = re.fullmatch(r"(https://[^/]+)/simple/([^/]+)/", url)
    document = re.fullmatch(r"(https://[^/]+)/pypi/([^/]+)/([^/]+)/json", url)
    if wanted and request.headers.get("Accept", "").startswith(JSON):
        content = page(*wanted.groups())
    elif document:
        content = release(*document.groups())
    else:
        return send(session, request, **options)
    response = requests.Response()
    response.status_code = 200 if content else 404
    response.url, response.request, response.encoding = url, request, "utf-8"
    response.headers["Content-Type"] = JSON if wanted else "application/json"
    response._content = json.dumps(content).encode()
    return response


requests.Session.send = answered

try:
    from poetry.console.application import main
except ImportError:
    from poetry.console import main

sys.argv[0] = "poetry"
sys.exit(main())
