"""The oracle's own tests; expected figures by hand from docs/account/README.md.   python3 -m unittest discover -s tools/oracle"""

from __future__ import annotations

import copy
import io
import itertools
import pathlib
import random
import sys
import unittest
from contextlib import redirect_stdout

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from canonical import canonical, cents, euros, read_json  # noqa: E402
from fold import FoldError, fold_account  # noqa: E402
from oracle import _check, differences  # noqa: E402

ACCOUNT = "1300001234507"


class Account:
    """Writes facts as their authors would: one number after the other."""

    def __init__(self) -> None:
        self.facts: list = []

    def says(self, type_: str, **data) -> str:
        author = type_.split(".")[0]
        seq = 1 + sum(fact["source"] == f"/isu/{author}" for fact in self.facts)
        fact = {
            "id": f"{author}-{seq}",
            "source": f"/isu/{author}",
            "subject": ACCOUNT,
            "seq": seq,
            "type": f"{type_}.v1",
            "data": data,
        }
        self.facts.append(fact)
        return fact["id"]

    def reported(self, **data) -> str:
        default = {
            "flow": "urssaf/payments",
            "batch": "7",
            "line": 2,
            "partnerReference": "P1",
            "amount": "100",
            "valueOn": "2016-05-05",
            "means": "transfer",
        }
        return self.says("urssaf-sync.payment-reported", **{**default, **data})

    def posted(self, payment: str, amount: str, *allocations, **data) -> str:
        default = {"valueOn": "2016-05-05", "means": "transfer", "credit": "0", "accountingDay": "2016-05-06"}
        return self.says(
            "collection.payment-posted", paymentId=payment, amount=amount, allocations=parts(allocations), **{**default, **data}
        )

    def assessed(self, version: int, day: str, *lines, year: int = 2016, stage: str = "provisional") -> str:
        told = [{"code": code, "base": "26000", "rate": "0.1", "amount": amount} for code, amount in lines]
        return self.says(
            "collection.assessed", year=year, stage=stage, version=version, rules="r1", accountingDay=day, lines=told
        )

    def scheduled(self, version: int, *instalments, year: int = 2016) -> str:
        told = [
            {
                "id": id_,
                "dueOn": due,
                "means": "direct-debit",
                "lines": [{"year": y, "code": c, "amount": a} for y, c, a in lines],
            }
            for id_, due, lines in instalments
        ]
        return self.says("collection.schedule-issued", year=year, version=version, periodicity="monthly-5", instalments=told)

    def book(self) -> dict:
        return fold_account(self.facts)["book"]


def parts(allocations) -> list:
    return [{"instalment": i, "year": y, "code": c, "amount": a} for i, y, c, a in allocations]


class Refunds(unittest.TestCase):
    DAYS = {"creditSince": "2016-05-20", "dueBy": "2016-06-20", "accountingDay": "2016-05-30"}

    def account(self) -> Account:
        account = Account()
        account.posted("P", "100", ("2016-Q1", 2016, "maladie", "100"))
        account.says(
            "collection.allocation-released",
            paymentId="P",
            allocations=parts([("2016-Q1", 2016, "maladie", "30")]),
            accountingDay="2016-05-20",
        )
        return account

    def order(self, account: Account, amount: str) -> None:
        told = [{"paymentId": "P", "amount": amount}]
        account.says("collection.refund-ordered", refundId="R", amount=amount, parts=told, **self.DAYS)

    def test_what_is_taken_back_is_credit_and_stays_told(self):
        book = self.account().book()
        (payment,) = book["payments"]
        self.assertEqual((payment["allocations"][0]["amount"], payment["released"][0]["amount"], payment["credit"]), ("70", "30", "30"))
        self.assertEqual([(row["accountingDay"], row["paid"]) for row in book["movements"]], [("2016-05-06", "100"), ("2016-05-20", "-30")])

    def test_a_refund_takes_credit_and_its_return_gives_it_back(self):
        account = self.account()
        self.order(account, "30")
        balance = account.book()["balance"]
        self.assertEqual((balance["credit"], balance["refunds"]), ("0", "30"))
        account.says("collection.refund-settled", refundId="R", settledOn="2016-06-02", accountingDay="2016-06-02")
        balance = account.book()["balance"]
        self.assertEqual((balance["credit"], balance["refunds"]), ("0", "0"))
        account.says("collection.refund-returned", refundId="R", reason="AC04", accountingDay="2016-06-05")
        self.assertEqual((account.book()["balance"]["credit"], account.book()["refunds"][0]["state"]), ("30", "returned"))

    def test_what_was_refunded_of_a_payment_taken_back_is_owed(self):
        account = self.account()
        self.order(account, "30")
        account.says("collection.payment-reversed", paymentId="P", reason="MD06", accountingDay="2016-06-10")
        self.assertEqual(account.book()["balance"]["credit"], "-30")


