"""Requirements: whether valid, and their parts."""

import markers
from grammar import STRANGERS, distinct, maybe, mutated
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name
from specifiers import clause

NAMES = ["a", "A.B-C_D", "requests", "Flask", "zope.interface", "x1", "0", "1a", "a--b", "name_", "_name", "-e", "na\u00efve", "or", "in"]
URLS = [
    "https://h.example/a.whl", "file:///a", "git+https://h.example/r.git@v1#egg=a", "https://u:p@h.example/a-1.0-py3-none-any.whl#sha256=00",
    "file:///a;b", "a", "../a", "https://h.example/a b", "https://h.example/;", "http://[::1]/a", "gopher:/foo/com", "https://h.example/a.whl;", "@", ";", "''",
]

NASTY = [
    "", " ", "a", " a ", "a\n", "\na", "a\t", "a;", "a ;", "a; ", "a ; os_name=='posix'", "a;os_name=='posix'", "a ;os_name=='posix' ;", "a>=1;", "a >= 1 ; os_name == 'nt'",
    "a[]", "a[ ]", "a[x]", "a [x]", "a[x ]", "a[ x , y ]", "a[x,y,x]", "a[x,]", "a[,x]", "a[x y]", "a[x;y]", "a[x", "a]x[", "a[x]]", "a[[x]]", "a[x-]", "a[-x]", "a[X_y.Z]", "a[x][y]",
    "a[x]>=1", "a[x] @ https://h.example", "a[x]@https://h.example", "a @ https://h.example ; os_name == 'nt'", "a @ https://h.example; os_name == 'nt'", "a @ https://h.example ;os_name=='nt'",
    "a@https://h.example", "a @", "a @ ", "a@ ;", "a @ ; os_name == 'nt'", "a @ https://h.example  ", "a @ https://h.example x", "a @ https://h.example >=1", "a>=1 @ https://h.example",
    "a @ https://h.example\t; os_name == 'nt'", "a @ https://h.example\n; os_name == 'nt'", "a @ file:///x y", "a @\thttps://h.example", "a @\nhttps://h.example", "a @ \u00e9",
    "a()", "a( )", "a(>=1)", "a (>=1)", "a (>=1,<2)", "a ( >=1 , <2 )", "a (>=1", "a >=1)", "a ((>=1))", "a (1.0)", "a (==1.0);os_name=='nt'", "a (>=1) ; os_name == 'nt'", "a (>=1) <2", "a(>=1,)", "a (,)",
    "a 1.0", "a1.0", "a==", "a>=", "a=1", "a = 1", "a=>1", "a==1.0.*", "a==1.*.0", "a>=1.*", "a~=1", "a~=1.0", "a!=1", "a<>1", "a===x", "a===x,>1", "a=== x ; os_name == 'nt'", "a===", "a===;", "a===x;os_name=='nt'",
    "a>1,", "a>1,,<2", "a,", "a,>1", "a>1,<2,", "a>1, <2 , !=1.5", "a>1 <2", "a>1;<2", "a>1+local", "a==1+local", "a==1.0+L_1", "a>=1\n,<2", "a>=\n1", "a\n>=1", "a>=1\u00a0", "a\u00a0>=1", "a>= \u00a01",
    "a-b.c_d>=1", "a.", "a-", "-a", ".a", "_a", "a_", "a/b", "a:b", "a#b", "a>=1#b", "a>=1 # c", "a; extra == 'x'", "a; extra", "a; python_version", "a; 'x' in extras", "./a", "a.whl", "https://h.example/a.whl", "-r a", "-e a",
    "a >= 1.0 --hash=sha256:00", "a \\", "a>=1 \\\n <2", "\ufeffa", "a\x00", "A" * 200, "a[" + ",".join("x" * 20 for _ in range(3)) + "]", "a" + ">=1," * 30 + "<2", "a;" + "(" * 30 + "os_name=='nt'" + ")" * 30,
]


def blank(rng):
    return rng.choice(["", "", " ", "\t", "  "])


def one(rng):
    text = blank(rng) + rng.choice(NAMES if rng.random() < 0.3 else NAMES[:6]) + blank(rng)
    text += maybe(rng, 0.3, lambda: "[" + blank(rng) + (blank(rng) + "," + blank(rng)).join(rng.choice(NAMES[:8]) for _ in range(rng.randint(0, 3))) + blank(rng) + "]" + blank(rng))
    if rng.random() < 0.2:
        text += "@" + blank(rng) + rng.choice(URLS) + rng.choice([" ", " ", "", "\t"])
    else:
        versions = (blank(rng) + "," + blank(rng)).join(clause(rng) for _ in range(rng.choice((0, 1, 1, 1, 2, 3))))
        text += f"({versions})" if rng.random() < 0.15 else versions
    return text + maybe(rng, 0.4, lambda: blank(rng) + ";" + blank(rng) + markers.expression(rng, rng.choice((0, 0, 1, 2)))) + blank(rng)


def rows(rng):
    every = [one(rng) for _ in range(2000)]
    every += [mutated(rng, rng.choice(every), list("[]()@;,=<>~! '\"._-*+a1")) for _ in range(1300)]
    for stranger in STRANGERS:
        every += ["a" + stranger, stranger + "a", "a" + stranger + ">=1", "a[x" + stranger + "]", "a @ https://h.example" + stranger + ";"]
    for text in distinct(NASTY + every):
        yield [text, *answer(text)]


def answer(text):
    try:
        requirement = Requirement(text)
    except InvalidRequirement:
        return [None]
    try:
        marker = str(requirement.marker) if requirement.marker else None
    except ValueError:
        marker = ""
    return [
        canonicalize_name(requirement.name),
        sorted({canonicalize_name(extra) for extra in requirement.extras}),
        sorted({clause.operator + clause.version for clause in requirement.specifier}),
        requirement.url,
        marker,
    ]
