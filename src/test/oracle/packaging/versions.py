"""Versions: whether valid, their normal form, what they are, and all of them in order."""

from itertools import groupby

from grammar import STRANGERS, distinct, maybe, mutated
from packaging.version import InvalidVersion, Version

NUMBERS = ["0", "0", "1", "1", "1", "2", "3", "9", "10", "11", "00", "01", "007", "99", "2024", "20240131123456789012345"]
SEPARATORS = ["", "", "", ".", "-", "_"]
BLANKS = ["", "", "", "", "", "", "", " ", "\t", "\n", " \t", "\r\n", "\f", "\v"]
ALPHABET = list(".-_+!v*abcdeprost019 ")

NASTY = [
    "", " ", ".", "..", "v", "V", "!", "1!", "!1", "1!!2", "1!2!3", "0!0", "00!1", "1.", ".1", "1..2", "1.0.", "1. 0",
    "1 .0", "1.0 a1", "1.0a 1", "1.0-", "1.0--1", "1.0-1-2", "1.0.-1", "1.0._post1", "1.0post", "1.0.post", "1.0-post",
    "1.0post.1", "1.0post-", "1.0post_1", "1.0.post.1", "1.0r", "1.0rev", "1.0-r-1", "1.0rc", "1.0c", "1.0c1r2.dev3",
    "1.0a", "1.0a.", "1.0.a", "1.0a..1", "1.0a1b2", "1.0alpha-1", "1.0.alpha.1", "1.0_beta_1", "1.0pre", "1.0-preview-3",
    "1.0previe1", "1.0dev", "1.0.dev", "1.0dev1dev2", "1.0.dev.1", "1.0-dev-1", "1.0.dev1.post1", "1.0a1.post1.dev1",
    "1.0a1-1.dev1", "1.0-1.dev1", "1.0a1-1", "1.0.1-1", "1-1", "1-0", "1-00", "1-", "1+", "1.0+", "1.0+a+b", "1.0++a",
    "1.0+a..b", "1.0+a.", "1.0+.a", "1.0+a-b_c.d", "1.0+ABC", "1.0+001", "1.0+a001", "1.0+0", "1.0+1a", "1.0+a1",
    "1.0+\u0130", "1.0+\u212a", "1.0+\u00e9", "1.0po\u017ft1", "1.0r\u0441", "vv1", "v v1", "v 1", " v1", "v1.0-V2",
    "1.0.*", "1.*", "*", "1.0a1.*", "latest", "french toast", "1.0.0.0.0.0.0.0.0.0.0.0.1", "0.0.0", "00.00", "1.0x",
    "x1.0", "1_0", "1.0_1", "1,0", "1.0,2.0", "1/0", "-1", "+1", "1e5", "0x10", "1.0'", "\u0661.0", "1.\u0660", "1.0a\u0661",
    "1.0.post\u0661", "1.0+\u0661", "\uff11.0", "1\u00b2", "1.0\x00", "\x001.0", "1.0\u00a0", "\u00a01.0", "1.0\x1c", "1\n.0",
    "1.0\n\n", "\n\n1.0", "1" * 200, "1." * 100 + "1", "1.0a" + "9" * 100, "1.0+" + "9" * 100, "1.0.post" + "0" * 50 + "1",
    "9" * 60 + "!1", "2004d", "2.0.0-SNAPSHOT", "1.0b2-346", "1.0.dev456", "0.1.dev0+gabc1234.d20240101", "1.0-alpha.beta",
]


def number(rng):
    return rng.choice(NUMBERS)


def any_case(rng, word):
    return "".join(rng.choice((c, c, c.upper())) for c in word) if rng.random() < 0.2 else word


def suffix(rng, words):
    separator = rng.choice(SEPARATORS)
    return separator + any_case(rng, rng.choice(words)) + rng.choice(SEPARATORS) + rng.choice(["", number(rng)])


def local(rng):
    parts = [rng.choice(["abc", "ABC", "a1", "1a", "ubuntu", "cu118", "x", number(rng)]) for _ in range(rng.randint(1, 3))]
    return "+" + "".join(part + rng.choice(".-_") for part in parts)[:-1]


def plain(rng):
    """A version without blanks around it."""
    return (
        maybe(rng, 0.1, lambda: rng.choice("vV"))
        + maybe(rng, 0.12, lambda: number(rng) + "!")
        + ".".join(number(rng) for _ in range(rng.randint(1, 4)))
        + maybe(rng, 0.35, lambda: suffix(rng, ["a", "b", "rc", "c", "alpha", "beta", "pre", "preview"]))
        + maybe(rng, 0.3, lambda: rng.choice(["-" + number(rng), suffix(rng, ["post", "rev", "r"])]))
        + maybe(rng, 0.25, lambda: suffix(rng, ["dev"]))
        + maybe(rng, 0.2, lambda: local(rng))
    )


def rows(rng):
    texts = list(NASTY)
    texts += [rng.choice(BLANKS) + plain(rng) + rng.choice(BLANKS) for _ in range(1800)]
    texts += [mutated(rng, rng.choice(texts), ALPHABET) for _ in range(1400)]
    for stranger in STRANGERS:
        texts += [stranger + "1.0", "1.0" + stranger, "1.0a1+x" + stranger, "1" + stranger + "0"]
    return [[text, *answer(text)] for text in distinct(texts)]


def answer(text):
    version = read(text)
    if version is None:
        return [None]
    kinds = [version.is_prerelease, version.is_postrelease, version.is_devrelease]
    return [str(version), version.public, version.epoch != 0, *kinds]


def read(text):
    try:
        return Version(text)
    except InvalidVersion:
        return None


def in_order(rng):
    """A line for each version from the lowest to the highest, with all its spellings that were generated."""
    near = [f"{epoch}1{release}{pre}{post}{dev}{label}"
            for epoch in ("", "1!") for release in ("", ".0", ".0.1", ".1") for pre in ("", "a1", "rc1") for post in ("", ".post1")
            for dev in ("", ".dev0") for label in ("", "+a", "+1", "+1.a")]
    texts = distinct(near + [plain(rng) for _ in range(900)])
    versions = sorted(((Version(text), text) for text in texts), key=lambda pair: pair[0])
    return [[text for _, text in spellings] for _, spellings in groupby(versions, key=lambda pair: pair[0])]
