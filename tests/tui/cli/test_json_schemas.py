"""Every `--json` keeps to its schema, as a type and as published."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click import Group
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from reinspect.exporting.schemas import SHAPES, json_schema
from tui.cli.main import main

Run = Callable[..., Result]

LETTER = """14 March 2024

Dear Ms Sample

Focused visit to Camden children's services

Our visit to Camden was on 6 and 7 February 2024. The inspectors were Ada Sample and Ben Sample.

What needs to improve in this area of social work practice?

- Weekly management oversight of plans for older children.

Main findings

Managers know their children well.
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs a command on a first-run store, which holds the record and the digests of Camden."""
    folder: Path = tmp_path_factory.mktemp("schemas") / "store"
    return lambda *arguments: CliRunner().invoke(main, ["--store", str(folder), *arguments])


@pytest.fixture
def letter(tmp_path: Path) -> str:
    path = tmp_path / "letter.md"
    path.write_text(LETTER, "utf-8")
    return str(path)


def kept(command: str, result: Result) -> list[dict[str, Any]]:
    """The objects that a command printed, each held to its schema in both forms."""
    objects = [json.loads(line) for line in result.stdout.splitlines()]
    assert objects, result.stderr
    validator = Draft202012Validator(json_schema(command))
    for each in objects:
        msgspec.convert(each, SHAPES[command])
        validator.validate(each)
    return objects


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ("list", ["list"]),
        ("list", ["list", "--cohort", "neighbours:camden"]),
        ("show", ["show", "camden:2017"]),
        ("show", ["show", "camden-2009-12-09-caa-rating"]),
        ("timeline", ["timeline", "camden", "dorset", "cumbria"]),
        ("timeline", ["timeline", "camden", "--cohort", "region:London"]),
        ("compare", ["compare", "camden:2017", "camden:2022"]),
        ("compare", ["compare", "camden:2022", "barnet:2019"]),
        ("compare --cohort", ["compare", "camden", "--cohort", "neighbours:camden"]),
        ("compare --cohort", ["compare", "--cohort", "grade:leaders=outstanding"]),
        ("follow", ["follow", "camden"]),
        ("search", ["search", "managment oversigt"]),
        ("phrases", ["phrases", "camden"]),
        ("phrases --says", ["phrases", "camden", "--says", "management oversight"]),
        ("phrases --against", ["phrases", "--cohort", "since:2020", "--against", "until:2019"]),
        ("fetch", ["fetch", "camden", "barnet", "--dry-run"]),
    ],
)
def test_what_a_command_prints_is_what_its_schema_says(run: Run, command: str, arguments: list[str]) -> None:
    kept(command, run(*arguments, "--json"))


def test_a_file_that_is_read_and_one_that_cannot_be_keep_to_one_schema(run: Run, letter: str, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"no PDF at all")
    read, unreadable = kept("read", run("read", letter, str(broken), "--json"))
    assert (read["kind"], unreadable["kind"]) == ("letter", "unreadable")


def test_what_became_of_an_added_file_keeps_to_its_schema(run: Run, letter: str, tmp_path: Path) -> None:
    assert [each["outcome"] for each in kept("add", run("add", letter, str(tmp_path / "none.pdf"), "--json"))] == [
        "added",
        "failed",
    ]
    assert kept("add", run("add", letter, "--json"))[0]["outcome"] == "already held"


def test_the_basket_keeps_to_its_schema(run: Run) -> None:
    assert run("search", "drift", "--pin", "1").exit_code == 0
    assert run("basket", "note", "1", "for", "the", "committee").exit_code == 0
    (pin,) = kept("basket", run("basket", "--json"))
    assert pin["note"] == "for the committee"


def test_a_fault_of_the_store_keeps_to_its_schema(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    CliRunner().invoke(main, ["--store", str(folder), "list"])
    next(path for path in (folder / "texts").rglob("*") if path.is_file()).write_bytes(b"damaged")
    kept("check", CliRunner().invoke(main, ["--store", str(folder), "check", "--json"]))


def test_every_command_that_prints_json_has_a_schema_and_no_other(run: Run) -> None:
    assert isinstance(main, Group)
    context = main.make_context("reinspect", [], resilient_parsing=True)
    named = {name: main.get_command(context, name) for name in main.list_commands(context)}
    printing = {
        name
        for name, command in named.items()
        if command and any("--json" in parameter.opts for parameter in command.params)
    }
    assert {name.partition(" ")[0] for name in SHAPES} == printing


@pytest.mark.parametrize("command", SHAPES)
def test_a_schema_is_itself_a_valid_one_and_is_numbered(command: str) -> None:
    schema = json_schema(command)
    Draft202012Validator.check_schema(schema)
    shape = schema["$defs"][SHAPES[command].__name__]
    assert shape["properties"]["schema"]["enum"] == [1]
    assert shape["additionalProperties"] is False


def test_a_schema_refuses_what_it_does_not_know(run: Run) -> None:
    (hit, *_) = kept("search", run("search", "drift", "--limit", "1", "--json"))
    for wrong in ({**hit, "page": "three"}, {**hit, "more": 1}, {k: v for k, v in hit.items() if k != "score"}):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(wrong, SHAPES["search"])


def test_the_command_prints_the_schema_and_names_those_there_are(run: Run) -> None:
    assert json.loads(run("schema", "follow").stdout) == json_schema("follow")
    assert json.loads(run("schema", "compare", "cohort").stdout) == json_schema("compare --cohort")
    assert run("schema").stdout.split()[:2] == ["read", "add"]
    assert "is none of" in run("schema", "undo").stderr
