"""`reinspect schema`: the JSON Schema of what a command prints with `--json`."""

from __future__ import annotations

import click

from tui.cli.output import put


@click.command("schema")
@click.argument("command", nargs=-1)
def schema_command(command: tuple[str, ...]) -> None:
    """The JSON Schema of what COMMAND prints with --json; without COMMAND, the names of those that there are.

    `reinspect schema compare` is of two inspections, `reinspect schema compare cohort` of one beside a cohort. Every
    object has a "schema" number; while that stays the same, fields are only added.
    """
    from reinspect.exporting.schemas import SHAPES, json_schema

    named = {name.replace("--", ""): name for name in SHAPES}
    asked = " ".join(command).replace("--", "")
    if not command:
        put("".join(f"{name}\n" for name in named).encode())
        return
    if asked not in named:
        raise click.BadParameter(f"{asked!r} is none of {', '.join(named)}.", param_hint="COMMAND")
    import orjson

    put(orjson.dumps(json_schema(named[asked]), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
