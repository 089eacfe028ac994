"""`reinspect update` says what is new, and refuses a record that it must not use."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

import store.fetching
from reinspect.record import Record, encode_record
from store import Store
from store.fetching import AllowedHosts
from tests.making.readings import facts, record_of
from tests.making.report_server import serving
from tests.tui.cli.conftest import UseStore
from tui.cli.main import main

ADDED = record_of(
    facts("ilacs-2026", "2026-09-14", "2026-09-18", published="2026-11-02", grades={"help": "good"}), as_of="2026-12-01"
)
WITHDRAWN = "barnet-2019-05-13-ilacs"


@pytest.fixture
def newer(record: Record) -> Record:
    """The record in use with an inspection more and one less."""
    kept = tuple(inspection for inspection in record.inspections if inspection.id != WITHDRAWN)
    return msgspec.structs.replace(record, as_of=ADDED.as_of, inspections=(*kept, *ADDED.inspections))


@pytest.fixture
def file(tmp_path: Path, newer: Record) -> Path:
    """A release: the newer record, and its checksum next to it."""
    data = encode_record(newer)
    file = tmp_path / "record-2026-12-01.json"
    file.write_bytes(data)
    file.with_name(f"{file.name}.sha256").write_text(f"{sha256(data).hexdigest()}  {file.name}\n")
    return file


@pytest.fixture(autouse=True)
def used(store: Store, use_store: UseStore) -> None:
    use_store(store)


def update(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["update", *map(str, arguments)])


def test_it_says_what_is_new_and_a_dry_run_changes_nothing(store: Store, file: Path) -> None:
    revision = store.revision
    tried = update(file, "--dry-run")
    assert "nothing was changed" in tried.stderr
    assert store.revision == revision
    done = update(file)
    assert done.exit_code == 0, done.stderr
    assert done.stdout == tried.stdout
    assert done.stdout.splitlines() == [
        "This record is as of 2026-12-01; yours is as of 2026-08-20.",
        "",
        "New inspections: 1",
        "- camden-2026-09-14-ilacs: help good",
        "Changed inspections: 0",
        "Withdrawn inspections: 1",
        f"- {WITHDRAWN}",
    ]
    assert store.inspection("camden-2026-09-14-ilacs").judgement("help")
    for arguments in ([file], [file, "--dry-run"]):
        again = update(*arguments)
        assert again.exit_code == 1
        assert "has this record already" in again.stderr


def test_about_names_the_newer_record_of_the_store_and_survives_a_damaged_one(store: Store, file: Path) -> None:
    about = ["--store", str(store.folder), "about"]
    assert "newer record" not in CliRunner().invoke(main, about).stdout
    update(file)
    assert "the store has a newer record, as of 2026-12-01" in CliRunner().invoke(main, about).stdout
    (store.folder / "catalogue.json").write_text("damaged")
    damaged = CliRunner().invoke(main, about)
    assert damaged.exit_code == 0
    assert "reader" in damaged.stdout


SPOILED: dict[str, tuple[Callable[[Path], object], str]] = {
    "cut off": (lambda file: file.write_bytes(file.read_bytes()[:-9]), "damaged"),
    "without its checksum": (lambda file: file.with_name(f"{file.name}.sha256").unlink(), "its checksum"),
    "gone": (lambda file: file.unlink(), "cannot be read"),
    "a folder": (lambda file: (file.unlink(), file.mkdir()), "cannot be read"),
}


@pytest.mark.parametrize("fault", SPOILED)
def test_a_file_that_is_not_whole_is_refused(store: Store, file: Path, fault: str) -> None:
    spoil, reason = SPOILED[fault]
    spoil(file)
    revision = store.revision
    result = update(file)
    assert result.exit_code == 1
    assert "refused, and nothing was changed" in result.stderr
    assert reason in result.stderr
    assert result.stderr.count("\n") == 1
    assert store.revision == revision


def test_a_release_is_downloaded_only_from_an_allowed_host(newer: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = update("https://example.org/record.json")
    assert refused.exit_code == 1
    assert "example.org is not one of the allowed hosts" in refused.stderr
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    data = encode_record(newer)
    with serving() as server:
        hosts = AllowedHosts(names=frozenset({"127.0.0.1"}), scheme="http", port=server.server_port)
        monkeypatch.setattr(store.fetching, "record_hosts", lambda: hosts)
        server.publish("/record.json.sha256", sha256(data).hexdigest().encode())
        done = update(server.publish("/record.json", data))
    assert done.exit_code == 0, done.stderr
    assert "New inspections: 1" in done.stdout
