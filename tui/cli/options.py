"""Options that several commands share, and checks of their values."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Literal

import click

from tui.cli.completion_values import cohorts_like

RecordFormat = Literal["json", "jsonl"]
"""The formats of commands that print records and no page."""


class _GroupOption(click.Option):
    """The option `--group`, which is understood by its former name, `--cohort`, too."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the names and the help to print, without the former name."""
        record = super().get_help_record(ctx)
        return (record[0].replace(", --cohort", ""), record[1]) if record else None


cohort_option = click.option(
    "--group",
    "--cohort",
    "cohort",
    cls=_GroupOption,
    metavar="GROUP",
    shell_complete=cohorts_like,
    help="A group of authorities: neighbours:camden, region:London, grade:leaders=outstanding, moved:overall=ri>good, "
    "framework:ilacs-2023, since:2023, until:2024, a name, or all. A + or a space narrows it, a comma separates "
    "alternatives.",
)


def refuse_options(ctx: click.Context, option: str, *names: str) -> None:
    """Refuse options and arguments, by the names of their parameters, that would do nothing beside `option`.

    Raises:
        click.UsageError: one of them was given.
    """
    for param in ctx.command.params:
        given = ctx.get_parameter_source(param.name or "") is click.core.ParameterSource.COMMANDLINE
        if given and param.name in names:
            raise click.UsageError(f"{option} cannot be used with {_printed_name(param)}.")


def refuse_other_options(ctx: click.Context, option: str, *needed: str) -> None:
    """Refuse every option and argument beside `option` but those of the parameters called `needed`.

    Raises:
        click.UsageError: another one was given.
    """
    refuse_options(ctx, option, *(param.name or "" for param in ctx.command.params if param.name not in needed))


def _printed_name(param: click.Parameter) -> str:
    return param.opts[0] if isinstance(param, click.Option) else (param.name or "").upper()


def json_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Decorate a command with `--json` and `--format`, and pass "json", "jsonl" or None to it as `records`."""

    @click.option(
        "--format", "form", type=click.Choice(("text", "json", "jsonl")), help="json: one document; jsonl: lines."
    )
    @click.option("--json", "as_json", is_flag=True, help="Short for --format json.")
    @functools.wraps(command)
    def with_records(*args: Any, form: str | None, as_json: bool, **options: Any) -> Any:
        if as_json and form not in {None, "json"}:
            raise click.UsageError(f"Use either --json or --format {form}, not both.")
        records = "json" if as_json else None if form == "text" else form
        return command(*args, records=records, **options)

    return with_records


jobs_option = click.option(
    "--jobs", type=click.IntRange(1, 64), help="Reading processes; default: one a processor, at most 8."
)


def check_time(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Check that the value of an option is a year, a month or a day, and return it.

    Raises:
        click.BadParameter: the value is something else.
        click.UsageError: --since is later than --until.
    """
    if value is None:
        return None
    from reinspect.checks import is_partial_date

    if not is_partial_date(value):
        raise click.BadParameter(
            f"{value!r} is not a year (2023), a month (2023-05) or a day (2023-05-16).", ctx, param
        )
    times = {**ctx.params, param.name: value}
    since, until = times.get("since"), times.get("until")
    if since and until and since[: len(until)] > until[: len(since)]:
        raise click.UsageError(f"--since {since} is later than --until {until}: nothing is in between.", ctx)
    return value


def check_strands(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """Check that the values of an option are known strands (graded subjects of inspections), and return them.

    Raises:
        click.BadParameter: there is no such strand.
    """
    if value:
        from reinspect.frameworks import frameworks

        known = dict.fromkeys(strand.key for framework in frameworks().values() for strand in framework.strands)
        for strand in value:
            if strand not in known:
                raise click.BadParameter(f"{strand!r} is not one of {', '.join(known)}.", ctx, param)
    return value


since_option = click.option(
    "--since", callback=check_time, metavar="TIME", help="Only inspections from this year or day on."
)
until_option = click.option(
    "--until", callback=check_time, metavar="TIME", help="Only inspections up to this year or day."
)
