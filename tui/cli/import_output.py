"""Print the results of an import, one file at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.streams import RecordPrinter, print_data, say

if TYPE_CHECKING:
    from store import ImportResult


def print_result(result: ImportResult, print_record: RecordPrinter | None = None) -> bool:
    """Print the result of importing one file, as a line or as a record; return True if the import failed.

    Warnings and reasons go to stderr.
    """
    failed = result.outcome == "failed"
    if print_record is not None:
        from reinspect.exporting.records import import_record

        print_record(import_record(result))
    elif not failed:
        print_data((_describe(result) + "\n").encode())
    if failed:
        say(f"{result.file}: {result.reason}")
    for warning in result.warnings:
        say(f"{result.file}: warning: {warning}")
    return failed


def _describe(result: ImportResult) -> str:
    if result.outcome == "already held":
        state = f"already stored; {result.reason}" if result.reason else "already stored"
        return f"{result.file}: {state}" + (f" ({result.inspection})" if result.inspection else "")
    if result.outcome == "unattached":
        assign = f"to assign it: reinspect attach {result.sha256[:12]} ID"
        return f"{result.file}: stored, but it belongs to no inspection yet: {result.reason}; {assign}"
    return f"{result.file}: {'a new inspection, ' if result.created else 'belongs to '}{result.inspection}"
