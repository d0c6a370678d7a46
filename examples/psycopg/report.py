"""Says which libpq psycopg has found, and asks the server of DATABASE_URL for its version where there is one."""

import os

import psycopg

version = psycopg.pq.version()
print(f"libpq {version // 10000}.{version % 10000}, psycopg {psycopg.__version__} ({psycopg.pq.__impl__})")

if url := os.environ.get("DATABASE_URL"):
    with psycopg.connect(url) as connection:
        print(connection.execute("select version()").fetchone()[0])
