"""The documentation says what the code does: its reference is fresh, its commands exist, its links lead somewhere."""

from __future__ import annotations

import contextlib
import re
import runpy
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from reinspect import __version__
from tui.cli.main import main

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
WRITTEN = [page for page in PAGES if "reference" not in page.parts]


def named(pages: list[Path]) -> list[object]:
    return [pytest.param(page, id=str(page.relative_to(ROOT))) for page in pages]


def test_the_reference_is_what_the_code_writes_today() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "build.py"))["pages"]()
    folder = ROOT / "docs" / "reference"
    stale = [name for name, text in made.items() if (folder / name).read_text("utf-8") != text]
    assert not stale, "run: python docs/build.py"


def commands(text: str) -> list[list[str]]:
    """Every `reinspect ...` line of the code blocks of a page, in words."""
    blocks = re.findall(r"^ *```(?:sh|bash|console)\n(.*?)^ *```", text, re.DOTALL | re.MULTILINE)
    lines = [re.split(r" [>|] ", line.strip())[0] for block in blocks for line in block.splitlines()]
    return [shlex.split(line, comments=True)[1:] for line in lines if re.match(r"reinspect\b", line)]


@pytest.mark.parametrize("page", named(WRITTEN))
def test_every_command_of_a_page_is_understood(page: Path) -> None:
    for words in commands(page.read_text("utf-8")):
        try:
            understood(main, "reinspect", words)
        except click.ClickException as error:
            pytest.fail(f"reinspect {shlex.join(words)}: {error.format_message()}")


