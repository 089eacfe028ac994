"""The JSON that each command prints fits its schema, and the schemas do not change unnoticed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args, get_type_hints

import msgspec
import pytest
from click import Group
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from reinspect.comparing import judgements, timeline
from reinspect.comparing.followthrough import shown_passages, tone
from reinspect.exporting import schemas
from reinspect.exporting.records import PUBLISHED_MARKS
from reinspect.exporting.schemas import SHAPES, json_schema
from store import ImportResult
from tests.making.printed import printed_objects
from tui.cli.main import main

Run = Callable[..., Result]

CONTRACT = "53c890ac19655e03d55b1d9686092e2ebf0666c25cdd78bebc83738fffe2746a"
CONTRACT_CHANGED = """The fields or types of the JSON output have changed. Programs outside read this output.
- Not on purpose? Then change `reinspect/exporting/schemas.py` back.
- A field added? Put the new checksum into CONTRACT and add a line to CHANGELOG.md.
- A field renamed, removed or given another type? Then raise SCHEMA as well.
(A newer msgspec may write the same schema differently: then only the checksum changes.)
New checksum: {}"""

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
    """Return a function that runs a command on a new store, which has the shipped record and the notes on Camden."""
    folder: Path = tmp_path_factory.mktemp("schemas") / "store"
    return lambda *arguments: CliRunner().invoke(main, ["--store", str(folder), *arguments])


@pytest.fixture
def letter(tmp_path: Path) -> str:
    path = tmp_path / "letter.md"
    path.write_text(LETTER, "utf-8")
    return str(path)


def valid_objects(command: str, result: Result) -> list[dict[str, Any]]:
    """Return the objects that a command printed, each checked against its type and its JSON Schema."""
    objects = printed_objects(result.stdout)
    assert objects, result.stderr
    validator = Draft202012Validator(json_schema(command))
    for printed in objects:
        msgspec.convert(printed, SHAPES[command])
        validator.validate(printed)
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
        ("themes", ["themes", "camden"]),
        ("themes --times", ["themes", "--times"]),
        ("themes --solved", ["themes", "--solved", "allegations"]),
        ("brief", ["brief", "camden"]),
        ("brief", ["brief", "camden", "--group", "region:London"]),
        ("search", ["search", "managment oversigt"]),
        ("phrases", ["phrases", "camden"]),
        ("phrases --says", ["phrases", "camden", "--says", "management oversight"]),
        ("phrases --against", ["phrases", "--cohort", "since:2020", "--against", "until:2019"]),
        ("fetch", ["fetch", "camden", "barnet", "--dry-run"]),
    ],
)
def test_the_output_of_a_command_fits_its_schema(run: Run, command: str, arguments: list[str]) -> None:
    valid_objects(command, run(*arguments, "--json"))


def test_readable_and_unreadable_files_fit_one_schema(run: Run, letter: str, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"no PDF at all")
    read, unreadable = valid_objects("read", run("read", letter, str(broken), "--json"))
    assert (read["kind"], unreadable["kind"]) == ("letter", "unreadable")


def test_the_outcome_of_an_added_file_fits_its_schema(run: Run, letter: str, tmp_path: Path) -> None:
    assert [
        printed["outcome"] for printed in valid_objects("add", run("add", letter, str(tmp_path / "none.pdf"), "--json"))
    ] == ["added", "failed"]
    assert valid_objects("add", run("add", letter, "--json"))[0]["outcome"] == "already held"


def test_the_basket_fits_its_schema(run: Run) -> None:
    assert run("search", "drift", "--pin", "1").exit_code == 0
    assert run("basket", "note", "1", "for", "the", "committee").exit_code == 0
    (pin,) = valid_objects("basket", run("basket", "--json"))
    assert pin["note"] == "for the committee"


def test_a_fault_of_the_store_fits_its_schema(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    CliRunner().invoke(main, ["--store", str(folder), "list"])
    next(path for path in (folder / "texts").rglob("*") if path.is_file()).write_bytes(b"damaged")
    valid_objects("check", CliRunner().invoke(main, ["--store", str(folder), "check", "--json"]))


def test_exactly_the_commands_that_print_json_have_a_schema(run: Run) -> None:
    assert isinstance(main, Group)
    context = main.make_context("reinspect", [], resilient_parsing=True)
    commands = {name: main.get_command(context, name) for name in main.list_commands(context)}
    printing_json = {
        name
        for name, command in commands.items()
        if command and any("--json" in parameter.opts for parameter in command.params)
    }
    assert {name.partition(" ")[0] for name in SHAPES} == printing_json


@pytest.mark.parametrize("command", SHAPES)
def test_each_schema_is_valid_and_numbered(command: str) -> None:
    schema = json_schema(command)
    Draft202012Validator.check_schema(schema)
    shape = schema["$defs"][SHAPES[command].__name__]
    assert shape["properties"]["schema"]["enum"] == [2]
    assert shape["additionalProperties"] is False


def test_the_published_schemas_have_not_changed() -> None:
    published = without_descriptions({command: json_schema(command) for command in SHAPES})
    checksum = hashlib.sha256(json.dumps(published, sort_keys=True).encode()).hexdigest()
    assert checksum == CONTRACT, CONTRACT_CHANGED.format(checksum)


def without_descriptions(value: Any) -> Any:
    """Return a schema without the descriptions, whose wording may change."""
    if isinstance(value, dict):
        return {name: without_descriptions(inner) for name, inner in value.items() if name != "description"}
    return [without_descriptions(inner) for inner in value] if isinstance(value, list) else value


@pytest.mark.parametrize(
    ("published", "used"),
    [
        (schemas.Kinship, judgements.Kinship),
        (schemas.Change, judgements.Change),
        (schemas.Relation, judgements.Relation),
        (schemas.State, timeline.State),
        (schemas.Tone, tone.Tone),
        (schemas.ImportOutcome, get_type_hints(ImportResult)["outcome"]),
    ],
)
def test_closed_lists_of_the_schemas_are_those_of_the_code(published: object, used: object) -> None:
    assert get_args(published) == get_args(used)


def test_every_mark_of_a_passage_has_its_published_word() -> None:
    assert tuple(PUBLISHED_MARKS) == get_args(shown_passages.Mark)
    assert tuple(PUBLISHED_MARKS.values()) == get_args(schemas.Mark)


def test_a_schema_refuses_wrong_extra_and_missing_fields(run: Run) -> None:
    (hit, *_) = valid_objects("search", run("search", "drift", "--limit", "1", "--json"))
    for wrong in (
        {**hit, "page": "three"},
        {**hit, "extra": 1},
        {name: value for name, value in hit.items() if name != "score"},
    ):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(wrong, SHAPES["search"])


def test_the_schema_command_prints_a_schema_or_lists_their_names(run: Run) -> None:
    assert json.loads(run("schema", "follow").stdout) == json_schema("follow")
    assert json.loads(run("schema", "compare", "cohort").stdout) == json_schema("compare --cohort")
    assert run("schema", "compare", "group").stdout == run("schema", "compare", "cohort").stdout
    assert "compare group" in run("schema").stdout.splitlines()
    assert run("schema").stdout.split()[:2] == ["read", "add"]
    assert "is not one of" in run("schema", "undo").stderr
