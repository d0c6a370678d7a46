"""Wheel file names: whether valid, and their parts."""

from grammar import STRANGERS, distinct, maybe, mutated
from packaging.utils import InvalidWheelFilename, parse_wheel_filename
from versions import plain

NASTY = [
    "", ".whl", "-.whl", "foo.whl", "foo-1.0.whl", "foo-1.0-py3.whl", "foo-1.0-py3-none.whl", "foo-1.0-py3-none-any", "foo-1.0-py3-none-any.WHL", "foo-1.0-py3-none-any.whl.whl",
    "foo-1.0-py3-none-any.zip", "foo-1.0.tar.gz", "foo-1.0-py3-none-any.whl", "foo-1.0-1-py3-none-any.whl", "foo-1.0-1a-py3-none-any.whl", "foo-1.0-a1-py3-none-any.whl",
    "foo-1.0-1_a.b-py3-none-any.whl", "foo-1.0-1-2-py3-none-any.whl", "foo-1.0--py3-none-any.whl", "foo-1.0-001-py3-none-any.whl", "foo-1.0-" + "9" * 30 + "-py3-none-any.whl",
    "foo__bar-1.0-py3-none-any.whl", "foo_bar-1.0-py3-none-any.whl", "foo.bar-1.0-py3-none-any.whl", "Foo-1.0-py3-none-any.whl", "_foo-1.0-py3-none-any.whl", "foo_-1.0-py3-none-any.whl",
    "foo..bar-1.0-py3-none-any.whl", "foo#bar-1.0-py3-none-any.whl", "f\u00f3o-1.0-py3-none-any.whl", "-1.0-py3-none-any.whl", "foo--py3-none-any.whl", "foo-1.0-py3-none-any .whl", " foo-1.0-py3-none-any.whl",
    "foo-1.0_1-py3-none-any.whl", "foo-1.0.post1-py3-none-any.whl", "foo-1.0+a.b-py3-none-any.whl", "foo-1.0+a_b-py3-none-any.whl", "foo-1!1.0-py3-none-any.whl", "foo-v1.0-py3-none-any.whl", "foo-1.x-py3-none-any.whl",
    "foo-1.0-py2.py3-none-any.whl", "foo-1.0-py3.py2-none-any.whl", "foo-1.0-py3.-none-any.whl", "foo-1.0-.py3-none-any.whl", "foo-1.0-py3..py2-none-any.whl", "foo-1.0-3-none-any.whl", "foo-1.0-3py-none-any.whl",
    "foo-1.0-py3-none-.whl", "foo-1.0---.whl", "foo-1.0-PY3-NONE-ANY.whl", "foo-1.0-py3-abi3.none-any.whl", "foo-1.0-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
    "foo-1.0-cp38.cp39.cp310-abi3.cp39-linux_x86_64.manylinux1_x86_64.any.whl", "foo-1.0-py3-none-any/x.whl", "dir/foo-1.0-py3-none-any.whl", "foo-1.0-py3-none-any%2B.whl", "foo-1.0%2Ba-py3-none-any.whl",
    "foo-1.0-py3+x-none-any.whl", "foo-1.0-py 3-none-any.whl", "foo-1.0-py3-no ne-any.whl", "foo-1.0-py3-none-a+b.whl", "foo-1.0-py3-none-any\n.whl", "foo-1.0-py3-none-any.whl\n", "foo-1.0-\u0663-none-any.whl",
    "foo-1.0-1-py3-none-any-x86_64_v3.whl", "foo-1.0-py3-none-any-x86_64_v3.whl", "foo-1.0-cp311-cp311-manylinux_2_28_x86_64-cu126.whl", "foo-1.0-py3.py3-none.none-any.any.whl",
]
NAMES = ["foo", "Foo_Bar", "zope.interface", "a", "x2", "foo_bar_baz", "_a", "a_", "foo__bar", "0"]
PYTHONS = ["py3", "py2.py3", "cp311", "cp313", "cp38.cp39", "pp310", "cp36", "py27", "cp315", "graalpy311", "CP312"]
ABIS = ["none", "cp311", "abi3", "cp313t", "abi3t", "pypy310_pp73", "cp36m", "abi3.none", "cp312d", "graalpy242_311_native"]
PLATFORMS = ["any", "linux_x86_64", "manylinux_2_17_x86_64.manylinux2014_x86_64", "musllinux_1_2_aarch64", "win_amd64", "macosx_11_0_arm64", "Win32", "manylinux1_i686.manylinux_2_5_i686"]
BUILDS = ["1", "0", "01", "2b", "10_x", "1.2", "b1", "", "1ubuntu", "99999999999999999999"]


def one(rng):
    version = plain(rng)
    if rng.random() < 0.6:
        version = version.replace("-", "_")
    return "-".join([rng.choice(NAMES), version, *maybe(rng, 0.25, lambda: [rng.choice(BUILDS)], []), rng.choice(PYTHONS), rng.choice(ABIS), rng.choice(PLATFORMS)]) + ".whl"


def rows(rng):
    every = NASTY + [one(rng) for _ in range(700)]
    every += [mutated(rng, rng.choice(every), list("-_.+ whl1a")) for _ in range(600)]
    for stranger in STRANGERS:
        every += [f"foo{stranger}-1.0-py3-none-any.whl", f"foo-1.0-1{stranger}-py3-none-any.whl", f"foo-1.0-py3{stranger}-none-any.whl", f"foo-1.0-py3-none{stranger}-any.whl"]
    for text in distinct(every):
        yield [text, *answer(text)]


def answer(text):
    try:
        name, version, build, tags = parse_wheel_filename(text)
    except InvalidWheelFilename:
        return [None]
    return [name, str(version), "".join(map(str, build)), sorted(map(str, tags))]
