"""The facts that count, as the sections of the book ask for them."""

from __future__ import annotations

from collections import defaultdict


class TakenFacts:
    """The facts taken, by type, each type in the order of its author's seq."""

    def __init__(self, taken: dict) -> None:
        self._by_type: dict = defaultdict(list)
        for facts in taken.values():
            for fact in facts:
                self._by_type[fact["type"]].append(fact)

    def of(self, *names: str) -> list:
        found = [fact for name in names for fact in self._by_type[f"{name}.v1"]]
        return sorted(found, key=lambda fact: fact["seq"])

    def first_by(self, key: str, name: str) -> dict:
        """The facts of a type by a field of their payload; where several share it, the lowest seq stands."""
        first: dict = {}
        for fact in self.of(name):
            first.setdefault(fact["data"][key], fact)
        return first


def fields(fact: dict, *names: str) -> dict:
    return {"fact": fact["id"], **{name: fact["data"][name] for name in names}}