@pytest.mark.parametrize("page", named(WRITTEN))
def test_no_block_of_commands_writes_the_same_file_twice(page: Path) -> None:
    for block in re.findall(r"^ *```\w+\n(.*?)^ *```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE):
        written = re.findall(r"^ *reinspect .*-o (\S+)", block, re.MULTILINE)
        assert len(set(written)) == len(written)


def test_the_readme_makes_the_command_known_to_the_shell_before_it_is_typed_alone() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    first = text.index("\nreinspect\n")
    assert text.index(". .venv/bin/activate") < first
    assert text.index(r".venv\Scripts\activate") < first


def understood(command: click.Command, name: str, words: list[str]) -> None:
    """Parse the words as the command would, and run nothing."""
    if not isinstance(command, click.Group) or not words or words[0].startswith("-"):
        with contextlib.suppress(click.exceptions.Exit):
            command.make_context(name, words)
        return
    inner = command.get_command(click.Context(command), words[0])
    assert inner is not None, f"reinspect {shlex.join(words)}: there is no such command"
    understood(inner, words[0], words[1:])


@pytest.mark.parametrize("page", named(PAGES))
def test_every_link_within_the_project_leads_to_a_file(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8"))
    missing = [target for target in targets if not (page.parent / target).exists()]
    assert not missing


@pytest.mark.parametrize("page", named(WRITTEN))
def test_every_module_and_benchmark_that_a_page_names_is_there(page: Path) -> None:
    text = page.read_text("utf-8")
    for benchmark in re.findall(r"python -m benchmarks\.([\w.]*\w)", text):
        assert (ROOT / "benchmarks" / f"{benchmark.replace('.', '/')}.py").exists(), benchmark
    for path in re.findall(r"`((?:reinspect|store|tui|tests|benchmarks|data)/[\w/.-]+\.\w+)`", text):
        assert (ROOT / path).exists(), path


def test_the_readme_is_short_and_its_links_are_whole_addresses_where_it_is_published() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert len(text.split()) <= 900
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    repository = project["project"]["urls"]["Homepage"]
    raw = repository.replace("https://github.com/", "https://raw.githubusercontent.com/")
    own = [target for target in re.findall(r"\]\(([^)]+)\)", text) if not target.startswith("https://")]
    assert len(own) > 10
    for change in project["tool"]["hatch"]["metadata"]["hooks"]["fancy-pypi-readme"]["substitutions"]:
        text = re.sub(change["pattern"], change["replacement"], text)
    published = [target for target in re.findall(r"\]\(([^)]+)\)", text) if not target.endswith("/issues")]
    addresses = [f"{raw}/main/" if target.endswith(".svg") else f"{repository}/blob/main/" for target in own]
    assert published == [address + target for address, target in zip(addresses, own, strict=True)]


def test_every_page_is_in_the_navigation_once() -> None:
    listed = re.findall(r"[\w/-]+\.md$", (ROOT / "mkdocs.yml").read_text("utf-8"), re.MULTILINE)
    pages = [page.relative_to(ROOT / "docs").as_posix() for page in (ROOT / "docs").rglob("*.md")]
    assert sorted(listed) == sorted(pages)


def test_the_messages_of_the_page_on_troubles_are_those_of_the_program() -> None:
    text = (ROOT / "docs" / "how-to" / "troubleshooting.md").read_text("utf-8").partition("## Questions")[0]
    sources = (
        path.read_text("utf-8") for name in ("reinspect", "store", "tui") for path in (ROOT / name).rglob("*.py")
    )
    program = re.sub(r"[\"\']\s*\n\s*f?[\"\']", "", "\n".join(sources))
    messages = [
        message for row in re.findall(r"^\| (`.*?) \|", text, re.MULTILINE) for message in re.findall("`(.+?)`", row)
    ]
    assert len(messages) > 9
    for message in messages:
        for part in filter(None, (part.strip(' "') for part in message.split("..."))):
            assert part in program, message


def test_the_changelog_knows_this_version() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert "## [Unreleased]" in changes
    assert re.search(rf"^## \[{re.escape(__version__)}\] - \d{{4}}-\d\d-\d\d$", changes, re.MULTILINE)
    cited = (ROOT / "CITATION.cff").read_text("utf-8")
    assert f"\nversion: {__version__}\n" in cited


@pytest.mark.parametrize("page", named(WRITTEN))
def test_no_page_installs_reinspect_from_an_index_that_does_not_have_it(page: Path) -> None:
    lines = page.read_text("utf-8").splitlines()
    told = [line for line in lines if re.search(r"(?:pip|tool|pipx) install\b[^`#|]*[\s'\"]reinspect\b", line)]
    # A page may say that it fails.
    assert not [line for line in told if "would not find" not in line and "does not have it" not in line]


def test_the_page_on_installing_downloads_all_that_builds_the_program() -> None:
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["build-system"]["requires"]
    text = (ROOT / "docs" / "how-to" / "install.md").read_text("utf-8")
    (line,) = [line for line in text.splitlines() if line.startswith("pip download ")]
    assert {re.split("[<>=~]", name)[0] for name in needed} <= set(line.split())


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "SECURITY.md",
        "docs/network.md",
        "docs/explanation/reliability.md",
        "docs/development/reliability.md",
    ],
)
def test_every_page_names_the_same_commands_that_use_the_network(name: str) -> None:
    text = " ".join((ROOT / name).read_text("utf-8").split())
    assert (
        "Only `fetch` (`D` in the app), `update` with a web address, `serve`, and `--cluster` use the network, "
        "and only when you call them"
    ) in text


@pytest.mark.parametrize("page", named(PAGES))
def test_no_page_types_the_former_name_of_the_option_group(page: Path) -> None:
    assert "--cohort" not in page.read_text("utf-8")


def test_no_help_names_the_former_name_of_the_option_group() -> None:
    helps = [command.get_help(click.Context(command, info_name=name)) for name, command in every_command(main)]
    assert len(helps) > 25
    assert not [text for text in helps if "cohort" in text.lower()]
    assert any("--group GROUP" in text for text in helps)


def every_command(group: click.Group) -> Iterator[tuple[str, click.Command]]:
    """Yield each command of a group, and those within it, by name."""
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        assert command is not None
        yield name, command
        if isinstance(command, click.Group):
            yield from every_command(command)


def test_the_extras_that_the_pages_name_exist() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    for page in WRITTEN:
        for names in re.findall(r"(?:reinspect|\.)\[([a-z,]+)\]", page.read_text("utf-8")):
            assert set(names.split(",")) <= set(extras), page
