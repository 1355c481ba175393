"""Surcharges for lateness (CSS R. 243-18), their remission (R. 243-19-1, R. 243-20), and when they are notified (domain rules, N6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from days import plus_months
from debts import INITIAL, MONTHLY, SURCHARGES, Debts, Surcharge

# 2016: monthly ceiling 3 218 €; 1,27 % of it, rounded up to the euro (D. 133-1).
CEILING, SMALL = 321_800, 4_100


def half_up(cents: int, numerator: int, denominator: int) -> int:
    return (2 * cents * numerator + denominator) // (2 * denominator)


@dataclass
class Late:
    instalment: str
    year: int
    due_on: date
    runs_from: date
    owed: int
    received: list
    unpaid_at_due: int
    settled_on: date | None
    carried_to: date | None
    exemption: str | None = None

    def unpaid_on(self, one: date) -> int:
        return self.owed - sum(cents for day, cents in self.received if day <= one)

    def accrued(self, until: date, planted: str | None = None) -> dict:
        """5 % of what was unpaid at the due date, and 0,4 % of what still is for each month begun since; like months are rounded once."""
        sums = {INITIAL: 0, MONTHLY: 0}
        base = max(0, self.unpaid_on(self.runs_from))
        if self.exemption or base == 0 or until <= self.runs_from:
            return sums
        sums[INITIAL] = half_up(base, 5, 100)
        runs: list = []  # [base, months]
        month = 0
        while True:
            start = plus_months(self.runs_from, month)
            unpaid = max(0, self.unpaid_on(start))
            if unpaid == 0 or start >= until:
                break
            if runs and runs[-1][0] == unpaid:
                runs[-1][1] += 1
            else:
                runs.append([unpaid, 1])
            month += 1
        if planted == "surcharge-month":
            runs = [[unpaid, months - 1] for unpaid, months in runs]
        sums[MONTHLY] = sum(half_up(unpaid * months, 4, 1000) for unpaid, months in runs)
        return sums


def late_debts(debts: Debts, debits, today: date) -> list:
    """Every due date before today, by contribution year, that was not paid by it."""
    standing = [one for one in debts.payments if not one.is_reversed]
    found = []
    for (instalment, year), words in debts.asked.items():
        due_on = words[-1][1]
        if due_on >= today:
            continue
        before = [rank for rank, (on, _, _) in enumerate(words) if on <= due_on]
        at = before[-1] if before else 0
        owed, received = words[at][2], []
        for (_, _, cents), (on, _, later) in zip(words[at:], words[at + 1 :]):
            if cents != later:
                received.append((on, cents - later))
        received += [(on, cents) for one in standing for id, of, on, cents in one.received if (id, of) == (instalment, year)]
        runs_from, carried_to = debits.failure_of(instalment, due_on)
        late = Late(instalment, year, due_on, runs_from, owed, received, 0, None, carried_to)
        late.unpaid_at_due = late.unpaid_on(runs_from)
        if late.unpaid_at_due <= 0:
            continue
        late.settled_on = settlement_of(late)
        found.append(late)
    for late in found:
        of_date = sum(one.unpaid_at_due for one in found if one.instalment == late.instalment)
        if late.carried_to and late.settled_on and late.settled_on <= late.carried_to:
            late.exemption = "carried"
        elif of_date < SMALL:
            late.exemption = "small-debt"
    return found


def settlement_of(late: Late) -> date | None:
    """The first day from which nothing was unpaid any more."""
    days = sorted({on for on, _ in late.received})
    if not days or late.unpaid_on(days[-1]) > 0:
        return None
    for one in days:
        if all(late.unpaid_on(later) <= 0 for later in days if later >= one):
            return one
    return days[-1]


class Surcharging:
    def __init__(self, debts: Debts, debits, unmatched) -> None:
        self.debts, self.debits, self.unmatched = debts, debits, unmatched
        self.through: dict = {}  # (instalment, year) → the day up to which surcharges were charged

    def review(self, today: date) -> None:
        """What was never owed goes at once; what has accrued is charged a month after the due date, or once it is settled; nothing in doubt."""
        debts = self.debts
        late = late_debts(debts, self.debits, today)
        charge, off = [], []  # (Late, code, cents) · (place, cents)
        for place, owed in debts.surcharges.items():
            if not any((one.instalment, one.year) == place[:2] for one in late):
                off.append((place, owed.owed))
        ready: list = []
        for one in late:
            lines, cancelled = self._standing(one, today)
            off += cancelled
            if lines and (one.settled_on or plus_months(one.due_on, 1) + timedelta(days=1) <= today):
                ready.append((one, lines))
        forgiven = [one for one in late if self._is_forgiven(one, late, today)]
        asked = sum(cents for one, lines in ready if one not in forgiven for _, cents in lines)
        already = sum(owed.owed - debts.paid(place) for place, owed in debts.surcharges.items())
        is_small = 0 < asked < SMALL - already
        in_doubt = self.debits.in_doubt or self.unmatched.could_cover(late, today)
        if not in_doubt:
            charge = [(one, code, cents) for one, lines in ready if one in forgiven or not is_small for code, cents in lines]
        self._carry_out(charge, off, [] if in_doubt else forgiven, today)

    def is_held_by_money_to_match(self, today: date) -> bool:
        """As it is shown: only what is not notified yet is held."""
        late = late_debts(self.debts, self.debits, today)
        return self.unmatched.could_cover(late, today) and any(self._notified(one) != sum(one.accrued(today).values()) for one in late)

    def _notified(self, one: Late) -> int:
        owed = (self.debts.surcharges.get((one.instalment, one.year, code)) for code in SURCHARGES)
        return sum(each.charged - each.cancelled for each in owed if each)

    def _standing(self, one: Late, today: date) -> tuple:
        """Lines to charge, and what of the surcharges charged before was never owed."""
        is_carried = one.carried_to is not None and today <= one.carried_to and one.exemption is None
        now = one.accrued(today, self.debts.planted)
        through = self.through.get((one.instalment, one.year))
        then = one.accrued(through, self.debts.planted) if through else dict.fromkeys(SURCHARGES, 0)
        lines, off = [], []
        for code in SURCHARGES:
            place = (one.instalment, one.year, code)
            owed = self.debts.surcharges.get(place)
            net = owed.charged - owed.cancelled if owed else 0
            if then[code] > net and not is_carried and (owed is None or owed.remitted == 0):
                if net > 0:
                    off.append((place, net))
                lines.append((code, now[code]))
            else:
                if owed and then[code] <= net:
                    off.append((place, min(net - then[code], owed.owed)))
                if not is_carried:
                    lines.append((code, now[code] - then[code]))
        return [(code, cents) for code, cents in lines if cents > 0], [(place, cents) for place, cents in off if cents > 0]

    def _is_forgiven(self, one: Late, late: list, today: date) -> bool:
        in_time = one.settled_on is not None and one.settled_on <= plus_months(one.due_on, 1)
        since = plus_months(one.due_on, -24)
        is_first = not any(other.exemption is None and since <= other.due_on < one.due_on for other in late)
        return in_time and is_first and sum(one.accrued(today, self.debts.planted).values()) < CEILING

    def _carry_out(self, charge: list, off: list, forgiven: list, today: date) -> None:
        surcharges = self.debts.surcharges
        for place, cents in off:
            surcharges[place].cancelled += cents
        for one, code, cents in charge:
            place = (one.instalment, one.year, code)
            surcharges.setdefault(place, Surcharge(one.due_on)).charged += cents
            self.through[place[:2]] = today
        for one in forgiven:
            for code in SURCHARGES:
                owed = surcharges.get((one.instalment, one.year, code))
                if owed:
                    owed.remitted += max(0, owed.owed)
        self._give_back(today)

    def _give_back(self, today: date) -> None:
        """What was paid of a surcharge that is owed no more is credit, and pays what is due."""
        freed = False
        for place, owed in self.debts.surcharges.items():
            excess = self.debts.paid(place) - max(0, owed.owed)
            if excess > 0:
                freed = True
                self.debts.release(place, excess, today)
        if freed:
            self.debts.place_credit(today, today)

    def remit(self, external: bool, granted: bool, today: date) -> str:
        """What is asked to be given up: once all contributions are paid; the months only when they were paid within thirty days, or for an outside event."""
        debts = self.debts
        left = {place: owed.owed - debts.paid(place) for place, owed in debts.surcharges.items()}
        if not any(cents > 0 for cents in left.values()):
            return "no-surcharge-to-remit"
        late = late_debts(debts, self.debits, today)
        unpaid = sum(
            max(0, cents - debts.paid(place))
            for one in late
            if one.settled_on is None and one.instalment in debts.instalments
            for place, cents in debts.instalments[one.instalment].lines.items()
            if place[1] == one.year
        )
        if unpaid > 0:
            return "remission-before-principal"
        if not granted:
            return "refused"
        of = {(one.instalment, one.year): one for one in late}
        given = {}
        for place, cents in left.items():
            one = of.get(place[:2])
            in_thirty = one is not None and one.settled_on is not None and one.settled_on <= one.due_on + timedelta(days=30)
            if cents > 0 and (place[2] == INITIAL or external or in_thirty):
                given[place] = cents
        if not given:
            return "months-not-remissible"
        if sum(given.values()) > CEILING:
            return "remission-of-the-board"
        for place, cents in given.items():
            debts.surcharges[place].remitted += cents
        return "granted"
