"""`reinspect fetch` against a real server on this machine: what comes is added, what does not is said."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import Result

from store.fetching import AllowedHosts, Downloads, create
from store.fetching.client import Fetcher
from tests.making.pdf import pdf_bytes
from tests.making.printed import printed_objects
from tests.making.report_server import ReportServer, serving, status
from tests.making.reports import GRADES, ilacs_body, ilacs_front, rows
from tests.tui.cli.conftest import Run

NEW = "camden-2024-03-04-ilacs"
REPORT = pdf_bytes([ilacs_front(rows(**GRADES)), ilacs_body(**GRADES)])
HEAD = "authority,framework,inspection_start,inspection_end,report_url"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ReportServer]:
    with serving() as running:

        def fetcher(folder: Path) -> Fetcher:
            hosts = AllowedHosts(names=frozenset({"127.0.0.1"}), scheme="http", port=running.server_port)
            client = httpx.Client(trust_env=False, verify=False)  # no certificates to load for http
            return Fetcher(Downloads(folder), hosts, client=client, sleep=running.pause)

        monkeypatch.setattr(create, "create_fetcher", fetcher)
        yield running


@pytest.fixture
def table(tmp_path: Path, server: ReportServer) -> Path:
    """A table of three inspections: a report that comes, one that is gone, and one without an address."""
    lines = [
        HEAD,
        f"Camden,ilacs-2023,2024-03-04,2024-03-08,{server.publish('/camden', REPORT)}",
        f"Barnet,ilacs-2023,2024-03-04,2024-03-08,{server.publish('/barnet', status(404))}",
        "Barking and Dagenham,focused-visit,2024-06-03,2024-06-04,",
    ]
    path = tmp_path / "new.csv"
    path.write_text("\n".join(lines), "utf-8")
    return path


def objects(result: Result) -> list[dict[str, Any]]:
    return printed_objects(result.stdout)


def test_a_table_of_new_inspections_is_taken_in_and_its_reports_are_read(
    run: Run, table: Path, server: ReportServer
) -> None:
    result = run("fetch", "--catalogue", table)
    assert result.exit_code == 3
    assert f"belongs to {NEW}" in result.stdout
    assert f"{table}: 3 new" in result.stderr
    assert "2 reports to fetch; 0 reports stored already" in result.stderr
    assert "no address is known for 1 report (1 Focused visit)" in result.stderr
    assert f"barnet-2024-03-04-ilacs: {server.url('/barnet')}: there is no such file (404)" in result.stderr
    assert result.stderr.endswith("1 could not be downloaded or read\n")
    [shown] = objects(run("show", NEW, "--json"))
    assert {each["strand"]: each["grade"] for each in shown["judgements"]}["leaders"] == "outstanding"


def test_what_is_held_is_not_asked_for_again(run: Run, table: Path, server: ReportServer) -> None:
    run("fetch", "--catalogue", table)
    asked = len(server.asked)
    result = run("fetch", "camden", "--json")
    assert [each["outcome"] for each in objects(result) if each["sought"] == NEW] == ["already held"]
    assert len(server.asked) == asked


def test_again_asks_only_for_what_has_changed(run: Run, table: Path, server: ReportServer) -> None:
    run("fetch", "--catalogue", table)
    result = run("fetch", "camden+since:2024-02+until:2024-04", "--again")
    assert result.exit_code == 0
    assert "already stored" in result.stdout
    assert server.asked[-1].headers["If-None-Match"] == server.etag


def test_a_dry_run_asks_nobody_and_changes_nothing(run: Run, table: Path, server: ReportServer) -> None:
    result = run("fetch", "--catalogue", table, "--dry-run")
    assert result.exit_code == 0
    assert f"{NEW}  {server.url('/camden')}\n" in result.stdout
    assert server.asked == []
    assert run("show", NEW).exit_code == 2


def test_every_inspection_has_its_line_of_json(run: Run, table: Path) -> None:
    found = {each["sought"]: each for each in objects(run("fetch", "--catalogue", table, "--json"))}
    assert found[NEW]["outcome"] == "added"
    assert found["barnet-2024-03-04-ilacs"]["reason"] == "there is no such file (404)"
    assert found["barking-and-dagenham-2024-06-03-focused-visit"]["outcome"] == "no address"
    assert all(each["schema"] == 2 for each in found.values())


def test_a_whole_fetch_is_taken_back_at_once(run: Run, table: Path) -> None:
    run("fetch", "--catalogue", table)
    assert "add camden-2024-03-04-ilacs.pdf" in run("undo").stderr
    assert "import 3 rows" in run("undo").stderr
    assert run("show", NEW).exit_code == 2


def test_a_report_of_another_inspection_is_pointed_out(run: Run, server: ReportServer, tmp_path: Path) -> None:
    path = tmp_path / "new.csv"
    path.write_text(f"{HEAD}\nBarnet,ilacs-2023,2025-06-02,2025-06-06,{server.publish('/wrong', REPORT)}\n", "utf-8")
    result = run("fetch", "--catalogue", path)
    assert "the address of barnet-2025-06-02-ilacs has the report of camden-2024-03-04-ilacs" in result.stderr


def test_the_shipped_addresses_are_listed_without_a_network(run: Run) -> None:
    result = run("fetch", "camden", "--dry-run")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 3
    assert all("https://files.ofsted.gov.uk/" in line for line in result.stdout.splitlines())
    assert "(2 Focused visit, 1 Annual rating, 1 SLAC, 1 Local area SEND 2016-22)" in result.stderr


def test_an_address_on_a_strange_host_is_refused_unasked(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "new.csv"
    path.write_text(f"{HEAD}\nCamden,ilacs-2023,2024-03-04,2024-03-08,http://127.0.0.1:9/a.pdf\n", "utf-8")
    result = run("fetch", "--catalogue", path)
    assert result.exit_code == 3
    assert "http://127.0.0.1:9/a.pdf does not use https" in result.stderr


def test_nothing_is_fetched_unless_somebody_says_whose(run: Run) -> None:
    result = run("fetch")
    assert result.exit_code == 2
    assert "Name an authority, a group, or all." in result.stderr


def test_without_httpx_it_is_said_what_to_install(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(create, "find_spec", lambda _: None)
    result = run("fetch", "camden")
    assert result.exit_code == 2
    assert create.MISSING_PACKAGE in result.stderr


def test_a_dry_run_loads_nothing_that_could_ask(made: Path) -> None:
    program = f"""import sys
from tui.cli.main import main
try:
    main(["--store", {str(made)!r}, "fetch", "camden", "--dry-run"])
except SystemExit:
    print(sorted({{"httpx", "ssl", "http.client", "textual"}} & set(sys.modules)))"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_an_interrupted_fetch_goes_on_where_it_stopped(
    run: Run, table: Path, server: ReportServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(seconds: float) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as impatient:
        impatient.setattr(server, "pause", interrupt)
        interrupted = run("fetch", "--catalogue", table)
    assert (interrupted.exit_code, interrupted.stdout) == (130, "")
    assert f"belongs to {NEW}" in run("fetch", "camden+since:2024-02+until:2024-04").stdout
    assert [asked.path for asked in server.asked] == ["/camden"]
