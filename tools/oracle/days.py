"""Days as the regulation counts them: months from date to date, and the bank days of TARGET."""

from __future__ import annotations

import calendar
from datetime import date, timedelta


def day(text: str) -> date:
    return date.fromisoformat(text)


def plus_months(start: date, months: int) -> date:
    """The same day of a later or earlier month, or its last one."""
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def easter(year: int) -> date:
    """Gregorian Easter, by the algorithm of Gauss as Lichtenberg completed it."""
    k = year // 100
    m = 15 + (3 * k + 3) // 4 - (8 * k + 13) // 25
    s = 2 - (3 * k + 3) // 4
    a = year % 19
    d = (19 * a + m) % 30
    r = (d + a // 11) // 29
    og = 21 + d - r
    sz = 7 - (year + year // 4 + s) % 7
    return date(year, 3, 1) + timedelta(days=og + 7 - (og - sz) % 7 - 1)


def is_bank_day(one: date) -> bool:
    if one.weekday() >= 5 or (one.month, one.day) in ((1, 1), (5, 1), (12, 25), (12, 26)):
        return False
    return (one - easter(one.year)).days not in (-2, 1)


def next_bank_day(one: date) -> date:
    while not is_bank_day(one):
        one += timedelta(days=1)
    return one


def plus_bank_days(one: date, count: int) -> date:
    step = timedelta(days=-1 if count < 0 else 1)
    for _ in range(abs(count)):
        one += step
        while not is_bank_day(one):
            one += step
    return one
