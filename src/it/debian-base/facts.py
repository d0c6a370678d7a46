"""Prints what a program takes from the system that its Python runs in."""

import asyncio
import bz2
import ctypes.util
import errno
import getpass
import json
import locale
import lzma
import mimetypes
import os
import socket
import sqlite3
import ssl
import uuid
from datetime import datetime
from zoneinfo import ZoneInfo


async def resolved(host):
    return (await asyncio.get_running_loop().getaddrinfo(host, "http", type=socket.SOCK_STREAM))[0][4][1]


def writing(path):
    try:
        open(path, "w").close()
    except OSError as refused:
        return errno.errorcode[refused.errno]


print(
    json.dumps(
        {
            "certificates": ssl.create_default_context().cert_store_stats()["x509_ca"],
            "compressed": bz2.decompress(bz2.compress(b"a")) + lzma.decompress(lzma.compress(b"b")) == b"ab",
            "home": os.path.expanduser("~"),
            "libc": ctypes.util.find_library("c"),
            "library": ctypes.util.find_library("z"),
            "loaded": ctypes.CDLL(ctypes.util.find_library("sqlite3")).sqlite3_libversion_number()
            == sum(part * unit for part, unit in zip(sqlite3.sqlite_version_info, (1_000_000, 1_000, 1))),
            "locale": locale.setlocale(locale.LC_ALL, ""),
            "mimetype": mimetypes.guess_type("letter.docx")[0],
            "port": asyncio.run(resolved("127.0.0.1")),
            "service": socket.getservbyname("https"),
            "sql": sqlite3.connect(":memory:").execute("select upper('x')").fetchone()[0],
            "summer": str(datetime(2026, 7, 1, tzinfo=ZoneInfo("Europe/Berlin")).utcoffset()),
            "user": getpass.getuser(),
            "uuid": uuid.uuid5(uuid.NAMESPACE_DNS, "example.org").version,
            "writing": [writing("/app/x"), writing("/tmp/x")],
        },
        indent=1,
    )
)
