"""The command line: the other face of the same functions that the app shows.

Data goes to stdout and everything else to stderr. A command is a module of `tui.cli.commands`, loaded when it is asked
for, and what is heavy is imported inside it: `reinspect --version` pays for click alone.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NoReturn

import click

from reinspect import __version__
from reinspect.errors import ReinspectError, unexpected
from tui.cli.paths import NamedPath

INTERRUPTED = 130
BROKEN_PIPE = 141

_EPILOG = """\b
Exit codes: 0 done, 1 failed, 2 wrong usage, 3 some files failed,
4 the store is held by another process, 5 the store is damaged or newer,
130 interrupted."""

_MODULES = {
    "read": "read",
    "add": "add",
    "list": "list",
    "show": "show",
    "timeline": "timeline",
    "compare": "compare",
    "follow": "follow",
    "search": "search",
    "phrases": "phrases",
    "basket": "basket",
    "edit": "corrections",
    "attach": "corrections",
    "remove": "corrections",
    "undo": "corrections",
    "fetch": "fetch",
    "serve": "serve",
    "check": "check",
    "backup": "upkeep",
    "restore": "upkeep",
    "reread": "upkeep",
    "config": "settings",
    "completion": "completion",
    "schema": "schema",
    "about": "settings",
}
"""Every command and the module of `tui.cli.commands` that holds it, in the order of `--help`."""


class Commands(click.Group):
    """The commands by name, each loaded when it is asked for; every failure ends in one line and its exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """All names, in the order of `_MODULES`."""
        return list(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name, or None."""
        if cmd_name not in _MODULES:
            return None
        command = getattr(import_module(f"tui.cli.commands.{_MODULES[cmd_name]}"), f"{cmd_name}_command")
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names; a slip of the keyboard is met with the nearest name."""
        if args and args[0] not in _MODULES and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], _MODULES, n=1)
            ctx.fail(f"No such command {args[0]!r}." + (f" Did you mean {near[0]!r}?" if near else ""))
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take in what was typed before the command's name."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            raise _safe_usage(error) from None
        except BrokenPipeError:
            _drop_unwritten_output()
            sys.exit(BROKEN_PIPE)
        except OSError as error:
            _drop_unwritten_output()
            _end(_refused(error))

    def invoke(self, ctx: click.Context) -> Any:
        """Run what was asked for.

        A pipe that closed early (`reinspect list | head`) is no error of ours and ends in silence.
        """
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            raise _safe_usage(error) from None
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except ReinspectError as error:
            _end(str(error), error.exit_code)
        except BrokenPipeError:
            _drop_unwritten_output()
            sys.exit(BROKEN_PIPE)
        except OSError as error:
            _drop_unwritten_output()
            _end(_refused(error))
        except KeyboardInterrupt:
            _end("interrupted", INTERRUPTED)
        except Exception as error:
            if os.environ.get("REINSPECT_DEBUG"):
                raise
            _end(unexpected(error))


def _end(message: str, code: int = 1) -> NoReturn:
    click.echo(f"reinspect: {_safe(message)}", err=True)
    sys.exit(code)


def _drop_unwritten_output() -> None:
    """Discard output that stdout cannot take (full disk, closed pipe).

    Otherwise Python flushes it again at exit, fails again, and turns our exit code into 120.
    """
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _refused(error: OSError) -> str:
    """What to say where the machine refused what nobody else speaks of: most often a full disk behind a `>`."""
    where = error.filename or "what is printed, or a temporary file"
    return f"{where}: cannot be written or read: {error.strerror or error}"


def _safe_usage(error: click.UsageError) -> click.UsageError:
    """The same error, safe to show: it repeats what was typed, which may have been pasted from anywhere."""
    return click.UsageError(_safe(error.format_message()), ctx=error.ctx)


def _safe(message: str) -> str:
    # Only where something is said: it costs more than the rest of a start.
    from reinspect.reading.sanitise import safe_line

    return safe_line(message)


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=_EPILOG,
)
@click.option(
    "--store",
    type=NamedPath(file_okay=False),
    metavar="DIR",
    help="The folder of the store (else REINSPECT_STORE, the settings, or your data folder).",
)
@click.option("--linear", is_flag=True, help="The panes of the app as plain text, one after another, on being asked.")
@click.version_option(__version__, message="reinspect %(version)s")
@click.pass_context
def main(ctx: click.Context, store: Path | None, *, linear: bool) -> None:
    """Compare the outcomes of inspections across years, with every line traced to the printed words.

    Without a command, the app opens on the store.
    """
    ctx.obj = store
    _open_what_is_closed()
    _refuse_strangers()
    _say_what_cannot_be_encoded()
    if ctx.invoked_subcommand is None:
        from store.location import store_folder

        if linear:
            from tui.linear.run import run_linear

            run_linear(store_folder(store))
            return
        from tui.app.app import run

        ctx.exit(run(store_folder(store)))


def _refuse_strangers() -> None:
    """`store` and `tui` are everyday names: another package of that name would be run in place of ours.

    Raises:
        ReinspectError: another `store` is found first.
    """
    found = find_spec("store")
    home = Path(__file__).parents[2]
    if found is None or found.origin is None or Path(found.origin).parents[1] != home:
        where = found.origin if found else "nowhere"
        raise ReinspectError(
            f'the package "store" is not the one of this program (found {where}, expected in {home}); '
            "install reinspect by itself: uv tool install, pipx, or a fresh venv"
        )


def _open_what_is_closed() -> None:
    """Whoever closes a stream (`>&-`) wants nothing of it: what would be written to it goes nowhere."""
    for stream, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, stream) is None:
            setattr(sys, stream, Path(os.devnull).open(mode))  # noqa: SIM115 (open for as long as the program runs)


def _say_what_cannot_be_encoded() -> None:
    """On a terminal without UTF-8 a shape becomes "?", not an error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
