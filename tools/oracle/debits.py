"""Direct debits of one account: what is asked of the bank, and what is done about what comes back (domain 3.4, 3.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from days import next_bank_day, plus_bank_days
from debts import Debts

ACTIONS = {
    code: action
    for action, codes in {
        "carry": "AM01 AM02 AM03 AM04 MS03",
        "mandate-suspended": "AC01 AC04 AC06 AG01 RC01",
        "mandate-revoked": "MD01 MD02",
        "reopened": "MD06",
        "account-frozen": "MD07",
        "left-unpaid": "MS02 SL01",
        "present-again": "FF01 AG02 FOCR DNOR CNOR ED05",
    }.items()
    for code in codes.split()
}
# What an agent may say of a debit that came back, as it is said over HTTP.
FOUND = {
    "carry": "carry",
    "suspend-mandate": "mandate-suspended",
    "revoke-mandate": "mandate-revoked",
    "reopen": "reopened",
    "leave-unpaid": "left-unpaid",
    "re-present": "present-again",
}
# Bank days before the due date, until November 2016; a fault between banks is presented again twice at most.
FIRST, RECURRENT, MOST_AGAIN = 5, 2, 2


@dataclass
class Debit:
    due_on: date
    collect_on: date
    amount: int
    parts: tuple
    outcome: str | None = None
    code: str | None = None
    again_on: date | None = None
    is_paid: bool = False
    mandate: int = 1
    # What an agent found, where the reason did not say enough.
    found: str | None = None

    @property
    def is_ours_to_blame(self) -> bool:
        return (self.found or ACTIONS.get(self.code)) == "present-again"

    @property
    def waits_for_an_agent(self) -> bool:
        return self.found is None and self.outcome in ("to-examine", "mandate-revoked")


class Debits:
    def __init__(self, debts: Debts) -> None:
        self.debts = debts
        self.made: list = []
        self.again: dict = {}  # instalment → the day on which it is debited again
        self.stop: str | None = None
        self.bank = self.used_bank = self.stopped_bank = 1
        # The mandate in force and the one used last, by number; none in force once a bank has denied it.
        self.mandate: int | None = 1
        self.used_mandate = self.signed = 1
        self.is_used = self.is_frozen = False
        self.to_examine: list = []  # instalments of debits that the cell looks at

    @property
    def in_doubt(self) -> bool:
        return self.is_frozen or bool(self.to_examine)

    def present(self, due_on: date, today: date) -> None:
        """One debit of what falls due by debit, and of what is debited again with it; never beside another of the same due date."""
        if any(one.due_on == due_on for one in self.made):
            return
        live = {id for one in self.made if one.outcome is None for id in one.parts}
        wanted = [id for id, one in self.debts.instalments.items() if one.due_on == due_on and one.by_debit]
        wanted += [id for id, on in self.again.items() if on <= due_on and id not in wanted]
        parts = tuple(sorted(id for id in wanted if id in self.debts.instalments and id not in live and self.debts.left(id) > 0))
        is_same = self.bank == self.stopped_bank and self.mandate == self.used_mandate
        blocked = self.stop == "deceased" or (self.stop == "wrong-account" and is_same)
        if not parts or blocked or self.mandate is None:
            return
        is_first = not self.is_used or self.bank != self.used_bank or self.mandate != self.used_mandate
        if today < plus_bank_days(due_on, -(FIRST if is_first else RECURRENT)):
            return
        soonest = plus_bank_days(next_bank_day(today), FIRST if is_first else RECURRENT)
        amount = sum(self.debts.left(id) for id in parts)
        self.made.append(Debit(due_on, max(due_on, soonest), amount, parts, mandate=self.mandate))
        self.again = {id: on for id, on in self.again.items() if id not in parts}
        self.is_used, self.used_bank, self.used_mandate = True, self.bank, self.mandate
        self.stop = None

    def paid(self, due_on: date) -> None:
        debit = next(one for one in self.made if one.due_on == due_on)
        debit.is_paid = True
        self.to_examine = [parts for parts in self.to_examine if not {*parts} & {*debit.parts}]

    def comes_back(self, due_on: date, code: str, today: date, is_monthly: bool) -> None:
        debit = next(one for one in self.made if one.due_on == due_on)
        if debit.outcome is not None:
            return
        debit.code = code
        self._follow(debit, *self._decide(debit, code, today), is_monthly)
        if debit.outcome in ("presented-again", "to-examine"):
            self.to_examine.append(debit.parts)

    def examine(self, due_on: date, said: str, today: date, is_monthly: bool) -> str:
        """An agent says what came of a debit: once, and of a denied mandate only that it is denied."""
        debit, action = next(one for one in self.made if one.due_on == due_on), FOUND[said]
        if not debit.waits_for_an_agent:
            return "debit-not-to-examine"
        if debit.outcome == "mandate-revoked":
            if action != "mandate-revoked":
                return "mandate-stays-revoked"
            debit.found = action
            return debit.outcome
        debit.found = action
        self._follow(debit, *self._what_follows(debit, action, today), is_monthly)
        self.to_examine = [parts for parts in self.to_examine if parts != debit.parts]
        return debit.outcome

    def sign_mandate(self) -> None:
        self.signed += 1
        self.mandate = self.signed

    def _follow(self, debit: Debit, outcome: str, again_on: date | None, is_monthly: bool) -> None:
        debit.outcome, debit.again_on = outcome, again_on
        for id in debit.parts:
            if again_on:
                self.again[id] = again_on
        # What a bank says of a mandate that is not the one used any more stops nothing.
        is_in_use = debit.mandate == self.used_mandate
        if outcome == "mandate-suspended" and is_in_use:
            self.stop, self.stopped_bank, self.again = "wrong-account", self.used_bank, {}
        if outcome == "mandate-revoked":
            if self.mandate == debit.mandate:
                self.mandate = None
            if is_in_use:
                self.again = {}
        if outcome == "account-frozen":
            self.stop, self.is_frozen, self.again = "deceased", True, {}
        if outcome == "due-at-once" and is_monthly:
            self.again = {}

    def _decide(self, debit: Debit, code: str, today: date) -> tuple:
        action = ACTIONS.get(code, "unknown")
        if action == "mandate-revoked" and self.debts.planted == "denied-carried":
            action = "carry"
        presented = sum(one.outcome == "presented-again" for one in self._before(debit))
        if action == "unknown" or (action == "present-again" and presented >= MOST_AGAIN):
            return "to-examine", None
        return self._what_follows(debit, action, today)

    def _before(self, debit: Debit) -> list:
        return [one for one in self.made if one is not debit and one.outcome and {*one.parts} & {*debit.parts}]

    def _what_follows(self, debit: Debit, action: str, today: date) -> tuple:
        before = self._before(debit)
        if action == "carry":
            is_carrying = any(one.outcome == "carried" and any(id in self.again for id in one.parts) for one in self.made)
            failed = any(one.outcome in ("carried", "due-at-once") for one in before)
            if is_carrying or failed:
                return "due-at-once", None
            coming = [one for one in self.debts.instalments.values() if one.due_on > max(debit.due_on, today)]
            following = min(coming, key=lambda one: one.due_on, default=None)
            if following is None or not following.by_debit:
                return "left-unpaid", None
            return "carried", following.due_on
        if action == "present-again":
            leaves = plus_bank_days(next_bank_day(today), 1)
            # Never taken before it is due; and that day bears the reference of the debit that came back.
            return "presented-again", max(plus_bank_days(debit.due_on, 1), plus_bank_days(leaves, RECURRENT))
        return action, None

    def failure_of(self, instalment: str, due_on: date) -> tuple:
        """From where surcharges of a due date run, and to which due date its debit was carried."""
        mine = [one for one in self.made if instalment in one.parts]
        runs_from = max([due_on, *(one.collect_on for one in mine[:1])])
        back = [one for one in mine if one.outcome]
        if not back:
            return runs_from, None
        coming = sorted(one.due_on for one in self.debts.instalments.values() if one.due_on > due_on)
        following = back[-1].again_on or (coming[0] if coming else None)
        if all(one.is_ours_to_blame for one in back) and following:
            runs_from = following
        return runs_from, following if back[-1].outcome == "carried" else None
