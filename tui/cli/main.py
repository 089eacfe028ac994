"""The command line: find the command, run it, and turn every failure into one line and an exit code.

Data goes to stdout, everything else to stderr. Every command is a module of `tui.cli.commands`, loaded only when it is
used. Heavy packages are imported inside functions, so that `reinspect --version` loads nothing but click.
"""

from __future__ import annotations

import atexit
import errno
import gc
import os
import sys
from contextlib import suppress
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
_OURS = b"A part of reinspect"
# The arrays here are small, and threads that wait for one another double the time of follow-through on a busy machine.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# A command makes many objects that live until it ends; looking for unused ones after each 700 takes 5 % of its time.
_OBJECTS_BETWEEN_COLLECTIONS = 100_000

_BY_ITSELF = "install reinspect by itself: uv tool install, pipx, or a fresh venv"

_EPILOG = """\b
Exit codes: 0 done, 1 failed, 2 wrong usage, 3 some files failed,
4 the store is in use by another process, 5 the store is damaged or newer,
130 interrupted."""

_SECTIONS = {
    "History and comparison": ("list", "show", "timeline", "compare", "follow", "movers", "themes", "brief"),
    "Phrases": ("search", "phrases"),
    "Your reports": ("add", "read", "fetch", "attach", "edit", "remove", "example"),
    "Export": ("basket", "export", "schema"),
    "Store": ("check", "backup", "restore", "update", "reread", "undo"),
    "Settings": ("config", "completion", "serve", "about"),
}
"""The commands in the order of `--help`, by section. Each is a module of `tui.cli.commands` with its own name."""

COMMANDS = tuple(name for names in _SECTIONS.values() for name in names)
"""The names of all commands."""


