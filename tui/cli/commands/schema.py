"""`reinspect schema`: print the JSON Schema of the objects that a command prints with `--json`."""

from __future__ import annotations

import click

from tui.streams import print_data


@click.command("schema")
@click.argument("command", nargs=-1)
def schema_command(command: tuple[str, ...]) -> None:
    """Print the JSON Schema of each object that a command prints with --json.

    A command that lists prints an array of such objects. Without COMMAND, lists the commands that have a schema. Every
    object has a "schema" number; as long as it stays the same, fields are only added.

    \b
    Examples:
      reinspect schema follow
      reinspect schema compare group
    """
    from reinspect.exporting.schemas import SHAPES, json_schema

    named = {_as_typed(name): name for name in SHAPES}
    asked = _as_typed(" ".join(command))
    if not command:
        print_data("".join(f"{name}\n" for name in named).encode())
        return
    if asked not in named:
        raise click.BadParameter(f"{asked!r} is not one of {', '.join(named)}.", param_hint="COMMAND")
    import orjson

    print_data(orjson.dumps(json_schema(named[asked]), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


def _as_typed(name: str) -> str:
    """Return the name of a schema as a person types it: "compare group"."""
    return name.replace("--", "").replace("cohort", "group")
