"""Release notes from YAML."""
