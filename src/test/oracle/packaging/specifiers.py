"""Specifier sets: whether valid, their clauses, and which versions they hold."""

from grammar import STRANGERS, distinct, mutated
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import Version
from versions import plain, read

OPERATORS = ["==", "!=", "<=", ">=", "<", ">", "~=", "==="]
ALPHABET = list("=<>!~.,*+-_v019ab ()")

# Few and close together, so that clause and candidate often touch each other.
CLOSE = [
    "1", "1.0", "1.0.0", "1.1", "1.0.1", "1.10", "2", "2.0", "1!1.0", "1.0a1", "1.0a2", "1.0b1", "1.0rc1", "1.0.post1",
    "1.0.post2", "1.0.post0", "1.0.dev0", "1.0.dev1", "1.0a1.dev1", "1.0a1.post1", "1.0a1.post1.dev2", "1.0.post1.dev1",
    "1.0.post1.dev0", "1.1a1", "1.1.dev0", "1.0.1.dev1", "0", "0.9", "v1.0", "1.0c1", "1.0-1", "01.0",
]
LOCALS = ["1.0+a", "1.0+a.1", "1.0+1", "1.0+A.01", "1.0a1+a", "1.0.post1+a", "1.0.dev1+a", "1.1+a"]
CANDIDATES = distinct(CLOSE[:31] + LOCALS + ["0.9.post1", "1.0.0.1", "1.2", "1.9", "2.0a1", "2.0.dev0", "1!1.0a1", "1!2", "3"])

NASTY = [
    "", " ", ",", ",,", " , ", "1.0", "==", "===", "=== ", "~=", ">", "=1.0", "=>1.0", "= =1.0", "== = 1.0", "====1.0", "=====",
    "==1.0,", ",==1.0", ",,==1.0,,>0", "==1.0 ,", "==1.0 >0", "==1.0>0", "==1.0;>0", "(==1.0)", "== 1.0", "==\t1.0", "==\n1.0",
    "== 1 .0", "==1.0.*", "!=1.0.*", "==1.*", "==v1.*", "==1!1.*", "==1.0*", "==1..*", "==.*", "==*", "!=*", "==1.*.*", "==1.*.0",
    "==1.0a1.*", "!=1.0.post1.*", "==1.0.dev1.*", "==1.0+a.*", "==1.0.*+a", "==1.0.* ", "== 1.0 .*", "<1.*", ">1.*", "<=1.*", ">=1.*",
    "~=1.*", "~=1.0.*", "~=1", "~=1.0", "~=v1.0", "~=1!1", "~=1!1.0", "~=1a1", "~=1.0a1", "~=1.post1", "~=1.0.post1", "~=1.0.dev1",
    "~=1.0+a", "<1.0+a", ">1.0+a", "<=1.0+a", ">=1.0+a", "==1.0+a", "!=1.0+a", "==1.0+A_1", "===1.0+a", "===1.0.*", "===foo", "===FOO",
    "===1.0 ", "===1.0;", "===1.0)", "===(1.0", "===1.0,>0", "===1.0==", "=== french", "===french toast", "===\u00e9", "===1.0\u00a0",
    "<>1.0", "!1.0", "==1.0==1.0", ">=1.0,<2", ">=1.0 , <2", ">= 1.0 ,< 2 ", ">=1.0,<1.0", ">=1,>=2,>=3,!=2.5", "==1.0,==1.0", "==1.0.0,==1.0",
    "~=1.0,!=1.1", ">=1.0a1,<1.0", "<1.0a1", ">1.0.dev0", ">1.0.post1", "<1.0.post1", "<1.0.post1.dev1", ">1.0.post1.dev1", "<1.0.dev1",
    "==\u0661.0", "==1.0\u0130", "== \u00a01.0", "==\u20031.0", ">=1.0\x1c", "==1.0\x00", ">=1" + "0" * 100, "==" + "1." * 60 + "0", "==1.0,\u00a0>0",
    ">=3.9,!=3.9.0,!=3.9.1,<4.0", ">=2.7,!=3.0.*,!=3.1.*,!=3.2.*", "==1.0-1", "==1.0_1", "==1.0-a1", "==1.0RC1", "==01.00", ">=1.0-1", "~=1.0-1",
]


def clause(rng):
    operator = rng.choice(OPERATORS)
    version = rng.choice(CLOSE if rng.random() < 0.8 else LOCALS) if rng.random() < 0.8 else plain(rng)
    wildcard = ".*" if rng.random() < (0.35 if operator in ("==", "!=") else 0.03) else ""
    return operator + rng.choice(["", "", "", " ", "\t", "  "]) + version + wildcard


def rows(rng):
    yield CANDIDATES
    texts = list(NASTY)
    texts += [operator + version + wildcard for operator in OPERATORS for version in CLOSE + LOCALS for wildcard in ("", ".*")]
    for _ in range(1300):
        clauses = [clause(rng) for _ in range(rng.choice((1, 1, 2, 2, 3, 4)))]
        texts.append(rng.choice(["", "", " "]) + rng.choice([",", ",", ", ", " , ", ",,"]).join(clauses) + rng.choice(["", "", " ", ","]))
    texts += [mutated(rng, rng.choice(texts), ALPHABET) for _ in range(900)]
    for stranger in STRANGERS:
        texts += ["==" + stranger + "1.0", "==1.0" + stranger, "===1.0" + stranger, ">=1,<" + stranger + "2"]
    for text in distinct(texts):
        yield [text, *answer(rng, text)]


def answer(rng, text):
    """The clauses sorted, then two characters a version: held at all, and held where final releases exist too."""
    try:
        specifiers = SpecifierSet(text)
    except InvalidSpecifier:
        return [None]
    near = distinct(filter(read, near_versions(rng, specifiers)), 6)
    return [
        sorted({clause.operator + clause.version for clause in specifiers}),
        bits(specifiers, CANDIDATES, True),
        bits(specifiers, CANDIDATES, bool(specifiers.prereleases)),
        near,
        bits(specifiers, near, True),
        bits(specifiers, near, bool(specifiers.prereleases)),
    ]


def bits(specifiers, versions, prereleases):
    held = "".join("1" if specifiers.contains(Version(version), prereleases=prereleases) else "0" for version in versions)
    return format(int("1" + held, 2), "x")


def near_versions(rng, specifiers):
    """Neighbours of the versions that the clauses name: the named one, a step aside, and its suffixes."""
    for clause in specifiers:
        named = read(clause.version.removesuffix(".*"))
        if named is None or str(named) in CANDIDATES:
            continue
        release = list(named.release)
        release[-1] += rng.choice((-1, 1)) if release[-1] else 1
        epoch = f"{named.epoch}!" if named.epoch else ""
        yield str(named)
        yield named.public + rng.choice([".dev1", "+x", "+0"]) if not named.dev else named.public + "+y"
        yield epoch + ".".join(map(str, release))
        yield epoch + named.base_version.split("!")[-1] + rng.choice(["a1", ".post1", "rc9", ".1", ".0", ".dev2"])
