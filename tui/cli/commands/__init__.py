"""The commands, one a module: `<name>_command` is what `tui.cli.main` runs as `reinspect <name>`."""
