import ctypes
import platform
import sqlite3
import ssl
import sys

from markupsafe import _speedups

print(platform.machine(), sys.prefix, _speedups.__name__, sqlite3.connect(":memory:").execute("select 1").fetchone()[0])
print(ssl.create_default_context().cert_store_stats()["x509_ca"] > 100, ctypes.CDLL("libz.so.1")._name, "loaded")
