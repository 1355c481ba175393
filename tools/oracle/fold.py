"""The account fold, written from docs/account/README.md alone. Section names are those of that page."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict

from book import book_of
from canonical import canonical

FOLD = 3


class FoldError(Exception):
    """Facts from which no account can be told: several subjects, none, or a fork."""


def fold_account(facts: list) -> dict:
    """Section 1: what goes in, what comes out."""
    account = _account_of(facts)
    taken = _taken(facts)
    vector = {author: len(taken[author]) for author in sorted(taken) if taken[author]}
    view = {"fold": FOLD, "vector": vector, "book": book_of(taken)}
    return {"account": account, **view, "fingerprint": hashlib.sha256(canonical(view).encode("utf-8")).hexdigest()}


def _account_of(facts: list) -> str:
    subjects = {fact.get("subject") for fact in facts}
    if len(subjects) != 1:
        raise FoldError("the facts of exactly one account are needed")
    (subject,) = subjects
    if not isinstance(subject, str) or not re.fullmatch(r"[0-9]{13}", subject):
        raise FoldError("the subject is not an account number")
    return subject


def _taken(facts: list) -> dict:
    """Per author, the facts from seq 1 up to the first hole, each number once."""
    by_author: dict = defaultdict(dict)
    for fact in facts:
        held = by_author[fact["source"][len("/isu/") :]].setdefault(fact["seq"], fact)
        if held["id"] != fact["id"]:
            raise FoldError(f"fork: {fact['source']} said two things under number {fact['seq']}")
    prefixes = {}
    for author, numbered in by_author.items():
        prefix = []
        while len(prefix) + 1 in numbered:
            prefix.append(numbered[len(prefix) + 1])
        prefixes[author] = prefix
    return prefixes
