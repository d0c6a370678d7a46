"""Tags that a Python on Linux accepts, the best first, for each Python and each platform.

The list for one target is each entry of its Python's list, where an entry ends with `*` once for each entry of its
platform's list. That this is all that `packaging` answers is checked here for every pair.
"""

import sysconfig
from contextlib import ExitStack
from unittest.mock import patch

from packaging import _manylinux, _musllinux, tags

CPYTHONS = [(f"3.{minor}", flags) for minor in range(8, 15) for flags in ("", "d")]
CPYTHONS += [(f"3.{minor}", flags) for minor in (13, 14, 15) for flags in ("t", "td")] + [("3.15", ""), ("3.7", "m"), ("3.6", "dm")]
OTHERS = [
    ("pypy", "3.8", "pypy38-pp73"), ("pypy", "3.9", "pypy39-pp73"), ("pypy", "3.10", "pypy310-pp73"), ("pypy", "3.11", "pypy311-pp73"),
    ("graalpy", "3.10", "graalpy231-310-native"), ("graalpy", "3.11", "graalpy242-311-native"), ("graalpy", "3.12", "graalpy250-312-native"),
]
MACHINES = ["x86_64", "aarch64", "armv7l", "i686", "ppc64le", "s390x", "riscv64", "ppc64", "loongarch64", "armv6l"]
GLIBCS = [f"2.{minor}" for minor in (5, 11, 12, 16, 17, 18, 28, 31, 34, 35, 36, 39, 40, 41)]
MUSLS = ["1.0", "1.1", "1.2"]


def pairs():
    return [("glibc", version, machine) for version in GLIBCS for machine in MACHINES] + [
        ("musl", version, machine) for version in MUSLS for machine in MACHINES]


def platforms():
    for libc, version, machine in pairs():
        yield [libc, version, machine, platform_list(libc, version, machine)]


def platform_list(libc, version, machine):
    major, minor = map(int, version.split("."))
    glibc = (major, minor) if libc == "glibc" else (-1, -1)
    musl = _musllinux._MuslVersion(major, minor) if libc == "musl" else None
    with ExitStack() as stack:
        stack.enter_context(patch.object(_manylinux, "_get_glibc_version", lambda: _manylinux._GLibCVersion(*glibc)))
        stack.enter_context(patch.object(_manylinux, "_is_linux_armhf", lambda _: True))
        stack.enter_context(patch.object(_manylinux, "_is_linux_i686", lambda _: True))
        stack.enter_context(patch.object(_musllinux, "_get_musl_version", lambda _: musl))
        stack.enter_context(patch.object(sysconfig, "get_platform", lambda: f"linux-{machine}"))
        return list(tags._linux_platforms(is_32bit=False))


def pythons():
    every = [platform_list(*pair) for pair in pairs()]
    for python, flags in CPYTHONS:
        abi = cpython_abi(python, flags)
        yield ["cpython", python, abi[0], entries(lambda platforms: cpython(python, abi, platforms), every)]
    for implementation, python, soabi in OTHERS:
        abi = generic_abi(soabi)
        yield [implementation, python, abi[0], entries(lambda platforms: other(implementation, python, abi, platforms), every)]


def numbers(python):
    return tuple(map(int, python.split(".")))


def cpython_abi(python, flags):
    variables = {"Py_DEBUG": int("d" in flags), "Py_GIL_DISABLED": int("t" in flags), "WITH_PYMALLOC": int("m" in flags)}
    with patch.object(tags, "_get_config_var", lambda name, warn=False: variables[name]):
        return tags._cpython_abis(numbers(python))


def generic_abi(soabi):
    with patch.object(tags, "_get_config_var", lambda name, warn=False: f".{soabi}-x86_64-linux-gnu.so"):
        return tags._generic_abi()


def cpython(python, abis, platforms):
    version = numbers(python)
    yield from tags.cpython_tags(version, abis, platforms)
    yield from tags.compatible_tags(version, "cp" + python.replace(".", ""), platforms)


def other(implementation, python, abis, platforms):
    interpreter = tags.INTERPRETER_SHORT_NAMES.get(implementation, implementation) + python.replace(".", "")
    yield from tags.generic_tags(interpreter, abis, platforms)
    # As sys_tags does it: PyPy alone has a tag of its major version.
    yield from tags.compatible_tags(numbers(python), "pp3" if implementation == "pypy" else None, platforms)


def entries(answer, every):
    """The answer for one made-up platform, which is checked to stand for all real ones."""
    pattern = [str(tag).replace("-platform", "-*") for tag in answer(["platform"])]
    for platforms in every:
        spelt = []
        for entry in pattern:
            spelt += [entry[:-1] + platform for platform in platforms] if entry.endswith("*") else [entry]
        assert spelt == [str(tag) for tag in answer(platforms)], pattern
    return pattern
