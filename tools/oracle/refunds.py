"""Credit that goes back to whom it belongs (CSS R. 131-5, R. 613-1-3, D. 133-1): own debts first, then as the person prefers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from days import next_bank_day, plus_bank_days
from debts import Debts
from lateness import SMALL

FOUR_EYES_ABOVE, CHOICE_DAYS, BANK_DAYS_TO_SETTLE = 500_000, 10, 3


@dataclass
class Refund:
    number: int
    parts: list  # (Payment, cents)
    state: str
    signed_by: str | None = None
    execute_on: date | None = None

    @property
    def amount(self) -> int:
        return sum(cents for _, cents in self.parts)


class Refunds:
    def __init__(self, debts: Debts, debits) -> None:
        self.debts, self.debits = debts, debits
        self.made: list = []
        self.choice: str | None = None
        self.refused_bank: int | None = None

    def _waiting(self) -> Refund | None:
        return next((one for one in self.made if one.state == "to-approve"), None)

    def _free(self) -> list:
        return [(payment, cents) for payment, cents in self.debts.credited() if cents > 0]

    def _coming(self, today: date) -> tuple:
        return tuple(id for id, one in self.debts.instalments.items() if one.due_on > today and self.debts.left(id) > 0)

    def _step(self, today: date) -> str:
        free = sum(cents for _, cents in self._free())
        coming = self._coming(today)
        if free <= 0:
            return "none"
        if free < SMALL:
            return "next-instalments" if coming else "kept"
        if self.choice == "next-instalments" and coming:
            return "next-instalments"
        since = min(one.credit_since for one in self.debts.payments if one.credit > 0)
        days = 40 if self.debts.planted == "refund-late" else CHOICE_DAYS
        if self.choice is None and coming and today < since + timedelta(days=days):
            return "choosing"
        if self.debits.is_frozen or self.refused_bank == self.debits.bank:
            return "iban-awaited"
        return "approval" if free > FOUR_EYES_ABOVE else "order"

    def choose(self, choice: str, today: date) -> None:
        self.choice = choice
        if choice != "next-instalments":
            return
        waiting = self._waiting()
        if waiting:
            waiting.state = "withdrawn"
        if self._step(today) == "next-instalments":
            self.debts.place_credit(today, today, self._coming(today))

    def work(self, today: date) -> None:
        """A day's work: debts first, then due dates to come, or an order; orders leave, and those that did not come back are settled."""
        self.debts.place_credit(today, today)
        if self._step(today) == "next-instalments":
            self.debts.place_credit(today, today, self._coming(today))
        step, free, waiting = self._step(today), self._free(), self._waiting()
        amount = sum(cents for _, cents in free)
        if waiting and (step != "approval" or waiting.amount != amount):
            waiting.state, waiting = "withdrawn", None
        if step in ("order", "approval") and not waiting and any(one.credit > 0 for one in self.debts.payments):
            refund = Refund(len(self.made) + 1, free, "to-approve")
            self.made.append(refund)
            if step == "order":
                self._order(refund, today)
        for refund in self.made:
            if refund.state == "ordered":
                refund.state, refund.execute_on = "sent", next_bank_day(today)
        for refund in self.made:
            if refund.state == "sent" and refund.execute_on <= plus_bank_days(today, -BANK_DAYS_TO_SETTLE):
                refund.state = "settled"

    def _order(self, refund: Refund, today: date) -> None:
        refund.state = "ordered"
        for payment, cents in refund.parts:
            payment.refunded += cents
            payment.credit_since = (payment.credit_since or today) if payment.credit > 0 else None

    def sign(self, by: str, today: date) -> str:
        refund = self._waiting()
        if refund is None:
            return "none"
        if refund.signed_by is None:
            refund.signed_by = by
            return "to-approve"
        if refund.signed_by == by:
            return "refund-four-eyes"
        if sum(cents for _, cents in self._free()) != refund.amount:
            return "refund-changed"
        self._order(refund, today)
        return "ordered"

    def comes_back(self, number: int, today: date) -> None:
        """The bank will not carry it out: credit again, which pays what is due; nothing leaves again for that bank account."""
        refund = self.made[number - 1]
        if refund.state not in ("sent", "settled"):
            return
        refund.state, self.refused_bank = "returned", self.debits.bank
        for payment, cents in refund.parts:
            payment.refunded -= cents
            payment.credit_since = (payment.credit_since or today) if payment.credit > 0 else None
        self.debts.place_credit(today, today)
