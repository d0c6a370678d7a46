from importlib.metadata import distributions

import core
import msgpack


def main():
    print(msgpack.unpackb(msgpack.packb(core.host("straße.example"))))
    print(*sorted(distribution.name.lower() for distribution in distributions()))
