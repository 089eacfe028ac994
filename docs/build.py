"""The part of the documentation that the code writes: commands, JSON, settings and frameworks.

    python docs/build.py            # write docs/reference anew
    python docs/build.py --check    # exit 1, naming what is stale; change nothing

`mkdocs build --strict` makes the pages of it. `tests/test_documentation.py` fails where this was forgotten.
"""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from reinspect.exporting.schemas import SHAPES, json_schema
from reinspect.frameworks import frameworks
from tui.cli.main import main as program

HERE = Path(__file__).parent / "reference"
MADE = "<!-- Written by `python docs/build.py`: do not edit by hand. -->\n"


def pages() -> dict[str, str]:
    """Every page by its name within docs/reference."""
    made = {"commands.md": commands(), "json.md": objects(), "frameworks.md": regimes()}
    schemas = {
        f"schemas/{_file(name)}": json.dumps(json_schema(name), indent=2, ensure_ascii=False) + "\n" for name in SHAPES
    }
    return made | schemas


def commands() -> str:
    """What `--help` says of every command."""
    root = click.Context(program, info_name="reinspect")
    lines = ["# Commands", "", MADE, f"    {_usage(root)}", "", _prose(program), "", *_options(program, root)]
    assert isinstance(program, click.Group)
    for context in _under(program, root):
        lines += ["", f"## {context.command_path.removeprefix('reinspect ')}", ""]
        lines += [f"    {_usage(context)}", "", _prose(context.command), ""]
        lines += _options(context.command, context)
    return "\n".join(lines).rstrip() + "\n"


def _under(group: click.Group, root: click.Context) -> Iterator[click.Context]:
    for name in group.list_commands(root):
        command = group.get_command(root, name)
        assert command is not None
        context = click.Context(command, info_name=name, parent=root)
        yield context
        if isinstance(command, click.Group):
            yield from _under(command, context)


def _usage(context: click.Context) -> str:
    return f"{context.command_path} {' '.join(context.command.collect_usage_pieces(context))}"


def _prose(command: click.Command) -> str:
    """The help of a command as Markdown: a block that must keep its lines is one of code."""
    parts = inspect.cleandoc(command.help or "").split("\n\n")
    return "\n\n".join(
        "```text\n" + part.removeprefix("\b").strip("\n") + "\n```"
        if part.startswith("\b")
        else part.replace("*", r"\*").replace("<", "&lt;")
        for part in parts
    )


def _options(command: click.Command, context: click.Context) -> list[str]:
    records = [found for each in command.get_params(context) if (found := each.get_help_record(context))]
    if not records:
        return []
    rows = [f"| `{_cell(names)}` | {_cell(words)} |" for names, words in records]
    return ["| option | does |", "|---|---|", *rows]


def objects() -> str:
    """The objects that `--json` prints, field by field."""
    lines = [
        "# JSON",
        "",
        MADE,
        "Every command that compares or lists takes `--json`: one object a line on stdout. Each object has",
        '`"schema": 1`; while that number stays the same, fields are only added. `reinspect schema COMMAND` prints the',
        "JSON Schema, and the files are here too. Dates are ISO strings; what is not known is null.",
        "`tests/tui/cli/test_json_schemas.py` holds what the commands print to these schemas.",
    ]
    for name, shape in SHAPES.items():
        schema = json_schema(name)
        definitions = schema["$defs"]
        lines += ["", f"## {name}", "", f"[JSON Schema](schemas/{_file(name)})", ""]
        lines += _fields(shape.__name__, definitions)
        for inner in (each for each in definitions if each != shape.__name__):
            lines += ["", f'??? note "{_title(inner)}"', ""]
            lines += [f"    {line}".rstrip() for line in _fields(inner, definitions)]
    return "\n".join(lines) + "\n"


def _fields(name: str, definitions: dict[str, Any]) -> list[str]:
    shape = definitions[name]
    always = set(shape.get("required", ()))
    rows = [
        f"| `{field}` | {_cell(_type(said))}{'' if field in always else ', may be missing'} |"
        for field, said in shape["properties"].items()
    ]
    return [" ".join(shape["description"].split()), "", "| field | value |", "|---|---|", *rows]


def _type(said: dict[str, Any]) -> str:
    """A JSON Schema's type in words."""
    if "anyOf" in said:
        words = " or ".join(dict.fromkeys(_type(each) for each in said["anyOf"]))
    elif "$ref" in said:
        words = _title(said["$ref"].rpartition("/")[2])
    elif "enum" in said:
        words = ", ".join(f"`{json.dumps(each)}`" for each in said["enum"])
    elif said.get("type") == "array":
        words = f"list of {_type(said.get('items', {}))}"
    elif said.get("type") == "object":
        words = "object by name"
    else:
        words = {"boolean": "true or false", "integer": "whole number"}.get(
            said.get("type", ""), said.get("type", "any")
        )
    return f"{words} ({said['description']})" if "description" in said and "$ref" not in said else words


def _title(shape: str) -> str:
    return "".join(f" {each.lower()}" if each.isupper() else each for each in shape.removesuffix("Shape")).strip()


def regimes() -> str:
    """The frameworks that are known: dates, strands and scale."""
    lines = [
        "# Frameworks",
        "",
        MADE,
        "One TOML file each in `reinspect/frameworks/`; [how to add one](../adding-a-framework.md).",
        "",
        "| key | name | inspected | strands | scale |",
        "|---|---|---|---|---|",
    ]
    for key, framework in frameworks().items():
        days = f"{framework.first or '...'} to {framework.last or '...'}"
        strands = ", ".join(f"`{strand.key}`" for strand in framework.strands) or "none: ungraded"
        scale = ", ".join(grade.key for grade in framework.grades) or "none"
        lines.append(f"| `{key}` | {_cell(framework.name)} | {days} | {strands} | {scale} |")
    return "\n".join(lines) + "\n"


def _file(name: str) -> str:
    return f"{name.replace(' --', '-')}.json"


def _cell(words: str) -> str:
    return words.replace("|", "\\|")


def main() -> int:
    """Write the pages, or with --check only say which are stale."""
    made = pages()
    held = {path.relative_to(HERE).as_posix() for path in HERE.rglob("*") if path.suffix in {".md", ".json"}}
    stale = [name for name, text in made.items() if name not in held or (HERE / name).read_text("utf-8") != text]
    gone = sorted(held - set(made))
    if "--check" in sys.argv:
        for name in (*stale, *gone):
            sys.stderr.write(f"docs/reference/{name} is stale: python docs/build.py\n")
        return 1 if stale or gone else 0
    for name in stale:
        (HERE / name).parent.mkdir(parents=True, exist_ok=True)
        (HERE / name).write_text(made[name], "utf-8")
    for name in gone:
        (HERE / name).unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
