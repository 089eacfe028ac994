"""Answers in files: every format opens again, and a bad name or place costs one line and leaves nothing behind."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from click.testing import CliRunner, Result
from docx import Document

from reinspect.record import Record
from store import Store, atomic_write
from tests.making.events import BARNET, ILACS_2022, SIF, reading
from tests.tui.cli.conftest import UseStore, open_always
from tui.cli import output
from tui.cli.main import main
from tui.streams import SUFFIXES

Run = Callable[..., Result]
FULL = Path("/dev/full")
COMMANDS = {
    "list": ["list", "camden"],
    "show": ["show", "camden:2022"],
    "timeline": ["timeline", "camden", "barnet"],
    "compare": ["compare", "camden:2022", "camden:2025"],
    "compare a group": ["compare", "camden", "--group", "all"],
    "follow": ["follow", "camden"],
    "movers": ["movers", "good", "outstanding"],
    "brief": ["brief", "camden"],
    "search": ["search", "oversight"],
    "phrases": ["phrases"],
    "use of a phrase": ["phrases", "--says", "oversight by managers"],
    "basket": ["basket"],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an empty folder for exports."""
    folder = tmp_path / "exports"
    folder.mkdir()
    return folder


@pytest.fixture
def run(store: Store, use_store: UseStore) -> Run:
    use_store(store)
    words = ("Permanence planning meetings are held too late.\nRecords of permanence planning meetings are brief.",)
    store.add([reading(words, "barnet", BARNET), reading((*words, "More."), "camden", SIF)])
    CliRunner().invoke(main, ["search", "oversight", "--pin", "1"])
    return lambda *arguments: CliRunner().invoke(main, [str(argument) for argument in arguments])


def line_of(result: Result) -> str:
    """Return the message of a failed command, which is one line."""
    assert result.exit_code == 2
    (line,) = [line for line in result.stderr.splitlines() if line.startswith(("Error: ", "reinspect: "))]
    return line


@pytest.mark.parametrize("command", COMMANDS)
def test_json_is_one_document_and_jsonl_has_one_object_a_line(run: Run, command: str) -> None:
    document = json.loads(run(*COMMANDS[command], "--format", "json").stdout)
    lines = [json.loads(line) for line in run(*COMMANDS[command], "--format", "jsonl").stdout.splitlines()]
    assert lines == (document if isinstance(document, list) else [document])


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        (["compare", "camden:2022", "camden:2025"], dict),
        (["show", "camden:2022"], dict),
        (["timeline", "camden"], dict),
        (["timeline", "camden", "barnet"], list),
        (["list", "barnet"], list),
        (["search", "nothing-like-this"], list),
        (["basket"], list),
    ],
)
def test_commands_that_list_print_an_array_and_the_others_an_object(
    run: Run, command: list[str], kind: type[object]
) -> None:
    assert isinstance(json.loads(run(*command, "--json").stdout), kind)


@pytest.mark.parametrize("command", COMMANDS)
def test_csv_is_a_rectangle_with_a_row_for_each_thing(run: Run, command: str) -> None:
    page = run(*COMMANDS[command], "--format", "csv").stdout_bytes.decode("utf-8-sig")
    heads, *rows = csv.reader(io.StringIO(page, newline=""))
    assert rows
    assert {len(row) for row in rows} == {len(heads)}
    assert len(set(heads)) == len(heads)
    assert all(head == head.lower() and " " not in head for head in heads)


def test_a_hit_in_csv_names_authority_inspection_date_strand_page_and_paragraph(run: Run) -> None:
    page = run("search", "oversight by managers", "--format", "csv").stdout_bytes.decode("utf-8-sig")
    hit = next(csv.DictReader(io.StringIO(page)))
    assert hit["authority"] == "Camden"
    assert hit["inspection"] in {"camden-2022-04-25-ilacs", "camden-2025-03-03-ilacs"}
    assert hit["date"] == hit["inspection"][7:17]
    assert {"strand", "page", "paragraph", "document", "citation"} <= hit.keys()


def test_following_in_csv_has_a_row_for_each_recommendation_and_later_text(run: Run) -> None:
    steps = [step for thread in json.loads(run("follow", "camden", "--json").stdout) for step in thread["steps"]]
    page = run("follow", "camden", "--format", "csv").stdout_bytes.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(page)))
    assert [row["status"] for row in rows if row["status"]] == [step["status"] for step in steps]
    assert "the oversight of records" in {row["text"] for row in rows}


@pytest.mark.parametrize("command", COMMANDS)
def test_word_files_and_workbooks_of_every_command_open_again(run: Run, command: str, tmp_path: Path) -> None:
    for ending in ("docx", "xlsx"):
        assert run(*COMMANDS[command], "-o", tmp_path / f"page.{ending}").exit_code == 0
    assert any(each.style.name == "Title" for each in Document(str(tmp_path / "page.docx")).paragraphs)
    book = openpyxl.load_workbook(tmp_path / "page.xlsx")
    assert book.sheetnames[-1] == "about"
    assert book.worksheets[0].max_row > 1


