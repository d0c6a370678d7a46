from importlib.metadata import distributions

import core
from markupsafe import _speedups, escape


def main():
    print(escape("<" + core.host("bücher.example") + ">"), core.__file__, _speedups.__name__)
    print(*sorted(distribution.name.lower() for distribution in distributions()))
