"""The whole money life of an account, lived from commands alone: what each step must leave of it, to the cent.

A life is `{"life": name, "steps": [...]}`; a step has a day, and either what was done (`act`) or what was seen of the account (`seen`). Only calendars
and assessments are taken as the notices say them: what is called is another program's proof (`libs/calc`).
"""

from __future__ import annotations

from canonical import cents, euros
from days import day
from debits import Debits
from debts import Debts, Instalment, Payment
from lateness import Surcharging
from refunds import Refunds
from unmatched import Unmatched, Waiting

PLANTED = (
    "allocation-order", "newest-first", "reversal-cent", "surcharge-month", "booking-day", "refund-late",
    "denied-carried", "micro-order", "unmatched-forgotten",
)  # fmt: skip


class Life:
    def __init__(self, planted: str | None = None) -> None:
        self.debts = Debts(planted)
        self.debits = Debits(self.debts)
        self.unmatched = Unmatched(planted)
        self.surcharging = Surcharging(self.debts, self.debits, self.unmatched)
        self.refunds = Refunds(self.debts, self.debits)
        self.is_monthly = True

    def live(self, step: dict) -> list:
        """What differs: nothing for most steps."""
        today = day(step["on"])
        if "seen" in step:
            state = {**self.state(), "heldByMoneyToMatch": self.surcharging.is_held_by_money_to_match(today)}
            return [*_apart("", {part: state[part] for part in step["seen"]}, step["seen"])]
        answer = getattr(self, "_" + step["act"].replace("-", "_"))(step, today)
        told = step.get("answered")
        return [] if told is None or told == answer else [f"answered {told}, {answer} here"]

    # Each act, by its name

    def _notice(self, step: dict, today) -> None:
        calendar = {
            one["id"]: Instalment(
                day(one["dueOn"]),
                step["year"],
                one["means"] == "direct-debit",
                {(one["id"], line["year"], line["code"]): cents(line["amount"]) for line in one["lines"]},
            )
            for one in step["instalments"]
        }
        self.is_monthly = step["periodicity"] != "quarterly"
        self.debts.call(step["year"], calendar, today)

    def _assessed(self, step: dict, _) -> None:
        self.debts.called = {int(year): cents(total) for year, total in step["called"].items()}

    def _receive(self, step: dict, today) -> None:
        order = len(self.debts.payments)
        payment = Payment(step["payment"], cents(step["amount"]), day(step["valueOn"]), order, "debit" in step)
        self.debts.receive(payment, step.get("named", []), today)
        if "debit" in step:
            self.debits.paid(day(step["debit"]))

    def _reverse(self, step: dict, today) -> None:
        self.debts.reverse(next(one for one in self.debts.payments if one.name == step["payment"]))
        if "debit" in step:
            self.debits.comes_back(day(step["debit"]), step["code"], today, self.is_monthly)

    def _reject(self, step: dict, today) -> None:
        self.debits.comes_back(day(step["debit"]), step["code"], today, self.is_monthly)

    def _present(self, step: dict, today) -> None:
        self.debits.present(day(step["dueOn"]), today)

    def _waits(self, step: dict, _) -> None:
        """Money without an owner, of this account or of another: both may owe just that."""
        self.unmatched.waiting[step["money"]] = Waiting(cents(step["amount"]), day(step["valueOn"]), step["names"])

    def _waits_no_more(self, step: dict, _) -> None:
        del self.unmatched.waiting[step["money"]]

    def _not_paid_online(self, _, __) -> None:
        """An order that came to nothing moves nothing."""

    def _close(self, step: dict, today) -> None:
        self.debts.place_credit(day(step["through"]), today)

    def _surcharges(self, _, today) -> None:
        self.surcharging.review(today)

    def _refunds(self, _, today) -> None:
        self.refunds.work(today)

    def _choose(self, step: dict, today) -> None:
        self.refunds.choose(step["choice"], today)

    def _sign(self, step: dict, today) -> str:
        return self.refunds.sign(step["by"], today)

    def _refund_back(self, step: dict, today) -> None:
        self.refunds.comes_back(step["number"], today)

    def _examine(self, step: dict, today) -> str:
        return self.debits.examine(day(step["debit"]), step["found"], today, self.is_monthly)

    def _mandate(self, _, __) -> None:
        self.debits.sign_mandate()

    def _new_iban(self, _, __) -> None:
        self.debits.bank += 1

    def _remission(self, step: dict, today) -> str:
        return self.surcharging.remit(step["external"], step["granted"], today)

    # What the account must be

    def state(self) -> dict:
        debts = self.debts
        called, paid = sum(debts.called.values()), sum(
            part for one in debts.payments for place, part in one.placed.items() if place not in debts.surcharges
        )
        owed = sum(one.owed - debts.paid(place) for place, one in debts.surcharges.items())
        on_its_way = sum(one.amount for one in self.refunds.made if one.state in ("ordered", "sent"))
        credit = sum(one.credit for one in debts.payments)
        return {
            "balance": {
                "called": euros(called),
                "paid": euros(paid),
                "remaining": euros(called - paid),
                "surcharges": euros(owed),
                "credit": euros(credit),
                "refunds": euros(on_its_way),
            },
            "ledger": {"paid": euros(paid), "balance": euros(called - paid + owed - credit)},
            "instalments": {
                id: {"asked": euros(sum(one.lines.values())), "left": euros(debts.left(id))}
                for id, one in debts.instalments.items()
                if one.lines
            },
            "payments": {
                one.name: {
                    "placed": {" ".join(map(str, place)): euros(part) for place, part in one.placed.items()},
                    "credit": euros(one.credit),
                    "refunded": euros(one.refunded),
                }
                for one in debts.payments
            },
            "surcharges": {
                " ".join(map(str, place)): {
                    "charged": euros(one.charged - one.cancelled),
                    "remitted": euros(one.remitted),
                    "paid": euros(debts.paid(place)),
                }
                for place, one in debts.surcharges.items()
                if one.charged or debts.paid(place)
            },
            "refunds": [f"{one.number} {euros(one.amount)} {one.state}" for one in self.refunds.made],
            "debits": {
                one.due_on.isoformat(): " ".join(
                    [euros(one.amount), one.collect_on.isoformat(), one.outcome or ("paid" if one.is_paid else "presented")]
                )
                for one in self.debits.made
            },
        }


def judge(life: dict, planted: str | None = None) -> dict:
    """The first step after which the account is not what it must be."""
    lived = Life(planted)
    for number, step in enumerate(life["steps"]):
        differences = lived.live(step)
        if differences:
            return {"life": life["life"], "step": number, "on": step["on"], "differences": differences[:12]}
    return {"life": life["life"], "steps": len(life["steps"])}


def _apart(path: str, here: object, there: object):
    if isinstance(here, dict) and isinstance(there, dict):
        for key in sorted({*here, *there}):
            if key not in here or key not in there:
                yield f"{path}/{key}: only {'here' if key in here else 'there'}: {here.get(key, there.get(key))}"
            else:
                yield from _apart(f"{path}/{key}", here[key], there[key])
    elif here != there:
        yield f"{path}: {there} there, {here} here"
