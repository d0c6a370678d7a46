"""What a wheel says of its files and scripts: lines of RECORD and entry points, as pypa/installer reads them."""

from grammar import STRANGERS, distinct, maybe, mutated
from installer.records import RecordEntry, parse_record_file
from installer.utils import parse_entrypoints

SHA256 = "sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"
SHA512 = "sha512=" + "A" * 86
RECORDS = [
    "", ",", ",,", ",,,", "a", "a,", "a,,", "a,,0", "a,,-1", "a,,+1", "a,, 1", "a,,1 ", "a,,1.0", "a,,1_000", "a,,x", "a,,00", "a,,\u0663", "a,,99999999999999999999",
    f"a,{SHA256},0", f"a,{SHA256},", f"a,{SHA256}=,0", f"a, {SHA256},0", f"a,{SHA256} ,0", f"a,{SHA256.upper()},0", "a,sha256=,0", "a,sha256,0", "a,=x,0", "a,md5=AAAA,0", "a,sha1=AAAA,0",
    f"a,{SHA512},0", "a,sha999=AAAA,0", '"a,b",,', '"a""b",,', '"a,,', 'a",,', '"a"b,,', ' "a",,', '"a" ,,', 'a\\b,,', "/a,,", "./a,,", "../a,,", "a//b,,", "\u00e9,,", "a;b,,", "'a,b',,", "#a,,",
]
PATHS = ["a.py", "pkg/a.py", "pkg-1.0.dist-info/RECORD", "../../../bin/x", '"with, comma"', '"with ""quotes"""', "with space", "\u00fc/\u00e4.py", "-", "a=b", "C:/x"]
HASHES = [SHA256, SHA512, "", "sha256=short", "md5=1B2M2Y8AsgTpgAmY7PhCfg", "sha384=" + "b" * 64, "crc32=1", SHA256 + "=", SHA256.replace("-", "+")]
SIZES = ["0", "1", "123456789", "", "", "007", "-5", "1e3", "0x10"]

ENTRIES = [
    "", "a", ":", "a:", ":b", "a:b", "a.b:c.d", "a :b", "a: b", "a : b", "a:b ", "a:b[x]", "a:b [x]", "a:b [x,y]", "a:b [ x ]", "a:b[x] ", "a:b[]", "a:b[", "a:b]", "a:b[x]y", "a:b[x][y]", "a:b[[x]]",
    "a b:c", "a:b c", "a:b:c", "a.:b", ".a:b", "a..b:c", "a-b:c", "a:b-c", "a:b()", "a:b.c()", "1a:b", "a:1b", "_a:_b", "\u00e9:\u00fc", "a=b", "a:b=c", "a:b;c", "a:b#c", "a:b # c", "a:b ; c", "%a:b", "a:b%%", "a:%(x)s", "\ta:b\t",
]
MODULES = ["pkg", "pkg.cli", "pkg.sub.mod", "_private", "m\u00f6dul", "a1", "pkg-x", "PKG"]
ATTRIBUTES = ["main", "main.run", "cli_main", "Main", "_x", "run-it", "m\u00e4in", "a.b.c"]
EXTRAS = ["", "", "", "[x]", " [x, y]", "[x] ", " []", "[a-b]"]


def record(rng):
    return ",".join([rng.choice(PATHS), rng.choice(HASHES), rng.choice(SIZES)]) + maybe(rng, 0.03, lambda: ",")


def entry(rng):
    colon = rng.choice([":", ":", ":", " : ", ": ", " :", "::", "="])
    return rng.choice(MODULES) + colon + rng.choice(ATTRIBUTES) + rng.choice(EXTRAS)


def one_line(texts):
    return [text for text in distinct(texts) if len(text.splitlines()) < 2 and not set("\n\r") & set(text)]


def records(rng):
    every = RECORDS + [record(rng) for _ in range(600)]
    every += [mutated(rng, rng.choice(every), list(',"=/.0 a-')) for _ in range(500)]
    every += [f"a{stranger}b,{SHA256},1{stranger}" for stranger in STRANGERS] + [f"a{stranger}b,{SHA256},1" for stranger in STRANGERS]
    for text in one_line(every):
        yield [text, *record_answer(text)]


def record_answer(text):
    try:
        found = [RecordEntry.from_elements(*row) for row in parse_record_file([text])]
    except Exception:  # it raises of many kinds, csv.Error among them
        return [None]
    if len(found) != 1:
        return [None]
    row = found[0]
    return [row.path, "" if row.hash_ is None else f"{row.hash_.name}={row.hash_.value}", "" if row.size is None else str(row.size)]


def entries(rng):
    every = ENTRIES + [entry(rng) for _ in range(600)]
    every += [mutated(rng, rng.choice(every), list(":.[] ab-_=")) for _ in range(500)]
    every += [text for stranger in STRANGERS for text in (f"a{stranger}b:c", f"a:b{stranger}c", f"a:b{stranger}", f"{stranger}a:b")]
    for text in one_line(every):
        yield [text, *entry_answer(text)]


def entry_answer(text):
    try:
        found = list(parse_entrypoints(f"[console_scripts]\nx = {text}\n"))
    except Exception:  # configparser's, and an assertion where a value is no reference
        return [None]
    return [found[0][1], found[0][2]] if len(found) == 1 else [None]
