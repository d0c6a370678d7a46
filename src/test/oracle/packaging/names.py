"""Names of packages and extras: whether valid, and their normal form."""

import re

from grammar import STRANGERS, distinct, mutated
from packaging.utils import InvalidName, canonicalize_name, is_normalized_name

NASTY = [
    "", "a", "A", "0", "-", "_", ".", "--", "a-", "-a", "a.", ".a", "_a", "a_", "a--b", "a__b", "a..b", "a-_.b",
    "a.-_-.b", "Foo_Bar", "FOO.BAR", "foo--bar", "a b", " a", "a ", "a\n", "\na", "a\nb", "a/b", "a==1", "a[b]",
    "I", "\u0130", "i\u0307", "\u212aelvin", "na\u00efve", "\uff41", "1.0", "1-0_0", "a" * 300, "a" + "-" * 300 + "b",
    "\u0663", "a\u0663", "x\u200by", "con", "aux.", "..", "zope.interface", "ruamel.yaml.clib", "backports.zoneinfo",
]


def rows(rng):
    letters = "abzAZ09"
    texts = list(NASTY)
    for _ in range(500):
        texts.append(re.sub("#", lambda _: rng.choice("-_."), "".join(rng.choice(letters + "##") for _ in range(rng.randint(1, 12)))))
    for _ in range(400):
        words = [rng.choice(["flask", "Django", "zope", "i18n", "B", "x2", "SQLAlchemy", "0"]) for _ in range(rng.randint(2, 4))]
        texts.append("".join(word + rng.choice(["-", "_", ".", "--", "._-"]) for word in words).rstrip("-_."))
    for _ in range(400):
        texts.append(mutated(rng, rng.choice(texts), "-_.+ /@"))
    texts += ["a" + stranger for stranger in STRANGERS] + ["a" + stranger + "b" for stranger in STRANGERS]
    return [[text, valid(text), is_normalized_name(text), canonicalize_name(text)] for text in distinct(texts)]


def valid(text):
    try:
        canonicalize_name(text, validate=True)
        return True
    except InvalidName:
        return False
