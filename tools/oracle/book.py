"""Section 2 of docs/account/README.md: the book of an account."""

from __future__ import annotations

from collections import defaultdict

from canonical import cents, euros, plain
from payments import Payments
from taken import TakenFacts, fields


def book_of(taken: dict) -> dict:
    facts = TakenFacts(taken)
    assessments = _versions(facts.of("collection.assessed"))
    schedules = _versions(facts.of("collection.schedule-issued"))
    payments = Payments(facts)
    entries = payments.entries()
    surcharges = _surcharges(facts, payments.placed())
    periods = _periods(_in_force(assessments), payments.placed(), surcharges)
    return {
        "person": _person(facts),
        "incomes": _incomes(facts),
        "assessments": [_assessment(fact, state) for fact, state in assessments],
        "schedules": [_schedule(fact, state) for fact, state in schedules],
        "instalments": _instalments(_in_force(schedules), payments.placed()),
        "payments": entries,
        "refunds": payments.refunds,
        "reversalsReported": _reversals_reported(facts),
        "surcharges": surcharges,
        "periods": periods,
        "movements": _movements([fact for fact, _ in assessments], payments, facts),
        "anomalies": _anomalies(facts),
        "balance": _balance(periods, entries, payments.refunds),
    }


def _person(facts: TakenFacts) -> dict | None:
    person = None
    types = ("registered", "status-changed", "ended", "bank-details-changed")
    for fact in facts.of(*(f"affiliation.{name}" for name in types)):
        data, name = fact["data"], fact["type"].split(".")[1]
        if name == "registered":
            person = {
                **{field: data[field] for field in ("group", "regime", "startedOn", "fund")},
                "birthYear": data.get("birthYear"),
                "endedOn": None,
                "bankDetailsVersion": None,
            }
        elif person is None:
            continue
        elif name == "status-changed":
            person.update(group=data["group"], regime=data["regime"])
        elif name == "ended":
            person["endedOn"] = data["on"]
        else:
            person["bankDetailsVersion"] = data["version"]
    return person


def _incomes(facts: TakenFacts) -> list:
    recorded = facts.of("collection.income-recorded")
    corrected_by = {fact["data"].get("corrects"): fact["seq"] for fact in recorded}  # the highest seq remains
    return [
        {
            "fact": fact["id"],
            **{field: fact["data"][field] for field in ("year", "kind", "source", "declaredOn")},
            "amount": plain(fact["data"]["amount"]),
            "corrects": fact["data"].get("corrects"),
            "state": "corrected" if corrected_by.get(fact["id"], 0) > fact["seq"] else "in-force",
        }
        for fact in recorded
    ]


def _versions(facts: list) -> list:
    """Assessments or schedules by year, version, each with its state: the highest version of a year is in force."""
    standing: dict = {}
    for fact in facts:
        standing.setdefault((fact["data"]["year"], fact["data"]["version"]), fact)
    highest = {year: version for year, version in sorted(standing)}
    return [(standing[key], "in-force" if highest[key[0]] == key[1] else "replaced") for key in sorted(standing)]


def _in_force(versions: list) -> list:
    return [fact for fact, state in versions if state == "in-force"]


def _assessment(fact: dict, state: str) -> dict:
    data = fact["data"]
    lines = [
        {"code": line["code"], "base": plain(line["base"]), "rate": line["rate"], "amount": plain(line["amount"])}
        for line in data["lines"]
    ]
    return {
        "fact": fact["id"],
        **{field: data[field] for field in ("year", "stage", "version", "rules", "accountingDay")},
        "incomeFact": data.get("incomeFact"),
        "total": _total(data["lines"]),
        "lines": lines,
        "state": state,
    }


def _schedule(fact: dict, state: str) -> dict:
    data = fact["data"]
    return {
        "fact": fact["id"],
        **{field: data[field] for field in ("year", "version", "periodicity")},
        "replaces": data.get("replaces"),
        "total": _total([line for instalment in data["instalments"] for line in instalment["lines"]]),
        "state": state,
    }


def _reversals_reported(facts: TakenFacts) -> list:
    return [
        {
            **fields(fact, "partnerReference", "reverses", "valueOn", "reason"),
            "reportedFact": fact["data"].get("reportedFact"),
            "amount": plain(fact["data"]["amount"]),
        }
        for fact in facts.of("urssaf-sync.reversal-reported")
    ]


def _instalments(schedules: list, placed: dict) -> list:
    held: dict = {}
    for schedule in schedules:  # by year: the lower year keeps an id held twice
        for instalment in schedule["data"]["instalments"]:
            held.setdefault(instalment["id"], _instalment(instalment, schedule["data"]["version"], placed))
    return sorted(held.values(), key=lambda instalment: (instalment["dueOn"], instalment["id"]))


def _instalment(instalment: dict, version: int, placed: dict) -> dict:
    owed: dict = defaultdict(int)  # lines of the same year and code are one, at the place of the first
    for line in instalment["lines"]:
        owed[line["year"], line["code"]] += cents(line["amount"])
    paid = {line: placed.get((instalment["id"], *line), 0) for line in owed}
    return {
        **{field: instalment[field] for field in ("id", "dueOn", "means")},
        "schedule": version,
        **_amounts(sum(owed.values()), sum(paid.values()), "amount"),
        "lines": [
            {"year": year, "code": code, **_amounts(amount, paid[year, code], "amount")} for (year, code), amount in owed.items()
        ],
    }


SURCHARGES = ("majoration-initiale", "majoration-mensuelle")


