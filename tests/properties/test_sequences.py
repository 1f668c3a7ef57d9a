"""Requests one after the other: what was paid is recorded, and the customer asks again."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest

from properties.decided import POLICIES, Bench, Decided, Document, holds_for_pairs
from properties.engine import Engine
from properties.transforms import carried_out, ordinary, requested_lots, without_statute


def _uncapped(one: Decided) -> bool:
    part = {"requested_amount", "requested_credits_micros"} & set(one.request)
    lots = requested_lots(one.document)
    return ordinary(one) and not part and not any(lot["reserved_micros"] for lot in lots)


def test_asking_again_pays_nothing(bench: Bench) -> None:
    """24: after a full ALLOW was carried out; uncapped, nothing reserved."""

    def again(one: Decided) -> Document | None:
        return carried_out(one) if one.kind == "CASH_REFUND" and _uncapped(one) else None

    holds_for_pairs(bench.twins(again, 80), lambda _, twin: twin.amount == 0)


def test_while_it_is_on_its_way_it_may_still_come_to_as_much(bench: Bench) -> None:
    """Ruling 10: a full ALLOW whose refund is pending is held, up to what it was: that refund may fail."""

    def meanwhile(one: Decided) -> Document | None:
        return carried_out(one, "PENDING") if one.kind == "CASH_REFUND" and _uncapped(one) else None

    pairs = bench.twins(meanwhile, 80)
    holds_for_pairs(pairs, lambda one, twin: (twin.kind, twin.most) == ("HOLD", one.amount))


@pytest.mark.parametrize("share", [2, 7])
def test_two_parts_pay_what_the_whole_pays(bench: Bench, share: int) -> None:
    """10: a request for some credits, carried out, then one for the rest; one lot of which nothing was refunded yet."""

    def in_credits(one: Decided) -> Document | None:
        lots = requested_lots(one.document)
        fresh = not any("refunds" in payment for payment in one.facts["payments"])
        if one.kind != "CASH_REFUND" or not _uncapped(one) or len(lots) != 1 or not fresh:
            return None
        made = copy.deepcopy(one.document)
        [lot] = lots
        made["request"]["requested_credits_micros"] = max(1, lot["base_micros"] // share)
        return made

    first = [(whole, part) for whole, part in bench.twins(in_credits, 60) if part.kind == "CASH_REFUND"]
    rest = []
    for whole, part in first:
        document = carried_out(part)
        assert document is not None
        del document["request"]["requested_credits_micros"]
        rest.append((whole.seed, document))
    found = bench.decide(rest)
    wholes = {id(part): whole for whole, part in first}
    pairs = [(part, second) for (_, part), second in zip(first, found, strict=True)]
    holds_for_pairs(pairs, lambda part, second: part.amount + second.amount == wholes[id(part)].amount)


def test_a_stricter_reading_never_pays_more(bench: Bench, tmp_path: Path) -> None:
    """23: strict or without the fee, against pro rata and with it; no statute in play."""
    chosen = [one for one in bench.all if ordinary(one)][:100]
    documents = [without_statute(one.document) for one in chosen]
    looser = {"partial_use": "pro_rata", "refund_fee": True}
    amounts = []
    for values in (looser, {**looser, "partial_use": "strict"}, {**looser, "refund_fee": False}):
        file = tmp_path / "parameters.json"
        file.write_text(json.dumps(dict.fromkeys(POLICIES, values)))
        with Engine(parameters=file) as engine:
            amounts.append([one.amount.amount_minor if one else None for one in engine.decide(documents)])
    for stricter in amounts[1:]:
        pairs = list(zip(amounts[0], stricter, strict=True))
        assert all(strict <= loose for loose, strict in pairs if loose is not None and strict is not None)
        assert sum(strict != loose for loose, strict in pairs) > 5