class CanonicalForm(unittest.TestCase):
    def test_rfc_8785_key_order_is_by_utf_16_unit(self):
        # The example of RFC 8785 section 3.2.3: an emoji (D83D…) stands before U+FB33, after every smaller unit.
        keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
        self.assertEqual(
            list(read_json(canonical(dict.fromkeys(keys)))), ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
        )

    def test_rfc_8785_escapes_are_the_shortest(self):
        told = '\u20ac$\u000f\nA\'B"\\"/\u2028\u007f'
        self.assertEqual(canonical(told), '"\u20ac$\\u000f\\nA\'B\\"\\\\\\"/\u2028\u007f"')

    def test_what_has_no_canonical_form_is_refused(self):
        for value in ("\ud800", 2**53, 1.5, {1, 2}):
            with self.assertRaises(ValueError):
                canonical(value)

    def test_numbers_that_are_no_integers_and_double_keys_are_refused_when_read(self):
        for text in ("1.0", "1e3", "NaN", '{"a":1,"a":1}'):
            with self.assertRaises(ValueError):
                read_json(text)


class Amounts(unittest.TestCase):
    def test_an_amount_has_one_form(self):
        for told, form in [
            ("1690.00", "1690"),
            ("1234.5", "1234.50"),
            ("-0.05", "-0.05"),
            ("-0", "0"),
            ("-12.00", "-12"),
            ("-1.50", "-1.50"),
        ]:
            self.assertEqual(euros(cents(told)), form)

    def test_what_is_no_amount_is_refused(self):
        for told in ("", "1,5", "1e3", "1.234", "+1", " 1", "٣"):
            with self.assertRaises(ValueError):
                cents(told)


class WhatGoesIn(unittest.TestCase):
    def test_facts_behind_a_hole_do_not_count_yet(self):
        account = Account()
        account.reported(amount="1")
        account.reported(amount="2")
        account.reported(amount="4")
        view = fold_account([account.facts[0], account.facts[2]])
        self.assertEqual((view["vector"], view["book"]["balance"]["inTransit"]), ({"urssaf-sync": 1}, "1"))

    def test_nothing_taken_is_an_empty_book(self):
        account = Account()
        account.reported()
        account.reported()
        view = fold_account(account.facts[1:])
        self.assertEqual((view["vector"], view["book"]["payments"], view["book"]["person"]), ({}, [], None))

    def test_I4_order_and_repetition_do_not_matter(self):
        account = Account()
        account.says("affiliation.registered", group="artisan", regime="common", startedOn="2014-01-01", fund="13")
        account.assessed(1, "2016-01-10", ("ifs", "300"))
        account.posted("p", "100", ("2016-05", 2016, "ifs", "100"), reportedFact=account.reported())
        told = {fold_account(list(order) + [account.facts[1]])["fingerprint"] for order in itertools.permutations(account.facts)}
        self.assertEqual(len(told), 1)

    def test_a_fork_is_refused_also_behind_a_hole(self):
        account = Account()
        for _ in range(3):
            account.reported()
        for seq in (1, 3):
            forged = {**account.facts[seq - 1], "id": "forged"}
            with self.assertRaises(FoldError):
                fold_account([account.facts[0], account.facts[2], forged])

    def test_two_subjects_or_none_are_refused(self):
        account = Account()
        account.reported()
        for facts in (
            [],
            [{**account.facts[0], "subject": "flow/urssaf/payments"}],
            [*account.facts, {**account.facts[0], "subject": "1300001234604"}],
        ):
            with self.assertRaises(FoldError):
                fold_account(facts)

    def test_an_unknown_type_only_moves_the_vector(self):
        account = Account()
        account.says("benefits.right-decided", right="pension")
        view = fold_account(account.facts)
        self.assertEqual((view["vector"], view["book"]["balance"]["called"]), ({"benefits": 1}, "0"))


