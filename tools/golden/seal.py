"""Seals golden files of docs/account whose facts and view were written by hand: fills each fact's `previous` (the digest of its
author's fact before it) and the fingerprint of the view. Folds nothing: the book must already be there, reasoned from the page.

    python3 tools/golden/seal.py docs/account/golden/new-case.json
"""
import hashlib
import json
import sys


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")


def digest(value):
    return hashlib.sha256(canonical(value)).hexdigest()


# Behind a hole the fact before is lost, and its digest with it: any digest stands for it.
LOST = hashlib.sha256(b"lost").hexdigest()

for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        golden = json.load(file)
    for source in {fact["source"] for fact in golden["facts"]}:
        digests = {0: None}
        for fact in sorted((fact for fact in golden["facts"] if fact["source"] == source), key=lambda fact: fact["seq"]):
            fact["previous"] = digests.get(fact["seq"] - 1, LOST)
            digests[fact["seq"]] = digest(fact)
    view = golden["view"]
    view["fingerprint"] = digest({name: view[name] for name in ("fold", "vector", "book")})
    with open(path, "w", encoding="utf-8") as file:
        json.dump(golden, file, ensure_ascii=False, indent=2)
        file.write("\n")