def _surcharges(facts: TakenFacts, placed: dict) -> list:
    names = ("charged", "cancelled", "remitted")
    sums: dict = defaultdict(lambda: dict.fromkeys((*names, "paid"), 0))
    lines: dict = defaultdict(list)
    for name in names:
        for fact in facts.of(f"collection.surcharge-{name}"):
            for line in fact["data"]["lines"]:
                key = line["instalment"], line["year"], line["code"]
                sums[key][name] += cents(line["amount"])
                if name == "charged":
                    lines[key].append(_surcharge_line(fact, line))
    for key, amount in placed.items():
        if key[2] in SURCHARGES:
            sums[key]["paid"] += amount
    return [
        {
            "instalment": key[0],
            "year": key[1],
            "code": key[2],
            **{name: euros(amount) for name, amount in sums[key].items()},
            "remaining": euros(sums[key]["charged"] - sums[key]["cancelled"] - sums[key]["remitted"] - sums[key]["paid"]),
            "lines": lines[key],
        }
        for key in sorted(sums)
    ]


def _surcharge_line(fact: dict, line: dict) -> dict:
    return {
        "fact": fact["id"],
        **{field: line[field] for field in ("rate", "months", "from")},
        **{field: plain(line[field]) for field in ("base", "amount")},
    }


def _periods(assessments: list, placed: dict, surcharges: list) -> list:
    paid: dict = defaultdict(lambda: defaultdict(int))
    for (_, year, code), amount in placed.items():
        if code not in SURCHARGES:
            paid[year][code] += amount
    in_force = {fact["data"]["year"]: fact["data"] for fact in assessments}
    periods = []
    for year in sorted({*in_force, *paid, *(surcharge["year"] for surcharge in surcharges)}):
        called = _by_code(in_force[year]["lines"]) if year in in_force else {}
        codes = [*called, *sorted(code for code in paid[year] if code not in called)]
        periods.append(
            {
                "year": year,
                "stage": in_force[year]["stage"] if year in in_force else None,
                **_amounts(sum(called.values()), sum(paid[year].values()), "called"),
                "lines": [{"code": code, **_amounts(called.get(code, 0), paid[year].get(code, 0), "called")} for code in codes],
                "surcharges": _surcharged([surcharge for surcharge in surcharges if surcharge["year"] == year]),
            }
        )
    return periods


def _surcharged(surcharges: list) -> dict:
    def total(*names: str) -> int:
        return sum(cents(surcharge[name]) for surcharge in surcharges for name in names)

    return _amounts(total("charged") - total("cancelled", "remitted"), total("paid"), "called")


def _movements(assessments: list, payments: Payments, facts: TakenFacts) -> list:
    called: dict = defaultdict(int)
    paid: dict = defaultdict(int)
    before: dict = {}
    for fact in assessments:  # by year, version
        data = fact["data"]
        now, earlier = _by_code(data["lines"]), before.get(data["year"], {})
        for code in {*now, *earlier}:
            called[data["accountingDay"], data["year"], code] += now.get(code, 0) - earlier.get(code, 0)
        before[data["year"]] = now
    for name, sign in (("charged", 1), ("cancelled", -1), ("remitted", -1)):
        for fact in facts.of(f"collection.surcharge-{name}"):
            for line in fact["data"]["lines"]:
                called[fact["data"]["accountingDay"], line["year"], line["code"]] += sign * cents(line["amount"])
    for payment in payments.postings:
        reversal = payments.reversals.get(payment)
        for fact, part, amount in payments.movements(payment):
            paid[fact["data"]["accountingDay"], part["year"], part["code"]] += amount
            if reversal:
                paid[reversal["data"]["accountingDay"], part["year"], part["code"]] -= amount
    return [
        {
            "accountingDay": day,
            "year": year,
            "code": code,
            "called": euros(called.get((day, year, code), 0)),
            "paid": euros(paid.get((day, year, code), 0)),
        }
        for day, year, code in sorted({*called, *paid})
        if called.get((day, year, code)) or paid.get((day, year, code))
    ]


def _anomalies(facts: TakenFacts) -> list:
    closings = facts.first_by("anomalyId", "urssaf-sync.anomaly-closed")
    openings = facts.first_by("anomalyId", "urssaf-sync.anomaly-opened")
    return [
        {
            "id": anomaly,
            "type": opening["data"]["type"],
            "cause": opening["data"]["cause"],
            "opened": opening["id"],
            "closed": fields(closings[anomaly], "settledBy") if anomaly in closings else None,
        }
        for anomaly, opening in openings.items()
    ]


def _balance(periods: list, payments: list, refunds: list) -> dict:
    def total(items: list, field: str) -> str:
        return euros(sum(cents(item[field]) for item in items))

    return {
        **{field: total(periods, field) for field in ("called", "paid", "remaining")},
        "surcharges": euros(sum(cents(period["surcharges"]["remaining"]) for period in periods)),
        "credit": total(payments, "credit"),
        "refunds": total([refund for refund in refunds if refund["state"] == "ordered"], "amount"),
        "inTransit": total([payment for payment in payments if payment["state"] == "in-transit"], "amount"),
    }


def _by_code(lines: list) -> dict:
    sums: dict = defaultdict(int)
    for line in lines:
        sums[line["code"]] += cents(line["amount"])
    return sums


def _amounts(owed: int, paid: int, name: str) -> dict:
    return {name: euros(owed), "paid": euros(paid), "remaining": euros(owed - paid)}


def _total(lines: list) -> str:
    return euros(sum(cents(line["amount"]) for line in lines))
