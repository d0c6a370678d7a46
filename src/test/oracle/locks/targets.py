"""The targets, and what each of them answers: its marker environment and its wheel tags in packaging's own order."""

import contextlib
import sysconfig
from dataclasses import dataclass
from itertools import product
from unittest import mock

from packaging import _manylinux, _musllinux, tags

# The full version is fixed, so that a golden does not depend on the day.
PYTHONS = {"311": "3.11.13", "312": "3.12.11", "313": "3.13.7", "314": "3.14.0"}
MACHINES = ("x86_64", "aarch64")
LIBCS = ("2.28", "2.36", "musl")


@dataclass(frozen=True)
class Target:
    python: str
    machine: str
    libc: str

    @property
    def full_version(self):
        return PYTHONS[self.python]

    @property
    def minor(self):
        return (3, int(self.python[1:]))

    def environment(self):
        return {
            "os_name": "posix",
            "sys_platform": "linux",
            "platform_system": "Linux",
            "platform_machine": self.machine,
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
            "python_version": "%d.%d" % self.minor,
            "python_full_version": self.full_version,
            "implementation_version": self.full_version,
            # What only a running system knows; no lock of the corpus asks for it.
            "platform_release": "",
            "platform_version": "",
        }

    def tags(self):
        platforms = self._platforms()
        interpreter = "cp" + self.python
        return [
            *tags.cpython_tags(self.minor, abis=[interpreter], platforms=platforms),
            *tags.compatible_tags(self.minor, interpreter=interpreter, platforms=platforms),
        ]

    def _platforms(self):
        """What packaging would find on a machine with this C library."""
        glibc = (-1, -1) if self.libc == "musl" else tuple(map(int, self.libc.split(".")))
        musl = _musllinux._MuslVersion(1, 2) if self.libc == "musl" else None
        with contextlib.ExitStack() as stack:
            for place, name, answer in (
                (sysconfig, "get_platform", "linux-" + self.machine),
                (_manylinux, "_get_glibc_version", _manylinux._GLibCVersion(*glibc)),
                (_manylinux, "_is_compatible", None),
                (_musllinux, "_get_musl_version", musl),
            ):
                if name == "_is_compatible":
                    # The host's own _manylinux module, if it has one, says nothing about the target.
                    fake = lambda arch, version: version <= _manylinux._GLibCVersion(*glibc)
                else:
                    fake = lambda *_, answer=answer: answer
                stack.enter_context(mock.patch.object(place, name, fake))
            return list(tags._linux_platforms(is_32bit=False))


ALL = tuple(Target(*axes) for axes in product(PYTHONS, MACHINES, LIBCS))


def in_words(chosen):
    """A set of targets as products of three axes, such as "311,312/x86_64/2.28,2.36"; "*" is the whole axis."""
    chosen = set(chosen)
    parts = []
    for pythons, places in _alike(PYTHONS, lambda python: {(t.machine, t.libc) for t in chosen if t.python == python}):
        for machines, libcs in _alike(MACHINES, lambda machine: {libc for m, libc in places if m == machine}):
            parts.append("/".join((_axis(pythons, PYTHONS), _axis(machines, MACHINES), _axis(libcs, LIBCS))))
    return " ".join(parts)


def _alike(axis, what):
    """The values of an axis that have the same, together with it, in order; those that have nothing left out."""
    groups = {}
    for value in axis:
        groups.setdefault(frozenset(what(value)), []).append(value)
    return [(values, has) for has, values in groups.items() if has]


def _axis(values, whole):
    return "*" if len(values) == len(whole) else ",".join(value for value in whole if value in values)
