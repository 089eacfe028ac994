"""Write the part of the documentation that comes from the code: commands, JSON, frameworks and words.

    python docs/build.py                  # write the pages in docs/reference again
    python docs/build.py --check          # change nothing; exit 1 and name the pages that are out of date
    python docs/build.py --schemas DIR    # write the JSON Schema of each command to DIR, such as a built site

`zensical build --strict` turns the pages into a site. `tests/test_documentation.py` fails if they are out of date.
"""

from __future__ import annotations

import argparse
import inspect
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from reinspect.comparing.crosswalk import crosswalk
from reinspect.exporting.schemas import SHAPES, json_schema
from reinspect.exporting.tables.authorities import authorities_table
from reinspect.exporting.tables.basket import basket_table
from reinspect.exporting.tables.cohort import GROUP_COLUMNS
from reinspect.exporting.tables.comparison import strands_table
from reinspect.exporting.tables.follow_steps import follow_steps_table
from reinspect.exporting.tables.inspections import inspection_tables
from reinspect.exporting.tables.phrases import hits_table, phrases_table
from reinspect.exporting.tables.timeline import timeline_table
from reinspect.exporting.tidy import TidyTable, tabulate
from reinspect.frameworks import frameworks
from tui.app.dialogs.glossary import ABBREVIATIONS, WORDS
from tui.cli.main import main as program

HERE = Path(__file__).parent / "reference"
NOTICE = "<!-- Written by `python docs/build.py`: do not edit by hand. -->\n"
JSON_INTRODUCTION = """\
With `--json` (short for `--format json`) a command prints one JSON document on stdout. It is an object for `show`,
`compare`, `brief`, `phrases --says` and `timeline` of one authority, and for `read` and `add` of one file. It is an
array for all others, even of one object or of none. `--format jsonl` prints the same objects, one on each line.

Each object has `"schema": 2` (arrays replaced lines in that version). While that number stays the same, fields may be
added but never renamed or removed. Dates are ISO strings, and a value that is not known is null. `reinspect schema
COMMAND` prints the JSON Schema of each object ([schema](commands.md#schema)). A test compares what the commands
print with these schemas."""
DICTIONARY_INTRODUCTION = """\
The columns of every table that `--format csv`, `--format xlsx` and [`export`](commands.md#export) write. The names are
a contract: columns may be added, but are never renamed or removed. An empty cell means that the value is not known or
does not apply. [Use it with Excel, Power BI and pandas](../how-to/use-the-data.md) shows how to read them."""


def pages() -> dict[str, str]:
    """Return the text of every page by its name in docs/reference."""
    return {
        "commands.md": commands_page(),
        "json.md": json_page(),
        "frameworks.md": frameworks_page(),
        "glossary.md": glossary_page(),
        "data-dictionary.md": data_dictionary_page(),
    }


def schema_files() -> dict[str, str]:
    """Return the JSON Schema of each command by file name: "compare-cohort.json"."""
    return {
        f"{name.replace(' --', '-')}.json": json.dumps(json_schema(name), indent=2, ensure_ascii=False) + "\n"
        for name in SHAPES
    }


def commands_page() -> str:
    """Return the page of all commands, from their `--help`."""
    root = click.Context(program, info_name="reinspect", **program.context_settings)
    lines = ["# Commands", "", NOTICE, f"    {_usage(root)}", "", _prose(program), "", *_options(program, root)]
    assert isinstance(program, click.Group)
    for context in _subcommands(program, root):
        lines += ["", f"## {context.command_path.removeprefix('reinspect ')}", ""]
        lines += [f"    {_usage(context)}", "", _prose(context.command), ""]
        lines += _options(context.command, context)
    return "\n".join(lines).rstrip() + "\n"


def _subcommands(group: click.Group, root: click.Context) -> Iterator[click.Context]:
    for name in group.list_commands(root):
        command = group.get_command(root, name)
        assert command is not None
        context = click.Context(command, info_name=name, parent=root)
        yield context
        if isinstance(command, click.Group):
            yield from _subcommands(command, context)


def _usage(context: click.Context) -> str:
    return f"{context.command_path} {' '.join(context.command.collect_usage_pieces(context))}"


