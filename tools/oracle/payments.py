"""Section "payments" of docs/account/README.md: postings and reports of the same money make one entry."""

from __future__ import annotations

from collections import defaultdict

from canonical import cents, euros, plain
from taken import TakenFacts, fields


class Payments:
    """Money received: postings and reports of the same money make one entry."""

    def __init__(self, facts: TakenFacts) -> None:
        self.postings = facts.first_by("paymentId", "collection.payment-posted")
        self.reversals = facts.first_by("paymentId", "collection.payment-reversed")
        self.reports = {fact["id"]: fact for fact in facts.of("urssaf-sync.payment-reported")}
        self.returned = {fact["data"].get("reportedFact") for fact in facts.of("urssaf-sync.reversal-reported")}
        # Per paymentId: what was placed (the posting, the placings of its credit) and what was taken back out of there.
        self.placings: dict = defaultdict(list)
        self.releases: dict = defaultdict(list)
        for posting in self.postings.values():
            self.placings[posting["data"]["paymentId"]].append(posting)
        for said, kept in (("credit-allocated", self.placings), ("allocation-released", self.releases)):
            for fact in facts.of(f"collection.{said}"):
                if fact["data"]["paymentId"] in self.postings:
                    kept[fact["data"]["paymentId"]].append(fact)
        self.refunds = _refunds(facts)
        self.refunded: dict = defaultdict(int)  # cents by paymentId
        for refund in self.refunds:
            for part in refund["parts"] if refund["state"] != "returned" else ():
                self.refunded[part["payment"]] += cents(part["amount"])
        self.taken_by: dict = {}  # report id -> the one posting that makes an entry with it
        for posting in sorted(self.postings.values(), key=lambda fact: fact["seq"]):
            reported = posting["data"].get("reportedFact")
            if reported in self.reports:
                self.taken_by.setdefault(reported, posting["data"]["paymentId"])

    def movements(self, payment: str):
        """What was placed and taken back, whether or not the payment was reversed: (fact, part, cents), cents negative when taken back."""
        for kept, sign in ((self.placings, 1), (self.releases, -1)):
            for fact in kept.get(payment, ()):
                for part in fact["data"]["allocations"]:
                    yield fact, part, sign * cents(part["amount"])

    def allocated(self, payment: str) -> dict:
        """Cents by (instalment, year, code), whether or not the payment was reversed; what comes to zero is left out."""
        sums: dict = defaultdict(int)
        for _, part, amount in self.movements(payment):
            sums[part["instalment"], part["year"], part["code"]] += amount
        return {key: amount for key, amount in sums.items() if amount}

    def released(self, payment: str) -> dict:
        sums: dict = defaultdict(int)
        for fact in self.releases.get(payment, ()):
            for part in fact["data"]["allocations"]:
                sums[part["instalment"], part["year"], part["code"]] += cents(part["amount"])
        return sums

    def placed(self) -> dict:
        """What the payments that stand have paid: cents by (instalment, year, code)."""
        sums: dict = defaultdict(int)
        for payment in self.postings:
            if payment not in self.reversals:
                for key, amount in self.allocated(payment).items():
                    sums[key] += amount
        return sums

    def entries(self) -> list:
        report_of = {payment: report for report, payment in self.taken_by.items()}
        entries = [self._entry(posting, self.reports.get(report_of.get(payment))) for payment, posting in self.postings.items()]
        entries += [self._entry(None, report) for fact, report in self.reports.items() if fact not in self.taken_by]
        return sorted(entries, key=lambda entry: (entry["valueOn"], entry["id"]))

    def _entry(self, posting: dict | None, report: dict | None) -> dict:
        said = (posting or report)["data"]
        payment = said["paymentId"] if posting else None
        reversal = self.reversals.get(payment) if posting else None
        stands = posting is not None and reversal is None
        allocated = self.allocated(payment) if stands else {}
        refunded = self.refunded.get(payment, 0) if posting else 0
        return {
            "id": payment if posting else report["id"],
            "state": self._state(posting, report, reversal),
            "amount": plain(said["amount"]),
            "valueOn": said["valueOn"],
            "means": said["means"],
            "reported": _reported(report) if report else None,
            "posted": {"fact": posting["id"], "accountingDay": said["accountingDay"]} if posting else None,
            "reversed": fields(reversal, "reason", "accountingDay") if reversal else None,
            "allocations": _parts(allocated),
            "released": _parts(self.released(payment) if stands else {}),
            "refunded": euros(refunded),
            "credit": euros((cents(said["amount"]) - sum(allocated.values()) if stands else 0) - refunded),
        }

    def _state(self, posting: dict | None, report: dict | None, reversal: dict | None) -> str:
        if reversal:
            return "reversed"
        if posting:
            return "posted"
        return "returned" if report["id"] in self.returned else "in-transit"


def _parts(sums: dict) -> list:
    return [
        {"instalment": instalment, "year": year, "code": code, "amount": euros(amount)}
        for (instalment, year, code), amount in sorted(sums.items())
    ]


def _refunds(facts: TakenFacts) -> list:
    """Section "refunds"."""
    settlements = facts.first_by("refundId", "collection.refund-settled")
    returns = facts.first_by("refundId", "collection.refund-returned")
    refunds = []
    for refund, order in facts.first_by("refundId", "collection.refund-ordered").items():
        data, settled, returned = order["data"], settlements.get(refund), returns.get(refund)
        refunds.append(
            {
                "id": refund,
                "state": "returned" if returned else "settled" if settled else "ordered",
                "amount": euros(sum(cents(part["amount"]) for part in data["parts"])),
                "creditSince": data["creditSince"],
                "dueBy": data["dueBy"],
                "parts": [{"payment": part["paymentId"], "amount": plain(part["amount"])} for part in data["parts"]],
                "ordered": fields(order, "accountingDay"),
                "settled": {**fields(settled, "accountingDay"), "on": settled["data"]["settledOn"]} if settled else None,
                "returned": fields(returned, "reason", "accountingDay") if returned else None,
            }
        )
    return refunds


def _reported(report: dict) -> dict:
    data = report["data"]
    return {
        **fields(report, "flow", "batch", "line", "partnerReference"),
        "bankReference": data.get("bankReference"),
        "paymentReference": data.get("paymentReference"),
        "amount": plain(data["amount"]),
    }
