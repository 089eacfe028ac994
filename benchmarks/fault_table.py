"""What a run of faults came to: a row a fault, printed as it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import msgspec


class Faults(msgspec.Struct, kw_only=True):
    """One kind of fault: how often it was tried, how often it was survived, what was found, what else there is to say.

    A fault is survived when the promise made of it was kept; `found` counts the other outcomes by what they were.
    """

    name: str
    tried: int = 0
    survived: int = 0
    found: Counter[str] = msgspec.field(default_factory=Counter)
    noted: Counter[str] = msgspec.field(default_factory=Counter)

    def tell(self, fault: str | None, note: str = "") -> None:
        """Count one try: None where the promise was kept, else what was seen; a note says how it was kept."""
        self.tried += 1
        if fault is None:
            self.survived += 1
        else:
            self.found[fault[:160]] += 1
        if note:
            self.noted[note] += 1

    def row(self) -> str:
        """The row, as Markdown."""
        said = "; ".join(
            f"{what}: {count}" for what, count in (*self.found.most_common(4), *sorted(self.noted.items()))
        )
        return f"| {self.name} | {self.tried} | {self.survived} | {said or 'nothing'} |"


HEAD = "| fault | tried | survived | seen |\n|---|---|---|---|"


def run_all(runs: dict[str, Callable[[], Iterator[Faults]]], only: list[str]) -> int:
    """Run those named, or all, printing each row when it is there; the exit code is 1 where a promise was broken."""
    broken = 0
    print(HEAD, flush=True)
    for name, run in runs.items():
        if not only or name in only:
            for faults in run():
                print(faults.row(), flush=True)
                broken += faults.tried - faults.survived
    return min(broken, 1)