def _prose(command: click.Command) -> str:
    """Return the help text of a command as Markdown; a paragraph that keeps its line breaks becomes a code block."""
    parts = inspect.cleandoc(command.help or "").split("\n\n")
    return "\n\n".join(
        "```text\n" + part.removeprefix("\b").strip("\n") + "\n```"
        if part.startswith("\b")
        else part.replace("*", r"\*").replace("<", "&lt;")
        for part in parts
    )


def _options(command: click.Command, context: click.Context) -> list[str]:
    options = (param for param in command.get_params(context) if isinstance(param, click.Option))
    records = [record for option in options if (record := option.get_help_record(context))]
    if not records:
        return []
    rows = [f"| `{_cell(names)}` | {_cell(words)} |" for names, words in records]
    return ["| option | does |", "|---|---|", *rows]


def json_page() -> str:
    """Return the page of the objects that `--json` prints: one section a command, then the objects inside them."""
    # An object that a command prints on its own is described in the section of the first such command.
    sections: dict[str, str] = {}
    for command, shape in SHAPES.items():
        sections.setdefault(shape.__name__, command)
    lines = ["# JSON", "", NOTICE, JSON_INTRODUCTION]
    parts: dict[str, dict[str, Any]] = {}
    for command, shape in SHAPES.items():
        definitions = json_schema(command)["$defs"]
        parts |= {name: part for name, part in definitions.items() if name not in sections}
        lines += ["", f"## {_heading(command)}", ""]
        first = sections[shape.__name__]
        if first != command:
            lines.append(f"The same object as [{_heading(first)}](#{_anchor(_heading(first))}).")
        else:
            lines += _fields(definitions[shape.__name__], sections)
    for name in sorted(parts):
        lines += ["", f"## {_title(name)}", "", *_fields(parts[name], sections)]
    return "\n".join(lines) + "\n"


def data_dictionary_page() -> str:
    """Return the page of the columns of all tables, as CSV, Excel and SQLite files have them."""
    lines = ["# Data dictionary", "", NOTICE, DICTIONARY_INTRODUCTION]
    for where, table in _empty_tables():
        lines += ["", f"## {where}", "", f"One row is {table.of}.", "", "| column | type | meaning |", "|---|---|---|"]
        lines += [f"| `{column.name}` | {column.type} | {_cell(column.meaning)} |" for column in table.columns]
    return "\n".join(lines) + "\n"


def _empty_tables() -> Iterator[tuple[str, TidyTable]]:
    """Yield every kind of table without rows, and where it is written."""
    inspections, judgements, improvements = inspection_tables([])
    yield "inspections (export, list, show)", inspections
    yield "judgements (export)", judgements
    yield "improvements (export)", improvements
    yield "follow_steps (export, follow)", follow_steps_table([])
    yield "phrases (export, phrases)", phrases_table([])
    yield "authorities (export)", authorities_table([])
    yield "timeline", timeline_table([])
    yield "strands (compare, brief)", strands_table([])
    yield "group (compare with a group)", tabulate("group", "one count of a group", GROUP_COLUMNS, [])
    yield "sentences (search)", hits_table([])
    yield "basket", basket_table([])


def _fields(definition: dict[str, Any], sections: dict[str, str]) -> list[str]:
    required = set(definition.get("required", ()))
    rows = [
        f"| `{field}` | {_cell(_type(value, sections))}{'' if field in required else ', may be absent'} |"
        for field, value in definition["properties"].items()
    ]
    paragraphs = (" ".join(paragraph.split()) for paragraph in definition["description"].split("\n\n"))
    return ["\n\n".join(paragraphs), "", "| field | value |", "|---|---|", *rows]


