"""The console script ``release-notes``."""

from importlib.metadata import metadata, requires

import rich
import yaml
from jinja2 import Template

NOTES = """
version: 2.0
changes:
- faster
- smaller
"""

TEMPLATE = Template("{{ version }}: {{ changes | join(', ') }}")


def main():
    # The loader of libyaml is there in compiled wheels alone.
    notes = yaml.load(NOTES, Loader=yaml.CSafeLoader)
    rich.print(TEMPLATE.render(**notes))
    own = metadata("release-notes")
    print(own["Name"], own["Version"], own["Requires-Python"])
    print(len(requires("release-notes")))
