"""Reads layers as others do, and prints for each a line: the SHA-256 of its tar, and that of the listing of what is in it.

    read_layers.py READER BLOB...   READER is python, gnu (gzip and tar), bsdtar, or unpigz or bsdcat, which know no listing
    read_layers.py trees ROOT...    of directories that layers were unpacked to: the listing alone
    read_layers.py union BLOB...    one line: the listing of all layers, laid one over the other

A listing has a line for each path, sorted by bytes: type, mode, owner and group, time, size and SHA-256 of the content, path. It holds what lies
below the prefix /opt/venv, no times of directories, and ends each line with a zero.
"""

import gzip
import hashlib
import io
import os
import re
import stat
import subprocess
import sys
import tarfile
from concurrent.futures import ProcessPoolExecutor

PREFIX = b"opt/venv/"


def line(kind, mode, owner, group, time, size, digest, path):
    if kind == "d":
        time, size, digest = 0, 0, "-"
    return path.rstrip(b"/"), f"{kind} {mode:04o} {owner}:{group} {int(time)} {size} {digest} ".encode()


def digest_of(lines):
    hashed = hashlib.sha256()
    for path, text in sorted(lines):
        if path.startswith(PREFIX):
            hashed.update(text + path + b"\0")
    return hashed.hexdigest()


class Hashed:
    """A stream that is hashed while it is read."""

    def __init__(self, stream):
        self.stream, self.hash = stream, hashlib.sha256()

    def read(self, size):
        data = self.stream.read(size)
        self.hash.update(data)
        return data


def sha256(stream, size=-1):
    hashed = hashlib.sha256()
    while size and (data := stream.read(min(size, 1 << 20) if size > 0 else 1 << 20)):
        hashed.update(data)
        size -= len(data) if size > 0 else 0
    return hashed.hexdigest()


def lines_of(blob):
    with gzip.open(blob) as content:
        hashed = Hashed(content)
        lines = []
        with tarfile.open(fileobj=hashed, mode="r|", encoding="utf-8", errors="surrogateescape") as tar:
            for entry in tar:
                kind = "d" if entry.isdir() else "f" if entry.isreg() else "?"
                digest = sha256(tar.extractfile(entry)) if kind == "f" else "-"
                path = entry.name.encode("utf-8", "surrogateescape")
                lines.append(line(kind, entry.mode, entry.uid, entry.gid, entry.mtime, entry.size, digest, path))
        sha256(hashed)
        return hashed.hash.hexdigest(), lines


def python(blob):
    diff_id, lines = lines_of(blob)
    return diff_id, digest_of(lines)


def gnu(blob):
    with subprocess.Popen(["gzip", "-dc", blob], stdout=subprocess.PIPE) as unpacked:
        diff_id = sha256(unpacked.stdout)
    utc = {**os.environ, "TZ": "UTC", "LC_ALL": "C"}
    listed = subprocess.run(
        ["tar", "-tvzf", blob, "--numeric-owner", "--full-time", "--quoting-style=literal"], env=utc, stdout=subprocess.PIPE, check=True)
    lines = []
    with subprocess.Popen(["tar", "-xOzf", blob], stdout=subprocess.PIPE) as content:
        for text in listed.stdout.splitlines():
            bits, owner, size, day, time, path = text.split(None, 5)
            kind = "d" if bits.startswith(b"d") else "f"
            mode = sum(1 << (8 - i) for i, bit in enumerate(bits[1:]) if bit != b"-"[0])
            time = 315532800 if (day, time) == (b"1980-01-01", b"00:00:00") else -1
            digest = sha256(content.stdout, int(size)) if kind == "f" else "-"
            lines.append(line(kind, mode, *owner.decode().split("/"), time, int(size), digest, path))
        assert content.stdout.read() == b""
    return diff_id, digest_of(lines)


def bsdtar(blob):
    tar = subprocess.run(["bsdtar", "-cf", "-", "--format=mtree", "--options=mtree:!all,mtree:type,mtree:mode,mtree:uid,mtree:gid,mtree:time,mtree:size,mtree:sha256",
                          "@" + blob], stdout=subprocess.PIPE, check=True)
    lines = []
    for text in tar.stdout.decode("latin-1").splitlines():
        if text.startswith("#"):
            continue
        name, *words = text.split()
        values = dict(word.split("=") for word in words)
        path = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), name).encode("latin-1").removeprefix(b"./")
        kind = values["type"][0]
        lines.append(line(kind, int(values["mode"], 8), values["uid"], values["gid"], float(values["time"]), values.get("size", 0),
                          values.get("sha256digest", hashlib.sha256().hexdigest()), path))
    return "-", digest_of(lines)


def unpacked_by(*command):
    with subprocess.Popen(command, stdout=subprocess.PIPE) as unpacked:
        return sha256(unpacked.stdout), "-"


def unpigz(blob):
    return unpacked_by("unpigz", "-c", blob)


def bsdcat(blob):
    return unpacked_by("bsdcat", blob)


def tree(root):
    lines = []
    for directory, directories, files in os.walk(os.fsencode(root)):
        for name in directories + files:
            path = os.path.join(directory, name)
            status = os.lstat(path)
            kind = "d" if stat.S_ISDIR(status.st_mode) else "f" if stat.S_ISREG(status.st_mode) else "?"
            digest = "-"
            if kind == "f":
                with open(path, "rb") as content:
                    digest = sha256(content)
            lines.append(line(kind, stat.S_IMODE(status.st_mode), status.st_uid, status.st_gid, status.st_mtime, status.st_size, digest,
                              os.path.relpath(path, os.fsencode(root))))
    return "-", digest_of(lines)


def union(blobs):
    paths = {}
    with ProcessPoolExecutor() as pool:
        for _, lines in pool.map(lines_of, blobs):
            paths.update(lines)
    return "-", digest_of(paths.items())


def main():
    reader, *files = sys.argv[1:]
    if reader == "union":
        print(*union(files))
        return
    readers = {"python": python, "gnu": gnu, "bsdtar": bsdtar, "unpigz": unpigz, "bsdcat": bsdcat, "trees": tree}
    with ProcessPoolExecutor() as pool:
        for diff_id, listing in pool.map(readers[reader], files):
            print(diff_id, listing)


if __name__ == "__main__":
    main()
