"""Money without an owner (domain 3.6, N6): while it could be what somebody owes, nothing for lateness is told to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

# Money received longer than that before a due date was not sent for it: by default, no text says so.
DAYS_AHEAD = 62


@dataclass
class Waiting:
    cents: int
    value_on: date
    # Its reference, or the cell, names this account.
    is_ours: bool


class Unmatched:
    def __init__(self, planted: str | None = None) -> None:
        self.planted = planted
        self.waiting: dict = {}  # name → Waiting

    def could_cover(self, late: list, today: date) -> bool:
        """One due date not paid in time, or all of them, with what accrued for lateness or without; or anything that names the account."""
        owed: dict = {}  # instalment → [due_on, unpaid at the due date, accrued for it]
        for one in late:
            if one.exemption is None:
                sums = owed.setdefault(one.instalment, [one.due_on, 0, 0])
                sums[1] += one.unpaid_at_due
                sums[2] += sum(one.accrued(today).values())
        if not owed or self.planted == "unmatched-forgotten":
            return False
        oldest = min(due_on for due_on, _, _ in owed.values())
        sums = {unpaid for _, unpaid, _ in owed.values()} | {unpaid + accrued for _, unpaid, accrued in owed.values()}
        whole = sum(unpaid for _, unpaid, _ in owed.values())
        sums |= {whole, whole + sum(accrued for _, _, accrued in owed.values())}
        return any(
            one.is_ours or (one.cents in sums and one.value_on >= oldest - timedelta(days=DAYS_AHEAD)) for one in self.waiting.values()
        )
