"""`reinspect basket`: what a person pinned while reading, to list, to order, to annotate and to export."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tui.cli.output import Output, exported, say
from tui.naming import authority_of, open_store

if TYPE_CHECKING:
    from reinspect.exporting.sheet import Sheet
    from reinspect.model import Pin
    from store import Store

_NUMBER = click.IntRange(min=1)


@click.group("basket", invoke_without_command=True)
@exported
@click.pass_context
def basket_command(ctx: click.Context, output: Output) -> None:
    """What you pinned while reading: quotes, rows and phrases, each with its citation and your note.

    Without a command, the basket is listed or, with --format or -o, exported. Every change to it can be taken back by
    `reinspect undo`. In the app, p pins what is under the cursor.
    """
    if ctx.invoked_subcommand is not None:
        return
    from reinspect.exporting.records import pin_record

    store = open_store(ctx.obj)
    output.answer(
        lambda: sheet_of(store),
        lambda: (pin_record(place, pin) for place, pin in enumerate(store.pins(), 1)),
    )


@basket_command.command("add")
@click.argument("place")
@click.argument("words", metavar="[WORDS]...", nargs=-1)
@click.option("--note", default="", metavar="TEXT", help="Your note on it.")
@click.pass_context
def add_command(ctx: click.Context, place: str, words: tuple[str, ...], *, note: str) -> None:
    """Pin a passage, named as a citation names it.

    PLACE is INSPECTION:PAGE:PARAGRAPH, or INSPECTION:PAGE where paragraphs have no numbers; the inspection is an id
    (see `reinspect list`) or an authority and a year, as in camden:2022:7:41. A document's sha256, or the beginning of
    it, stands in place of an inspection too. WORDS are some of the passage's, where the page holds several.
    """
    from tui.citing import quoted

    store = open_store(ctx.obj)
    tell(store, store.basket.add(quoted(store, place, " ".join(words), note)))


@basket_command.command("remove")
@click.argument("numbers", metavar="NUMBER...", nargs=-1, required=True, type=_NUMBER)
@click.pass_context
def remove_command(ctx: click.Context, numbers: tuple[int, ...]) -> None:
    """Take out what has these numbers in the list."""
    for pin in open_store(ctx.obj).basket.remove(*dict.fromkeys(numbers)):
        say(f"taken out: {_shown(pin)}")


@basket_command.command("move")
@click.argument("number", type=_NUMBER)
@click.argument("to", type=_NUMBER)
@click.pass_context
def move_command(ctx: click.Context, number: int, to: int) -> None:
    """Move what has this number to another place; those between make room."""
    say(f"now number {to}: {_shown(open_store(ctx.obj).basket.move(number, to))}")


@basket_command.command("note")
@click.argument("number", type=_NUMBER)
@click.argument("text", nargs=-1)
@click.pass_context
def note_command(ctx: click.Context, number: int, text: tuple[str, ...]) -> None:
    """Write your note on what has this number, in place of any other; without TEXT the note is taken away."""
    pin = open_store(ctx.obj).basket.note(number, " ".join(text))
    say(f"{_shown(pin)}: {f'your note is now: {pin.note}' if pin.note else 'without a note'}")


@basket_command.command("clear")
@click.pass_context
def clear_command(ctx: click.Context) -> None:
    """Take out everything; `reinspect undo` brings it back."""
    store = open_store(ctx.obj)
    taken = store.basket.remove(*range(1, len(store.pins()) + 1))
    say(f"{len(taken)} taken out; `reinspect undo` brings them back" if taken else "the basket is empty")


def tell(store: Store, place: int) -> None:
    """Say what stands at a place of the basket now."""
    say(f"number {place} in the basket: {_shown(store.pins()[place - 1])}")


def sheet_of(store: Store) -> Sheet:
    """The basket as it is exported, headed by the inspections that it tells of."""
    from reinspect.exporting.sheets.basket import basket_sheet

    pins = store.pins()
    held = {inspection.id: inspection for inspection in store.inspections()}
    told = dict.fromkeys(pin.inspection for pin in pins if pin.inspection in held)
    named = [(held[identifier], authority_of(held[identifier])) for identifier in told if identifier]
    return basket_sheet(pins, named)


def _shown(pin: Pin) -> str:
    from textwrap import shorten

    return f"{shorten(pin.text, 60, placeholder=' ...')} ({pin.citation})"
