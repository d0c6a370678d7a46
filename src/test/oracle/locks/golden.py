"""The text of a golden; README.md describes it."""

import targets


class Refused(Exception):
    """The peer refuses this target; its one argument is the reason in one word."""


def of(selection, answers):
    """The lines of one selection; answers: {target: {(name, version, what)} or Refused}."""
    lines = [heading(selection)]
    refusals, rows = {}, {}
    for target, answer in answers.items():
        if isinstance(answer, Refused):
            refusals.setdefault(str(answer), set()).add(target)
        else:
            for row in answer:
                rows.setdefault(row, set()).add(target)
    accepted = {target for target, answer in answers.items() if not isinstance(answer, Refused)}
    for reason in sorted(refusals):
        lines.append(" ".join(("refused", reason, "@", targets.in_words(refusals[reason]))))
    for row in sorted(rows):
        words = list(row)
        if rows[row] != accepted:
            words += ["@", targets.in_words(rows[row])]
        lines.append(" ".join(words))
    return lines


def heading(selection):
    words = ["selection", "project=" + selection.get("project", ".")]
    words.append("extras=" + ",".join(selection.get("extras", [])))
    words.append("groups=" + ",".join(selection.get("groups", [])))
    return " ".join(words)

