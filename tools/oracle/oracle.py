#!/usr/bin/env python3
"""The second implementation of the account fold (I4): another language, another hand, one fingerprint.

    oracle.py fold < facts          the view of one account (facts as a JSON array or one a line)
    oracle.py golden FOLDER         checks each golden file of docs/account/golden
    oracle.py compare < histories   checks lines {"facts": […], "view": {…}} made by another program
    oracle.py lives [FAULT] < lives judges lines {"life": …, "steps": […]}, commands with what they left of an account; FAULT is planted here on purpose

Standard library only. `docs/account/README.md` is the only source of the fold; of lives, the regulation and what `life.py` names.
"""

from __future__ import annotations

import json
import pathlib
import sys

from canonical import canonical, read_json
from fold import FoldError, fold_account
from life import PLANTED, judge


def main(arguments: list) -> int:
    command, *rest = arguments or ["help"]
    if command == "fold" and not rest:
        return _fold(sys.stdin.buffer.read().decode("utf-8"))
    if command == "golden" and len(rest) == 1:
        files = sorted(path for path in pathlib.Path(rest[0]).glob("*.json") if not path.name.endswith(".schema.json"))
        return _check((path.name, read_json(path.read_text(encoding="utf-8"))) for path in files)
    if command == "compare" and not rest:
        lines = (line.decode("utf-8") for line in sys.stdin.buffer if line.strip())
        return _check((f"history {number}", read_json(line)) for number, line in enumerate(lines, 1))
    if command == "lives" and (not rest or (len(rest) == 1 and rest[0] in PLANTED)):
        return _judge([json.loads(line) for line in sys.stdin.buffer if line.strip()], *rest)
    print(__doc__, file=sys.stderr)
    return 2


def _judge(lives: list, planted: str | None = None) -> int:
    """One line of JSON a life; the exit code is 0 only if there was one and all were right."""
    verdicts = [judge(life, planted) for life in lives]
    for verdict in verdicts:
        print(json.dumps(verdict, ensure_ascii=False))
    return 0 if verdicts and not any("differences" in verdict for verdict in verdicts) else 1


def _fold(text: str) -> int:
    if text.lstrip().startswith("["):
        facts = read_json(text)
    else:
        facts = [read_json(line) for line in text.split("\n") if line.strip()]
    try:
        print(canonical(fold_account(facts)))
    except FoldError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _check(cases) -> int:
    passed = failed = 0
    for name, case in cases:
        found = differences(case)
        passed, failed = passed + (not found), failed + bool(found)
        for line in found[:20]:
            print(f"{name}: {line}")
    print(f"{passed} passed, {failed} failed")
    # No case at all proves nothing: a wrong folder or an empty stream must not look green.
    return 0 if passed and not failed else 1


def differences(case: dict) -> list:
    """What the view told and the view found here do not share, path by path; `"error"` instead of a view expects a refusal."""
    try:
        found = fold_account(case["facts"])
    except FoldError as error:
        return [] if "error" in case else [f"refused here: {error}"]
    if "error" in case:
        return ["refused there, folded here"]
    apart = list(_apart("", case["view"], found))
    if not apart and canonical(case["view"]) != canonical(found):
        apart = ["equal by path, other in bytes"]
    return apart


def _apart(path: str, told: object, found: object):
    if isinstance(told, dict) and isinstance(found, dict):
        for key in sorted({*told, *found}):
            if key not in told or key not in found:
                yield f"{path}/{key}: only {'here' if key in found else 'there'}"
            else:
                yield from _apart(f"{path}/{key}", told[key], found[key])
    elif isinstance(told, list) and isinstance(found, list):
        for index, (one, other) in enumerate(zip(told, found)):
            yield from _apart(f"{path}/{index}", one, other)
        if len(told) != len(found):
            yield f"{path}: {len(told)} entries there, {len(found)} here"
    elif type(told) is not type(found) or told != found:
        yield f"{path}: {json.dumps(told)} there, {json.dumps(found)} here"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
