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
        self.placings: dict = defaultdict(list)  # per paymentId: the posting and the placings of its credit
        for posting in self.postings.values():
            self.placings[posting["data"]["paymentId"]].append(posting)
        for placing in facts.of("collection.credit-allocated"):
            if placing["data"]["paymentId"] in self.postings:
                self.placings[placing["data"]["paymentId"]].append(placing)
        self.taken_by: dict = {}  # report id -> the one posting that makes an entry with it
        for posting in sorted(self.postings.values(), key=lambda fact: fact["seq"]):
            reported = posting["data"].get("reportedFact")
            if reported in self.reports:
                self.taken_by.setdefault(reported, posting["data"]["paymentId"])

    def allocated(self, payment: str) -> dict:
        """Cents by (instalment, year, code), whether or not the payment was reversed."""
        sums: dict = defaultdict(int)
        for placing in self.placings[payment]:
            for part in placing["data"]["allocations"]:
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
        return {
            "id": payment if posting else report["id"],
            "state": self._state(posting, report, reversal),
            "amount": plain(said["amount"]),
            "valueOn": said["valueOn"],
            "means": said["means"],
            "reported": _reported(report) if report else None,
            "posted": {"fact": posting["id"], "accountingDay": said["accountingDay"]} if posting else None,
            "reversed": fields(reversal, "reason", "accountingDay") if reversal else None,
            "allocations": [
                {"instalment": instalment, "year": year, "code": code, "amount": euros(amount)}
                for (instalment, year, code), amount in sorted(allocated.items())
            ],
            "credit": euros(cents(said["amount"]) - sum(allocated.values())) if stands else "0",
        }

    def _state(self, posting: dict | None, report: dict | None, reversal: dict | None) -> str:
        if reversal:
            return "reversed"
        if posting:
            return "posted"
        return "returned" if report["id"] in self.returned else "in-transit"


def _reported(report: dict) -> dict:
    data = report["data"]
    return {
        **fields(report, "flow", "batch", "line", "partnerReference"),
        "bankReference": data.get("bankReference"),
        "paymentReference": data.get("paymentReference"),
        "amount": plain(data["amount"]),
    }
