"""What all generators share: choices, mutations, and rows without duplicates."""

# Digits, letters and blanks that only look like those of a grammar, and what else breaks readers.
STRANGERS = [
    "\u0663", "\u00b2", "\u0967", "\u0130", "\u0131", "\u017f", "\u212a", "\u00e9", "\u00a0", "\u2003", "\u3000",
    "\u0085", "\u200b", "\ufeff", "\u2028", "\x1c", "\x1f", "\x0b", "\x0c", "\x00", "\x7f", "\n", "\r", "\U0001d7d9",
]


def maybe(rng, chance, make, otherwise=""):
    return make() if rng.random() < chance else otherwise


def mutated(rng, text, alphabet):
    """The text with one or two small accidents."""
    for _ in range(rng.choice((1, 1, 2))):
        at = rng.randrange(len(text) + 1)
        kind = rng.randrange(6)
        if kind == 0:
            text = text[:at] + text[at + 1:]
        elif kind == 1:
            text = text[:at] + rng.choice(alphabet) + text[at:]
        elif kind == 2:
            text = text[:at] + rng.choice(STRANGERS) + text[at:]
        elif kind == 3:
            text = text[:at] + text[at:at + 1] + text[at:]
        elif kind == 4:
            text = text[:at] + text[at:at + 1].swapcase() + text[at + 1:]
        else:
            text = text[:at] + text[at + 1:at + 2] + text[at:at + 1] + text[at + 2:]
    return text


def distinct(texts, most=None):
    """Each text once, in the order in which they came; at most so many."""
    return list(dict.fromkeys(texts))[:most]