@pytest.fixture(scope="module")
def secret_folder(store_folder: Path, record: Record, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a paper and a store that it was added to."""
    folder = tmp_path_factory.mktemp("secret") / "secret-folder"
    shutil.copytree(store_folder, folder / "store")
    (folder / "paper.txt").write_text("Oversight by managers is steady in words of our own.", "utf-8")
    store = Store.open(folder / "store", record=record)
    with pytest.MonkeyPatch.context() as patch:
        open_always(store, patch)
        assert CliRunner().invoke(main, ["add", str(folder / "paper.txt")]).exit_code == 0
        store.add([reading(("Grades\nOversight by managers is steady.",), "camden", ILACS_2022)])
        assert CliRunner().invoke(main, ["search", "oversight", "--pin", "1"]).exit_code == 0
    return folder


@pytest.mark.parametrize("form", SUFFIXES)
@pytest.mark.parametrize("command", COMMANDS)
def test_no_export_names_a_folder_of_this_machine(
    secret_folder: Path, record: Record, use_store: UseStore, command: str, form: str
) -> None:
    use_store(Store.open(secret_folder / "store", record=record))
    for part in unpacked(CliRunner().invoke(main, [*COMMANDS[command], "--format", form]).stdout_bytes):
        assert b"secret-folder" not in part
        assert str(secret_folder.parent).encode() not in part


def unpacked(data: bytes) -> list[bytes]:
    """Return the files inside an office file, which is a zip file; any other file as it is."""
    if not data.startswith(b"PK"):
        assert data
        return [data]
    with ZipFile(io.BytesIO(data)) as archive:
        return [archive.read(name) for name in archive.namelist()]


def test_a_comparison_has_its_passages_only_in_full(run: Run, folder: Path) -> None:
    short = run("compare", "camden:2022", "camden:2025").stdout
    full = run("compare", "camden:2022", "camden:2025", "--full").stdout
    assert "Asked to improve, then and now" in short
    assert "Not asked again (1):" in short
    assert len(full.splitlines()) > len(short.splitlines())
    for arguments, sheets in (((), 2), (("--full",), 3)):
        run("compare", "camden:2022", "camden:2025", *arguments, "-o", folder / "c.xlsx", "--force")
        assert len(openpyxl.load_workbook(folder / "c.xlsx").sheetnames) == sheets + 1


def test_json_of_a_comparison_always_has_the_passages(run: Run) -> None:
    assert json.loads(run("compare", "camden:2022", "camden:2025", "--json").stdout)["passages"]


# What a person may get wrong


def test_an_ending_that_is_another_formats_is_refused(run: Run, folder: Path) -> None:
    assert "ends like docx, but the format is csv" in line_of(run("list", "--format", "csv", "-o", folder / "x.docx"))


def test_an_existing_file_is_kept_without_force(run: Run, folder: Path) -> None:
    kept = folder / "kept.xlsx"
    kept.write_bytes(b"mine")
    assert "exists; --force replaces it" in line_of(run("list", "-o", kept))
    assert kept.read_bytes() == b"mine"
    assert run("list", "-o", kept, "--force").exit_code == 0
    assert openpyxl.load_workbook(kept).sheetnames[0] == "inspections"


def test_a_missing_folder_is_named_before_anything_is_computed(run: Run, folder: Path) -> None:
    assert f"there is no folder {folder / 'none'}" in line_of(run("list", "-o", folder / "none" / "x.csv"))
    assert not (folder / "none").exists()


def test_a_folder_is_not_a_file(run: Run, folder: Path) -> None:
    (folder / "folder.csv").mkdir()
    assert "is a directory" in line_of(run("list", "-o", folder / "folder.csv"))


@pytest.mark.skipif(not FULL.exists(), reason="there is no device that is always full here")
@pytest.mark.parametrize("form", ["docx", "xlsx", "csv", "json"])
def test_a_full_disk_is_said_in_one_line(run: Run, form: str) -> None:
    assert "No space left on device" in line_of(run("list", "--format", form, "-o", FULL, "--force"))


def test_a_workbook_that_another_program_holds_is_left_as_it_is(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = folder / "open.xlsx"
    kept.write_bytes(b"mine")

    def refuse(file: Path, target: Path) -> None:
        raise PermissionError(13, "Permission denied", str(target))

    monkeypatch.setattr(atomic_write, "_rename_over", refuse)
    line = line_of(run("list", "-o", kept, "--force"))
    assert "close it if another program has it open" in line
    assert kept.read_bytes() == b"mine"
    assert list(folder.iterdir()) == [kept]


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_a_terminal_is_not_filled_with_the_bytes_of_an_office_file(
    run: Run, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal:
        class stdout:  # noqa: N801 (the name of the module's own)
            isatty = staticmethod(lambda: True)

    monkeypatch.setattr(output, "sys", Terminal)
    assert f"write a file: -o NAME.{form}" in line_of(run("list", "--format", form))
