"""Generate the purchases of an account: the requested purchases, others, and their payments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from decider.authoring.generate.chance import Dice
from decider.authoring.generate.policy_edges import Scope
from decider.authoring.generate.random_duplicates import charge_again, give_back, group_of
from decider.authoring.generate.random_lots import lot, price
from decider.authoring.generate.random_payments import overcharge, pay, refunds, unsettle
from decider.authoring.generate.random_plans import plan, plan_bought
from decider.authoring.generate.random_times import (
    DAY,
    SECOND,
    WITHDRAWN,
    asked_at,
    bought_at,
    bought_before_withdrawal,
)

__all__ = ["ORDER", "Purchases", "purchases"]

ORDER = "ORD-1"


@dataclass
class Purchases:
    """Lots, plan and payments; `wanted` are the requested lots (none if the plan is requested), `asked` is the time."""

    asked: int
    wanted: list[dict[str, Any]] = field(default_factory=list)
    others: list[dict[str, Any]] = field(default_factory=list)
    plan: dict[str, Any] | None = None
    payments: list[dict[str, Any]] = field(default_factory=list)

    @property
    def lots(self) -> list[dict[str, Any]]:
        """All lots."""
        return [*self.wanted, *self.others]


def purchases(dice: Dice, scope: Scope, theme: str, zone: str) -> Purchases:
    """Make the purchases of a document; `theme` says what it is about."""
    bought = bought_before_withdrawal(dice) if theme == "withdrawn" else bought_at(dice, scope)
    made = Purchases(asked=asked_at(dice, scope, bought, zone))
    cost = price(dice, scope)
    if theme == "withdrawn":
        cost = (WITHDRAWN, cost[1])
    if theme == "plan" or (theme == "wrong" and dice.chance(0.2)):
        _add_plan(dice, made, bought, cost)
    else:
        _add_lots(dice, scope, made, bought, cost, alike=theme == "shared")
        if theme == "double":
            _add_twin(dice, made, bought, cost)
    if dice.chance(0.4 if theme == "incomplete" else 0.25):
        _add_others(dice, scope, made)
    if theme == "wrong" and made.payments and "expected" not in made.payments[0]:
        overcharge(dice, made.payments[0])
    if theme == "shared" and made.payments:
        unsettle(dice, made.payments[0], {"LOST": 1})
    _settle(dice, made)
    return made


def _add_plan(dice: Dice, made: Purchases, bought: int, cost: tuple[str, int]) -> None:
    made.plan = plan(dice, bought, cost)
    if dice.chance(0.35):
        start = bought if made.plan["period_start"] == made.plan.get("charged_at") else bought + DAY
        made.asked = max(bought, plan_bought(dice, start, start + 30 * DAY))
    if "charged_at" in made.plan or dice.chance(0.5):
        made.payments.append(pay(dice, "pay-s1", [], made.plan, bought))


def _add_lots(dice: Dice, scope: Scope, made: Purchases, bought: int, cost: tuple[str, int], *, alike: bool) -> None:
    """Add the lots of the order; if `alike`, there are several lots, and one payment paid for them."""
    currency, _ = cost
    for index in range(dice.weighted({2: 3, 3: 1} if alike else {1: 14, 2: 3, 3: 1})):
        if index:
            cost = (currency, price(dice, scope)[1])
        at = bought if dice.chance(0.7) else max(bought - 2 * DAY, min(made.asked, bought + index * DAY))
        one = {**lot(dice, f"lot-{index + 1}", at, cost), "order_ref": ORDER}
        if alike:
            one["category"] = "PAID"
        if one["category"] != "PAID" and dice.chance(0.7):
            _give_away(one)
        made.wanted.append(one)
    for one in made.wanted if not alike and dice.upset(0.03) else ():
        if dice.chance(0.7):
            one["sold_by"] = "reseller"
    if alike:
        made.payments.append(pay(dice, "pay-1", made.wanted, None, bought))
    else:
        _pay_for(dice, made, made.wanted, bought, "pay-")


def _give_away(lot: dict[str, Any]) -> None:
    """Make a lot free, as granted credits mostly are."""
    for key in ("base_price", "fee", "tax"):
        lot[key] = {**lot[key], "amount_minor": 0}


def _pay_for(dice: Dice, made: Purchases, lots: Sequence[dict[str, Any]], at: int, prefix: str) -> None:
    """Pay for lots with one payment or one payment each; free lots mostly have none."""
    due = [one for one in lots if one["category"] == "PAID" or one["base_price"]["amount_minor"] or dice.chance(0.1)]
    alike = len({(one["category"], one.get("sold_by")) for one in due}) == 1
    groups = [due] if alike and dice.chance(0.5) else [[one] for one in due]
    for index, group in enumerate(groups):
        made.payments.append(pay(dice, f"{prefix}{index + 1}", group, None, at))


def _add_twin(dice: Dice, made: Purchases, bought: int, cost: tuple[str, int]) -> None:
    """Charge the requested purchase again, with a second lot or without credits."""
    if not made.payments:
        return
    own = made.payments[0]
    kind = dice.weighted({"asked": 3, "twin": 1, "payments": 6})
    if kind != "payments":
        twin = {**lot(dice, "lot-0", bought - 6 * SECOND, cost), "order_ref": "ORD-0", "category": "PAID"}
        first = pay(dice, "pay-0", [twin], None, bought - 6 * SECOND)
        double, original = (first, own) if kind == "twin" else (own, first)
        double |= {"duplicate_of": original["id"], "duplicate_verified": dice.chance(0.7)}
        made.others.append(twin)
        made.payments.append(first)
    if kind == "payments" or dice.chance(0.3):
        made.payments += charge_again(dice, own, bought)


def _add_others(dice: Dice, scope: Scope, made: Purchases) -> None:
    """Add purchases that are not requested, some of them later than the request."""
    some = []
    for index in range(dice.weighted({1: 4, 2: 1})):
        at = made.asked + dice.weighted({-20 * DAY: 3, -DAY: 3, -1: 1, 60 * SECOND: 1})
        one = {**lot(dice, f"lot-{index + 7}", at, price(dice, scope)), "order_ref": f"ORD-{index + 7}"}
        if one["category"] != "PAID":
            _give_away(one)
        some.append(one)
    for index, one in enumerate(some):
        _pay_for(dice, made, [one], made.asked - DAY, f"pay-{index + 7}-")
    made.others += some
    if made.plan is None and dice.chance(0.3):
        made.plan = plan(dice, made.asked - 3 * DAY, price(dice, scope))
        made.payments.append(pay(dice, "pay-s1", [], made.plan, made.asked - 3 * DAY))


def _settle(dice: Dice, made: Purchases) -> None:
    """Refund some payments, and dispute some."""
    done: list[str] = []
    for payment in made.payments:
        group = group_of(made.payments, str(payment["id"]))
        if len(group) > 1 and payment["id"] not in done:
            give_back(dice, [one for one in made.payments if one["id"] in group], made.lots, made.asked)
            done += group
        if payment["id"] in done:
            continue
        paid_for = [one for one in made.lots if one.get("payment_id") == payment["id"]]
        if dice.upset(0.13):
            refunds(dice, payment, paid_for, made.asked)
        if "dispute" not in payment and dice.upset(0.1) and not any("sold_by" in one for one in paid_for):
            unsettle(dice, payment)
