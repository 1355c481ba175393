"""Canonical JSON (RFC 8785) and amounts, by hand, for what facts and views are made of: no floats."""

from __future__ import annotations

import json
import re

_SHORT = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
# What does not stand in a text as it is. Nearly every text has none of it, and is not looked at character by character.
_SPECIAL = re.compile('["\\\\\x00-\x1f\ud800-\udfff]')
_LARGEST = 2**53 - 1
_AMOUNT = re.compile(r"(-?)(\d+)(?:\.(\d{1,2}))?", re.ASCII)


def canonical(value: object) -> str:
    """RFC 8785: keys ordered by their UTF-16 code units, no white space, the shortest escapes."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        # Beyond 2^53 another language would read another number.
        if abs(value) > _LARGEST:
            raise ValueError("an integer beyond 2^53 has no canonical form")
        return str(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(canonical(item) for item in value) + "]"
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(_text(key) + ":" + canonical(value[key]) for key in keys) + "}"
    raise ValueError(f"a {type(value).__name__} has no place in a fact or a view")


def _text(text: str) -> str:
    if not _SPECIAL.search(text):
        return '"' + text + '"'
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("a lone surrogate has no canonical form")
    return '"' + "".join(_SHORT.get(c) or (f"\\u{ord(c):04x}" if c < " " else c) for c in text) + '"'


def read_json(text: str) -> object:
    """JSON as our facts use it: a fraction, an exponent, NaN or a key given twice is refused."""
    return json.loads(text, parse_float=_refused, parse_constant=_refused, object_pairs_hook=_unique)


def _refused(text: str) -> object:
    raise ValueError("a number that is not a plain integer: amounts are texts")


def _unique(pairs: list) -> dict:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("an object with the same key twice")
    return found


def cents(amount: str) -> int:
    """Euros as text to exact cents."""
    found = _AMOUNT.fullmatch(amount)
    if not found:
        raise ValueError("an amount that is not euros with at most two decimals")
    sign, euros, decimals = found.groups()
    value = int(euros) * 100 + int((decimals or "").ljust(2, "0"))
    return -value if sign else value


def euros(value: int) -> str:
    """Cents to the only form an amount has in the book: whole euros, else exactly two decimals; never "-0"."""
    whole, rest = divmod(abs(value), 100)
    return ("-" if value < 0 else "") + (str(whole) if rest == 0 else f"{whole}.{rest:02d}")


def plain(amount: str) -> str:
    """An amount of a payload in the book's form."""
    return euros(cents(amount))