def _type(value: dict[str, Any], sections: dict[str, str]) -> str:
    """Return the type of a field in words: "list of [judgement](#judgement)", "whole number or null"."""
    if "anyOf" in value:
        words = " or ".join(dict.fromkeys(_type(option, sections) for option in value["anyOf"]))
    elif "$ref" in value:
        words = _link(value["$ref"].rpartition("/")[2], sections)
    elif "enum" in value:
        words = ", ".join(f"`{json.dumps(option)}`" for option in value["enum"])
    elif value.get("type") == "array":
        words = f"list of {_type(value.get('items', {}), sections)}"
    elif value.get("type") == "object":
        words = f"object with a {_type(value.get('additionalProperties', {}), sections)} for each key"
    else:
        words = {"boolean": "true or false", "integer": "whole number"}.get(
            value.get("type", ""), value.get("type", "any")
        )
    return f"{words} ({value['description']})" if "description" in value and "$ref" not in value else words


def _link(shape: str, sections: dict[str, str]) -> str:
    return f"[{_title(shape)}](#{_anchor(_heading(sections.get(shape, _title(shape))))})"


def _title(shape: str) -> str:
    """Return the name of an object in words: "StrandRowShape" becomes "strand row"."""
    return "".join(
        f" {letter.lower()}" if letter.isupper() else letter for letter in shape.removesuffix("Shape")
    ).strip()


def _anchor(heading: str) -> str:
    """Return the anchor that Zensical gives a heading: "compare --group" becomes "compare-group"."""
    return heading.replace(" --", "-").replace(" ", "-")


def _heading(command: str) -> str:
    """Return a command as a person types it: the schema "compare --cohort" is of `compare --group`."""
    return command.replace("--cohort", "--group")


def frameworks_page() -> str:
    """Return the page of the known frameworks: dates, strands and scale."""
    lines = [
        "# Frameworks",
        "",
        NOTICE,
        "One TOML file each in `reinspect/frameworks/`; [how to add one](../development/adding-a-framework.md).",
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


def glossary_page() -> str:
    """Return the page of words and signs, the same as in the glossary of the app."""
    steps = {grade.shape: grade for framework in frameworks().values() for grade in framework.grades}
    outcomes = {out.shape: out for framework in frameworks().values() for out in framework.outcomes if out.shape}
    lines = ["# Words and signs", "", NOTICE, "In the app, `f2` shows the same.", "", "## Signs", ""]
    lines += [f"- {grade.shape} {grade.key}" for grade in sorted(steps.values(), key=lambda each: each.rung)]
    lines += [f"- {shape} {outcome.name}" for shape, outcome in outcomes.items()]
    lines += ["- — no such strand in that inspection", "- `visit`: not graded", ""]
    known = frameworks().values()
    parts = {
        "Words": WORDS,
        "Abbreviations": ABBREVIATIONS,
        "Kinds of inspection": {framework.short: f"{framework.name}." for framework in known},
        "Caveats": crosswalk().caveats,
    }
    for heading, entries in parts.items():
        lines += [f"## {heading}", "", *(f"- **{word}**: {meaning}" for word, meaning in entries.items()), ""]
    return "\n".join(lines).rstrip() + "\n"


def _cell(words: str) -> str:
    return words.replace("|", "\\|")


def outdated_pages() -> tuple[dict[str, str], list[str]]:
    """Return the pages to write, by name, and the names of files to delete."""
    fresh = pages()
    present = {path.relative_to(HERE).as_posix() for path in HERE.rglob("*") if path.suffix in {".md", ".json"}}
    stale = {
        name: text for name, text in fresh.items() if name not in present or (HERE / name).read_text("utf-8") != text
    }
    return stale, sorted(present - set(fresh))


def write_files(folder: Path, texts: dict[str, str]) -> None:
    """Write these texts under their names."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")


def main() -> int:
    """Write or check the pages, or write the schemas. Return the exit code."""
    parser = argparse.ArgumentParser(description="Write the documentation that comes from the code.")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if a page is out of date")
    parser.add_argument("--schemas", type=Path, metavar="DIR", help="write the JSON Schema of each command to DIR")
    arguments = parser.parse_args()
    if arguments.schemas:
        write_files(arguments.schemas, schema_files())
        return 0
    stale, gone = outdated_pages()
    if arguments.check:
        for name in (*stale, *gone):
            sys.stderr.write(f"docs/reference/{name} is out of date; run: python docs/build.py\n")
        return 1 if stale or gone else 0
    write_files(HERE, stale)
    for name in gone:
        (HERE / name).unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