class Commands(click.Group):
    """The group of all commands. A command is loaded when it is used; a failure ends in one line and an exit code."""

    def main(self, *arguments: Any, **options: Any) -> Any:
        """Run the command line; if not even an error message can be printed, end without a traceback."""
        try:
            return super().main(*arguments, **options)
        except OSError:
            _drop_unwritten_output()
            sys.exit(1)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names of all commands, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return the command with that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"tui.cli.commands.{cmd_name}"), f"{cmd_name}_command")
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the summaries of all commands, section by section."""
        width = max(map(len, COMMANDS))
        for section, names in _SECTIONS.items():
            with formatter.section(section):
                commands = ((name, self.get_command(ctx, name)) for name in names)
                rows = [(name.ljust(width), command.get_short_help_str(100)) for name, command in commands if command]
                formatter.write_dl(rows)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the first argument names; the error for a typing error suggests a name."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            ctx.fail(f"No such command {args[0]!r}." + (f" Did you mean {near[0]!r}?" if near else ""))
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the options before the name of the command."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            raise _safe_usage(error) from None
        except BrokenPipeError:
            _drop_unwritten_output()
            sys.exit(BROKEN_PIPE)
        except OSError as error:
            _drop_unwritten_output()
            _end(_describe_os_error(error))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, and turn errors into one line and an exit code."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            raise _safe_usage(error) from None
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except ReinspectError as error:
            _end(str(error), error.exit_code)
        except BrokenPipeError:
            # A pipe that closes early (`reinspect list | head`) is not an error and ends in silence.
            _drop_unwritten_output()
            sys.exit(BROKEN_PIPE)
        except OSError as error:
            _drop_unwritten_output()
            if _is_closed_pipe(error):
                sys.exit(BROKEN_PIPE)
            _end(_describe_os_error(error))
        except KeyboardInterrupt:
            _end("interrupted", INTERRUPTED)
        except MemoryError:
            _end("there is not enough memory for this; close other programs, or ask for less at a time")
        except Exception as error:
            if os.environ.get("REINSPECT_DEBUG"):
                raise
            _end(unexpected(error))


def _end(message: str, code: int = 1) -> NoReturn:
    with suppress(OSError):
        click.echo(f"reinspect: {_safe(message)}", err=True)
    sys.exit(code)


def _drop_unwritten_output() -> None:
    """Discard what stdout or stderr cannot take, because of a full disk or a closed pipe."""
    # Otherwise Python flushes the output again at exit, fails again, and turns our exit code into 120.
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        except ValueError:
            # Closed: then nothing is left to flush.
            continue


def _is_closed_pipe(error: OSError) -> bool:
    """Return True for the error by which Windows reports a pipe that the reader has closed."""
    return os.name == "nt" and error.errno == errno.EINVAL and error.filename is None


def _describe_os_error(error: OSError) -> str:
    """Return a message for an OSError that no command has handled."""
    # Without a file name it is most often a full disk behind a `>`.
    where = error.filename or "what is printed, or a temporary file"
    return f"{where}: cannot be written or read: {error.strerror or error}"


def _safe_usage(error: click.UsageError) -> click.UsageError:
    """Return the same error with control characters removed from its message."""
    # The message repeats what was typed, perhaps pasted from anywhere.
    return click.UsageError(_safe(error.format_message()), ctx=error.ctx)


def _safe(message: str) -> str:
    # Imported late: it costs more than the rest of a start.
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
    help="Folder of the store. Default: REINSPECT_STORE, the settings, or your data folder.",
)
@click.option("--linear", is_flag=True, help="Text mode for screen readers.")
@click.version_option(__version__, message="reinspect %(version)s")
@click.pass_context
def main(ctx: click.Context, store: Path | None, *, linear: bool) -> None:
    """Compare the outcomes of inspections across years.

    Every line is traced to the printed words. Without a command, the app opens.

    \b
    Examples:
      reinspect                            open the app; ? shows the keys
      reinspect timeline camden
      reinspect compare camden:2017 camden:2022
    """
    ctx.obj = store
    _reopen_closed_streams()
    atexit.register(_drop_unwritten_output)
    # Python looks for unused objects once more at the very end, which took 15 of the 120 ms of a command.
    atexit.register(gc.freeze)
    _check_packages()
    _replace_unprintable_characters()
    if ctx.invoked_subcommand is None:
        from store.location import store_folder

        if linear:
            from tui.linear.run import run_linear

            run_linear(store_folder(store))
            return
        from tui.app.app import run

        ctx.exit(run(store_folder(store)))
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)


def _check_packages() -> None:
    """Check that the packages `store` and `tui` belong to this program, because other packages may have these names.

    Raises:
        ReinspectError: one of the packages belongs to another program.
    """
    # Another package may be found first, or may have overwritten ours: all of it, or some modules.
    home = Path(__file__).parents[2]
    for name in ("store", "tui"):
        found = find_spec(name)
        origin = Path(found.origin) if found and found.origin else None
        if origin is None or origin.parents[1] != home or _OURS not in origin.read_bytes():
            raise ReinspectError(
                f'the package "{name}" is not part of this program (found {origin or "nowhere"}, expected in {home}); '
                f"{_BY_ITSELF}"
            )
    if module := overwritten_module(home):
        raise ReinspectError(f"{home / module} was overwritten, perhaps by another program; {_BY_ITSELF}")


def overwritten_module(home: Path) -> str | None:
    """Return the first module of `store` and `tui` that is not as it was installed, such as "store/lock.py", or None.

    Only the modules directly in these packages are compared, by their sizes: another package of the same name has its
    modules there. Run from the project's folder, nothing was installed, and nothing is compared.
    """
    try:
        installed = (home / f"reinspect-{__version__}.dist-info" / "RECORD").read_text("utf-8")
    except OSError:
        return None
    for line in installed.splitlines():
        name, _, size = line.rsplit(",", 2)
        if name.startswith(("store/", "tui/")) and name.count("/") == 1 and name.endswith(".py"):
            file = home / name
            if not file.is_file() or file.stat().st_size != int(size):
                return name
    return None


def _reopen_closed_streams() -> None:
    """Open a standard stream that the shell closed (`>&-`) as the null device."""
    for stream, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, stream) is None:
            setattr(sys, stream, Path(os.devnull).open(mode))  # noqa: SIM115 (open for as long as the program runs)


def _replace_unprintable_characters() -> None:
    """Print "?" for a character that the terminal's encoding lacks, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