class Person(unittest.TestCase):
    def test_the_last_word_counts_and_a_new_registration_starts_afresh(self):
        account = Account()
        account.says("affiliation.ended", on="2013-12-31", cause="sale")
        self.assertIsNone(account.book()["person"])
        account.says(
            "affiliation.registered", group="artisan", regime="common", startedOn="2014-01-01", fund="13", birthYear=1970
        )
        account.says("affiliation.status-changed", group="commercant", regime="micro-social", **{"from": "2015-01-01"})
        account.says("affiliation.bank-details-changed", version=2)
        account.says("affiliation.ended", on="2016-03-31", cause="sale")
        self.assertEqual(
            account.book()["person"],
            {
                "group": "commercant",
                "regime": "micro-social",
                "startedOn": "2014-01-01",
                "fund": "13",
                "birthYear": 1970,
                "endedOn": "2016-03-31",
                "bankDetailsVersion": 2,
            },
        )
        account.says("affiliation.registered", group="artisan", regime="common", startedOn="2016-06-01", fund="13")
        person = account.book()["person"]
        self.assertEqual((person["birthYear"], person["endedOn"], person["bankDetailsVersion"]), (None, None, None))


class MoneyReceived(unittest.TestCase):
    def test_I3_a_report_and_its_posting_are_one_payment_whichever_came_first(self):
        account = Account()
        account.posted("p", "100", ("2016-05", 2016, "ifs", "60.50"), reportedFact="urssaf-sync-1")
        self.assertIsNone(account.book()["payments"][0]["reported"])
        account.reported()
        (payment,) = account.book()["payments"]
        self.assertEqual(
            (payment["id"], payment["state"], payment["credit"], payment["reported"]["fact"]),
            ("p", "posted", "39.50", "urssaf-sync-1"),
        )
        self.assertEqual(account.book()["balance"]["inTransit"], "0")

    def test_two_postings_of_one_report_and_a_posting_said_twice(self):
        account = Account()
        account.reported()
        account.posted("a", "100", reportedFact="urssaf-sync-1")
        account.posted("b", "100", reportedFact="urssaf-sync-1")
        account.posted("a", "70")
        self.assertEqual(
            [(p["id"], p["amount"], p["reported"] is not None) for p in account.book()["payments"]],
            [("a", "100", True), ("b", "100", False)],
        )

    def test_a_report_is_in_transit_until_the_partner_takes_it_back(self):
        account = Account()
        first = account.reported(amount="0.10")
        account.reported(amount="0.20")
        self.assertEqual(account.book()["balance"]["inTransit"], "0.30")
        account.says(
            "urssaf-sync.reversal-reported",
            partnerReference="R",
            reverses="P1",
            reportedFact=first,
            amount="0.10",
            valueOn="2016-05-09",
            reason="AC04",
        )
        book = account.book()
        self.assertEqual(
            ([p["state"] for p in book["payments"]], book["balance"]["inTransit"]), (["returned", "in-transit"], "0.20")
        )

    def test_credit_placed_later_joins_the_allocations_and_a_reversal_undoes_both(self):
        account = Account()
        account.posted("p", "100", ("2016-05", 2016, "ifs", "40"), ("2016-06", 2016, "ifs", "10"))
        account.says(
            "collection.credit-allocated",
            paymentId="p",
            allocations=parts([("2016-05", 2016, "ifs", "2.50")]),
            accountingDay="2016-06-01",
        )
        account.says(
            "collection.credit-allocated",
            paymentId="unknown",
            allocations=parts([("2016-05", 2016, "ifs", "9")]),
            accountingDay="2016-06-01",
        )
        (payment,) = account.book()["payments"]
        self.assertEqual(([a["amount"] for a in payment["allocations"]], payment["credit"]), (["42.50", "10"], "47.50"))
        account.says("collection.payment-reversed", paymentId="p", reason="AM04", accountingDay="2016-06-01")
        book = account.book()
        self.assertEqual(
            (book["payments"][0]["state"], book["payments"][0]["allocations"], book["payments"][0]["credit"], book["periods"]),
            ("reversed", [], "0", []),
        )
        self.assertEqual(
            [(m["accountingDay"], m["paid"]) for m in book["movements"]], [("2016-05-06", "50"), ("2016-06-01", "-50")]
        )


