"""The commands, one a module: `<name>_command` is what `tui.cli` runs as `reinspect <name>`."""
