"""`reinspect basket`: list, change or export the quotes, rows and phrases that a person has pinned."""

from __future__ import annotations

import click
from click.core import ParameterSource

from tui.cli.output import Output, exported
from tui.cli.pins import describe_pin, say_pinned
from tui.cli.stores import open_library, open_store
from tui.streams import say

_GIVEN = {ParameterSource.COMMANDLINE, ParameterSource.ENVIRONMENT}
_NUMBER = click.IntRange(min=1)


@click.group("basket", invoke_without_command=True)
@exported
@click.pass_context
def basket_command(ctx: click.Context, output: Output) -> None:
    """List or export the quotes you pinned while reading.

    Quotes, rows and phrases, each with its citation and your note. Without a command the basket is listed or, with
    --format or -o, exported. `reinspect undo` takes back every change to it. In the app, p pins the line under the
    cursor.

    \b
    Examples:
      reinspect basket add camden:2022:7:41 --note "for the committee"
      reinspect basket -o quotes.md
    """
    if ctx.invoked_subcommand is None:
        output.write(open_library(ctx).basket())
        return
    given = [option for option in ctx.command.params if ctx.get_parameter_source(option.name or "") in _GIVEN]
    if given:
        raise click.UsageError(f"{given[0].opts[-1]} is for the basket alone, not for basket {ctx.invoked_subcommand}.")


@basket_command.command("add")
@click.argument("place")
@click.argument("words", metavar="[WORDS]...", nargs=-1)
@click.option("--note", default="", metavar="TEXT", help="Your note on it.")
@click.pass_context
def pin_command(ctx: click.Context, place: str, words: tuple[str, ...], *, note: str) -> None:
    """Pin a passage by its place.

    PLACE is INSPECTION:PAGE:PARAGRAPH, or INSPECTION:PAGE where paragraphs have no numbers. The inspection is an id
    (see `reinspect list`), an authority and a year, or a document's sha256 or the beginning of it. WORDS are some of
    the passage's, if the page has several.

    \b
    Example:
      reinspect basket add camden:2022:7:41
    """
    from reinspect.answers.citations import quote_passage

    store = open_store(ctx)
    say_pinned(store, store.basket.add(quote_passage(store, place, " ".join(words), note)))


@basket_command.command("remove")
@click.argument("numbers", metavar="NUMBER...", nargs=-1, required=True, type=_NUMBER)
@click.pass_context
def unpin_command(ctx: click.Context, numbers: tuple[int, ...]) -> None:
    """Remove the pins with these numbers.

    \b
    Example:
      reinspect basket remove 2 3
    """
    for pin in open_store(ctx).basket.remove(*dict.fromkeys(numbers)):
        say(f"removed: {describe_pin(pin)}")


@basket_command.command("move")
@click.argument("number", type=_NUMBER)
@click.argument("to", type=_NUMBER)
@click.pass_context
def move_command(ctx: click.Context, number: int, to: int) -> None:
    """Move a pin to another place.

    \b
    Example:
      reinspect basket move 3 1
    """
    say(f"now number {to}: {describe_pin(open_store(ctx).basket.move(number, to))}")


@basket_command.command("note")
@click.argument("number", type=_NUMBER)
@click.argument("text", nargs=-1)
@click.pass_context
def note_command(ctx: click.Context, number: int, text: tuple[str, ...]) -> None:
    """Write a note on a pin; without TEXT, remove it.

    \b
    Example:
      reinspect basket note 1 "quote this first"
    """
    pin = open_store(ctx).basket.note(number, " ".join(text))
    say(f"{describe_pin(pin)}: {f'your note is now: {pin.note}' if pin.note else 'without a note'}")


@basket_command.command("clear")
@click.pass_context
def clear_command(ctx: click.Context) -> None:
    """Remove all pins; `reinspect undo` restores them.

    \b
    Example:
      reinspect basket clear
    """
    store = open_store(ctx)
    removed = store.basket.remove(*range(1, len(store.pins()) + 1))
    say(f"{len(removed)} removed; `reinspect undo` restores them" if removed else "the basket is empty")