class WhatIsCalled(unittest.TestCase):
    def test_a_new_assessment_replaces_the_former_and_moves_only_the_difference(self):
        account = Account()
        account.assessed(1, "2016-01-10", ("ifs", "300"), ("csg", "100"))
        account.assessed(2, "2016-05-20", ("rci", "10.50"), ("ifs", "250"))
        account.assessed(2, "2016-05-21", ("ifs", "9"))
        book = account.book()
        self.assertEqual(
            [(a["version"], a["total"], a["state"]) for a in book["assessments"]],
            [(1, "400", "replaced"), (2, "260.50", "in-force")],
        )
        self.assertEqual(
            [(m["accountingDay"], m["code"], m["called"]) for m in book["movements"]],
            [
                ("2016-01-10", "csg", "100"),
                ("2016-01-10", "ifs", "300"),
                ("2016-05-20", "csg", "-100"),
                ("2016-05-20", "ifs", "-50"),
                ("2016-05-20", "rci", "10.50"),
            ],
        )
        self.assertEqual([line["code"] for line in book["periods"][0]["lines"]], ["rci", "ifs"])

    def test_a_year_that_was_only_paid_has_its_period_and_owes_less_than_nothing(self):
        account = Account()
        account.posted("p", "5", ("2016-05", 2015, "zzz", "2"), ("2016-05", 2015, "aaa", "3"))
        (period,) = account.book()["periods"]
        self.assertEqual((period["year"], period["stage"], period["called"], period["remaining"]), (2015, None, "0", "-5"))
        self.assertEqual([line["code"] for line in period["lines"]], ["aaa", "zzz"])

    def test_instalments_are_those_in_force_and_the_lower_year_keeps_an_id_held_twice(self):
        account = Account()
        account.scheduled(1, ("2016-05", "2016-05-05", [(2016, "ifs", "999")]))
        account.scheduled(
            2,
            ("2016-06", "2016-06-05", [(2016, "ifs", "30"), (2015, "csg", "1.50")]),
            ("2016-05", "2016-05-05", [(2016, "ifs", "20")]),
        )
        account.scheduled(1, ("2016-06", "2016-07-05", []), ("2017-01", "2017-01-05", []), year=2017)
        account.posted("p", "40", ("2016-06", 2016, "ifs", "40"))
        book = account.book()
        self.assertEqual(
            [(s["year"], s["version"], s["total"], s["state"]) for s in book["schedules"]],
            [(2016, 1, "999", "replaced"), (2016, 2, "51.50", "in-force"), (2017, 1, "0", "in-force")],
        )
        self.assertEqual(
            [(i["id"], i["dueOn"], i["schedule"], i["amount"], i["paid"], i["remaining"]) for i in book["instalments"]],
            [
                ("2016-05", "2016-05-05", 2, "20", "0", "20"),
                ("2016-06", "2016-06-05", 2, "31.50", "40", "-8.50"),
                ("2017-01", "2017-01-05", 1, "0", "0", "0"),
            ],
        )

    def test_lines_of_the_same_year_and_code_are_one_so_that_what_was_paid_counts_once(self):
        account = Account()
        account.scheduled(1, ("2016-05", "2016-05-05", [(2016, "ifs", "30"), (2016, "csg", "1"), (2016, "ifs", "2.50")]))
        account.posted("p", "40", ("2016-05", 2016, "ifs", "40"))
        (instalment,) = account.book()["instalments"]
        self.assertEqual((instalment["amount"], instalment["paid"], instalment["remaining"]), ("33.50", "40", "-6.50"))
        self.assertEqual(
            [(x["code"], x["amount"], x["remaining"]) for x in instalment["lines"]],
            [("ifs", "32.50", "-7.50"), ("csg", "1", "1")],
        )


