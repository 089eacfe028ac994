"""Errors that a person can act on. Each message names the file or field, the fault, and what to do."""

from __future__ import annotations

from reinspect import __version__


class ReinspectError(Exception):
    """The base class of all errors that the program can explain.

    `exit_code` is the exit status of a command that fails with the error.
    """

    exit_code = 1


class FrameworkError(ReinspectError):
    """An invalid file of inspection frameworks."""


class UnreadableError(ReinspectError):
    """A file that cannot be read as a document; the message says why."""


class NotFoundError(ReinspectError):
    """A name that matches no inspection, authority or document."""

    exit_code = 2


class StoreLockedError(ReinspectError):
    """A store that another process kept locked for too long."""

    exit_code = 4


class StoreCorruptError(ReinspectError):
    """A store whose file is damaged, or was written by a newer version of the program."""

    exit_code = 5


class RecordRefusedError(ReinspectError):
    """A file with a newer record of inspections must not be used; the message says why."""


def unexpected(error: BaseException) -> str:
    """Return the message to print for an error that the program did not foresee."""
    return (
        f"unexpected {type(error).__name__}: {error}. This is a fault of reinspect {__version__}: please report it "
        "with what you did; REINSPECT_DEBUG=1 shows where it happened"
    )
