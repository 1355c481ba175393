"""What an account owes and has received: money placed by the legal order, taken back, given back. Amounts are cents.

Written from the regulation (CSS D. 133-4, R. 613-1-3, R. 131-5) and from what `services/collection/README.md` says was decided where the texts
are silent; it is told commands, never facts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

# CSS D. 133-4: CSG and CRDS, sickness (daily allowances with it), pension, disability and death, complementary pension, family, training.
LEGAL_ORDER = (
    "csg-crds", "maladie", "indemnites-journalieres", "retraite-base", "invalidite-deces", "retraite-complementaire",
    "allocations-familiales", "cfp",
)  # fmt: skip
INITIAL, MONTHLY = "majoration-initiale", "majoration-mensuelle"
SURCHARGES = (INITIAL, MONTHLY)

Place = tuple  # (instalment, contribution year, code)


def rank(place: Place) -> tuple:
    _, year, code = place
    return (year, LEGAL_ORDER.index(code) if code in LEGAL_ORDER else len(LEGAL_ORDER))


@dataclass
class Instalment:
    due_on: date
    schedule: int
    by_debit: bool
    lines: dict  # Place → cents asked


@dataclass
class Payment:
    name: str
    amount: int
    value_on: date
    order: int
    is_debit: bool = False
    placed: dict = field(default_factory=dict)  # Place → cents
    refunded: int = 0
    is_reversed: bool = False
    credit_since: date | None = None
    # What each due date received of it, from which day on: (instalment, year) → [(day, cents)].
    received: list = field(default_factory=list)
    taken_back: dict = field(default_factory=dict)

    @property
    def credit(self) -> int:
        return -self.refunded if self.is_reversed else self.amount - sum(self.placed.values()) - self.refunded


@dataclass
class Surcharge:
    due_on: date
    charged: int = 0
    cancelled: int = 0
    remitted: int = 0

    @property
    def owed(self) -> int:
        return self.charged - self.cancelled - self.remitted


class Debts:
    """One account. A planted fault, by its name, makes it wrong on purpose: to see that a comparison would notice."""

    def __init__(self, planted: str | None = None) -> None:
        self.planted = planted
        self.instalments: dict = {}
        self.payments: list = []
        self.surcharges: dict = {}  # Place → Surcharge
        self.asked: dict = {}  # (instalment, year) → [(day, due_on, cents)]
        self.called: dict = {}  # year → cents

    # What stands

    def paid(self, place: Place) -> int:
        return sum(one.placed.get(place, 0) for one in self.payments)

    def left(self, instalment: str) -> int:
        return sum(asked - self.paid(place) for place, asked in self.instalments[instalment].lines.items())

    def credited(self) -> list:
        """Payments of which something is credit, the oldest money first, with what of it is free: less what is owed back of refunds."""
        owed_back = -sum(one.credit for one in self.payments if one.credit < 0)
        free = []
        for one in sorted(self.payments, key=lambda each: (each.value_on, each.order)):
            if one.credit <= 0:
                continue
            covers = min(owed_back, one.credit)
            owed_back -= covers
            free.append((one, one.credit - covers))
        return free

    # Money in

    def receive(self, payment: Payment, named: list, today: date) -> None:
        """First what the payer named, or what falls due that very day; then what is due, oldest first; surcharges last; the rest is credit."""
        self.payments.append(payment)
        first = [
            id for id, one in self.instalments.items() if (id in named if named else one.due_on == payment.value_on)
        ]
        due = [id for id, one in self.instalments.items() if id not in first and one.due_on <= payment.value_on]
        self._pay(payment, payment.amount, [*self._in_order(first), *self._in_order(due), *self._surcharges()], today)
        self._date_credit(payment, today)

    def place_credit(self, due_by: date, today: date, named: tuple = ()) -> None:
        """The oldest money pays the oldest debt that has fallen due, or that is named."""
        for payment, free in self.credited():
            due = [id for id, one in self.instalments.items() if one.due_on <= due_by or id in named]
            self._pay(payment, free, [*self._in_order(due), *self._surcharges()], today)
            self._date_credit(payment, today)

    def _pay(self, payment: Payment, money: int, places: list, today: date) -> None:
        for place in places:
            part = min(money, self._owed(place) - self.paid(place))
            if part <= 0:
                continue
            money -= part
            payment.placed[place] = payment.placed.get(place, 0) + part
            self._note_received(payment, place, part, today)

    def _in_order(self, ids: list) -> list:
        dates = sorted(ids, key=lambda id: (self.instalments[id].due_on, id))
        places = [sorted(self.instalments[id].lines, key=rank) for id in dates]
        if self.planted == "allocation-order":
            places = [[*reversed(lines)] for lines in places]
        if self.planted == "micro-order":
            places = [sorted(lines, key=lambda place: place[2] != "micro-social") for lines in places]
        if self.planted == "newest-first":
            places.reverse()
        return [place for lines in places for place in lines]

    def _surcharges(self) -> list:
        owed = [place for place, one in self.surcharges.items() if one.owed > self.paid(place)]
        return sorted(owed, key=lambda place: (self.surcharges[place].due_on, place[0], place[1], SURCHARGES.index(place[2])))

    def _owed(self, place: Place) -> int:
        if place[2] in SURCHARGES:
            return self.surcharges[place].owed
        return self.instalments[place[0]].lines.get(place, 0)

    # Money back

    def reverse(self, payment: Payment) -> None:
        """What it paid is owed again, exactly; what was given back of it is owed to us."""
        if payment.is_reversed:
            return
        payment.is_reversed = True
        if self.planted == "reversal-cent" and payment.placed:
            place, cents = next(iter(payment.placed.items()))
            payment.placed, payment.amount, payment.is_reversed = {place: 1}, 1, False
            return
        payment.placed, payment.received, payment.credit_since = {}, [], None

    def release(self, place: Place, cents: int, today: date) -> list:
        """Takes money back out of a debt that is not owed any more, out of the last money that came first."""
        taken = []
        for payment in sorted(self.payments, key=lambda each: (each.value_on, each.order), reverse=True):
            part = min(cents, payment.placed.get(place, 0))
            if part <= 0:
                continue
            cents -= part
            payment.placed[place] -= part
            payment.placed = {where: amount for where, amount in payment.placed.items() if amount}
            self._note_received(payment, place, -part, today)
            self._date_credit(payment, today)
            taken.append((payment, part))
        return taken

    # The calendar

    def call(self, year: int, calendar: dict, today: date) -> None:
        """A notice: what is asked from now on. What was paid of what is asked no more goes to what the same due date now asks more, else it is credit."""
        gone = {id: one for id, one in self.instalments.items() if one.schedule == year}
        before = {place: cents for one in gone.values() for place, cents in one.lines.items()}
        self.instalments = {id: one for id, one in self.instalments.items() if one.schedule != year} | calendar
        self._note_asked(gone, calendar, today)
        after = {place: cents for one in calendar.values() for place, cents in one.lines.items()}
        freed: list = []  # [instalment, year, payment, cents]
        for place in sorted({*before, *after}, key=lambda place: (place[0], rank(place))):
            excess = self.paid(place) - after.get(place, 0)
            if excess > 0:
                freed += [[place[0], place[1], payment, part] for payment, part in self.release(place, excess, today)]
        self._place_again(freed, before, after, today)
        if freed:
            self.place_credit(today, today)

    def _place_again(self, freed: list, before: dict, after: dict, today: date) -> None:
        """Inside the same due date and contribution year, by the legal order; to the money that was taken out of it, the oldest first."""
        left_of_year: dict = {}
        for id, year, _, part in freed:
            left_of_year[id, year] = left_of_year.get((id, year), 0) + part
        for place in sorted(after, key=rank):
            moved = min(left_of_year.get(place[:2], 0), after[place] - before.get(place, 0), after[place] - self.paid(place))
            if moved <= 0:
                continue
            left_of_year[place[:2]] -= moved
            for one in sorted((one for one in freed if one[0] == place[0]), key=lambda one: (one[2].value_on, one[2].order)):
                payment, part = one[2], min(moved, one[3])
                if part <= 0:
                    continue
                moved, one[3] = moved - part, one[3] - part
                payment.placed[place] = payment.placed.get(place, 0) + part
                self._note_received(payment, place, part, today)
                self._date_credit(payment, today)

    def _note_asked(self, gone: dict, calendar: dict, today: date) -> None:
        now: dict = {}
        for id, one in calendar.items():
            for (_, year, _), cents in one.lines.items():
                due_on, sum_ = now.get((id, year), (one.due_on, 0))
                now[id, year] = (due_on, sum_ + cents)
        for key, (due_on, cents) in now.items():
            self.asked.setdefault(key, []).append((today, due_on, cents))
        for key, words in self.asked.items():
            if key[0] in gone and key not in now:
                words.append((today, words[-1][1], 0))

    # What each due date received, by value date: a part that was taken back and placed there again at once has been there all along.

    def _note_received(self, payment: Payment, place: Place, cents: int, today: date) -> None:
        id, year, code = place
        if code in SURCHARGES:
            return
        back = 0
        if cents < 0:
            payment.taken_back[id, year] = payment.taken_back.get((id, year), 0) - cents
            payment.received.append((id, year, today, cents))
            return
        back = min(payment.taken_back.get((id, year), 0), cents)
        if back:
            payment.taken_back[id, year] -= back
            payment.received.append((id, year, today, back))
        if cents > back:
            received_on = today if self.planted == "booking-day" else payment.value_on
            payment.received.append((id, year, received_on, cents - back))

    def _date_credit(self, payment: Payment, today: date) -> None:
        """Credit that stands keeps the day on which it appeared."""
        payment.credit_since = (payment.credit_since or today) if payment.credit > 0 else None
