"""The text of a golden; README.md describes it."""

import targets


class Refused(Exception):
    """The peer refuses this target; its one argument is the reason in one word."""


def of(selections, answers):
    """The lines after the first; answers: for each selection {target: {(name, version, file)} or Refused}."""
    lines = ["", "files", *files(answers)]
    for selection, of_targets in zip(selections, answers):
        lines += ["", heading(selection), *needed(of_targets)]
    return lines


def files(answers):
    chosen = {}
    for of_targets in answers:
        for target, answer in of_targets.items():
            for name, version, file in () if isinstance(answer, Refused) else answer:
                if chosen.setdefault((name, version), {}).setdefault(target, file) != file:
                    raise SystemExit(f"{name} {version}: two files for {target}")
    for (name, version), of_targets in sorted(chosen.items()):
        for file in sorted(set(of_targets.values())):
            having = {target for target, other in of_targets.items() if other == file}
            yield " ".join((name, version, file, *where(having, set(of_targets))))


def needed(answers):
    refusals, rows = {}, {}
    for target, answer in answers.items():
        if isinstance(answer, Refused):
            refusals.setdefault(str(answer), set()).add(target)
        else:
            for name, version, _ in answer:
                rows.setdefault((name, version), set()).add(target)
    accepted = {target for target, answer in answers.items() if not isinstance(answer, Refused)}
    for reason in sorted(refusals):
        yield " ".join(("refused", reason, *where(refusals[reason])))
    for row in sorted(rows):
        yield " ".join((*row, *where(rows[row], accepted)))


def where(chosen, whole=None):
    return () if chosen == whole else ("@", targets.in_words(chosen))


def heading(selection):
    words = ["selection", "project=" + selection.get("project", ".")]
    words.append("extras=" + ",".join(selection.get("extras", [])))
    words.append("groups=" + ",".join(selection.get("groups", [])))
    return " ".join(words)