class IncomesAndAnomalies(unittest.TestCase):
    def test_only_a_later_income_corrects(self):
        account = Account()
        told = {"year": 2015, "kind": "declared", "source": "portal", "declaredOn": "2016-04-01"}
        account.says("collection.income-recorded", amount="1.00", corrects="collection-2", **told)
        account.says("collection.income-recorded", amount="-2.50", **told)
        account.says("collection.income-recorded", amount="3", corrects="collection-1", **told)
        self.assertEqual(
            [(i["amount"], i["state"]) for i in account.book()["incomes"]],
            [("1", "corrected"), ("-2.50", "in-force"), ("3", "in-force")],
        )

    def test_an_anomaly_stands_once_with_its_first_closing(self):
        account = Account()
        account.says("urssaf-sync.anomaly-closed", anomalyId="a", settledBy="rule")
        account.says("urssaf-sync.anomaly-opened", anomalyId="b", type="late", cause="x")
        account.says("urssaf-sync.anomaly-opened", anomalyId="a", type="lost", cause="y")
        account.says("urssaf-sync.anomaly-opened", anomalyId="a", type="late", cause="z")
        account.says("urssaf-sync.anomaly-closed", anomalyId="a", settledBy="hand")
        self.assertEqual(
            [(a["id"], a["type"], a["closed"]) for a in account.book()["anomalies"]],
            [("b", "late", None), ("a", "lost", {"fact": "urssaf-sync-1", "settledBy": "rule"})],
        )


class Comparison(unittest.TestCase):
    def setUp(self):
        account = Account()
        account.assessed(1, "2016-01-10", ("ifs", "300"))
        account.reported()
        self.case = {"facts": account.facts, "view": fold_account(account.facts)}

    def test_equal_views_pass_and_one_altered_cent_is_named_by_its_path(self):
        self.assertEqual(differences(self.case), [])
        altered = copy.deepcopy(self.case)
        altered["facts"][1]["data"]["amount"] = "100.01"
        found = differences(altered)
        self.assertIn('/book/payments/0/amount: "100" there, "100.01" here', found)
        self.assertTrue(any(line.startswith("/fingerprint") for line in found))

    def test_a_refusal_expected_on_both_sides_passes(self):
        fork = [*self.case["facts"], {**self.case["facts"][0], "id": "other"}]
        self.assertEqual(differences({"facts": fork, "error": "fork"}), [])
        self.assertEqual(len(differences({"facts": fork, "view": {}})), 1)
        self.assertEqual(len(differences({"facts": self.case["facts"], "error": "fork"})), 1)

    def test_no_case_at_all_is_a_failure(self):
        with redirect_stdout(io.StringIO()) as out:
            self.assertEqual((_check([]), _check([("a", self.case)])), (1, 0))
        self.assertEqual(out.getvalue(), "0 passed, 0 failed\n1 passed, 0 failed\n")

    def test_shuffled_prefixes_always_fold_alike(self):
        rest = list(self.case["facts"])
        for seed in range(20):
            random.Random(seed).shuffle(rest)
            self.assertEqual(fold_account(rest), self.case["view"])


if __name__ == "__main__":
    unittest.main()
