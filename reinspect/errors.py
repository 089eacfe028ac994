"""Errors that a person can act on. Each message says what happened, to which file or field, and what to do."""

from __future__ import annotations

from reinspect import __version__


class ReinspectError(Exception):
    """Anything this program can explain; `exit_code` is what a command ends with (design.md 7)."""

    exit_code = 1


class FrameworkError(ReinspectError):
    """A framework file cannot be used."""


class UnreadableError(ReinspectError):
    """A file holds no document that can be read; the message is a reason a person understands."""


class NotFoundError(ReinspectError):
    """Something that was named does not exist: an inspection, an authority, a document."""

    exit_code = 2


class StoreLockedError(ReinspectError):
    """Another process held the store too long."""

    exit_code = 4


class StoreCorruptError(ReinspectError):
    """The store's file is damaged, or was written by a newer version."""

    exit_code = 5


def unexpected(error: BaseException) -> str:
    """What to say of an error that nobody foresaw."""
    return (
        f"unexpected {type(error).__name__}: {error}. This is a fault of reinspect {__version__}: please report it "
        "with what you did; REINSPECT_DEBUG=1 shows where it happened"
    )
