"""Errors that a person can act on. Each message names the file or field, the fault, and what to do."""

from __future__ import annotations

from reinspect import __version__


class ReinspectError(Exception):
    """An error that the program can explain; a command that meets it ends with `exit_code` (design.md 7)."""

    exit_code = 1


class FrameworkError(ReinspectError):
    """A framework file that cannot be used."""


class UnreadableError(ReinspectError):
    """A file without a document that can be read; the message gives the reason."""


class NotFoundError(ReinspectError):
    """A name that fits nothing: no such inspection, authority or document."""

    exit_code = 2


class StoreLockedError(ReinspectError):
    """A store that another process kept locked for too long."""

    exit_code = 4


class StoreCorruptError(ReinspectError):
    """A store whose file is damaged, or was written by a newer version of the program."""

    exit_code = 5


def unexpected(error: BaseException) -> str:
    """Return the message for an error that the program did not foresee."""
    return (
        f"unexpected {type(error).__name__}: {error}. This is a fault of reinspect {__version__}: please report it "
        "with what you did; REINSPECT_DEBUG=1 shows where it happened"
    )
