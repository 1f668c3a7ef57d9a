"""What the oracle answers, and how money becomes an answer: from which payments, with which credits (ruling 35)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from oracle.world import World, minor
from oracle.worth import Part

FINAL = ("CASH_REFUND", "RESTORE_CREDITS", "SERVICE_CREDIT", "CANCELLATION", "NOT_REFUNDABLE")
_DAY_OF_WITHDRAWAL = {"BGN": "2026-02-01"}


@dataclass(frozen=True)
class Answer:
    """What is compared with the service: amounts in minor units, credits in millionths.

    `credits` are what a reviewer may restore or what may come of a wait, `effects` the changes of credits and of the
    subscription by type and by lot or event, `refunds` the amounts by payment.
    """

    disposition: str
    amount: int = 0
    bounds: tuple[int, int] | None = None
    credits: int = 0
    missing: frozenset[str] = frozenset()
    questions: frozenset[str] = frozenset()
    effects: frozenset[tuple[str, str, int]] = frozenset()
    refunds: frozenset[tuple[str, int]] = frozenset()
    fee_amount: int = 0
    tax_amount: int = 0
    parts: Sequence[Part] = field(default=(), compare=False, repr=False)

    @property
    def final(self) -> bool:
        """Whether the answer is the last word (ruling 41)."""
        return self.disposition in FINAL

    @property
    def most(self) -> int:
        """What is paid at most, after any judgement."""
        return self.amount + (self.bounds[1] if self.bounds else 0)


NO = Answer("NOT_REFUNDABLE")


def review(low: int, high: int, questions: Iterable[str], credits_: int = 0) -> Answer:
    """Return an answer that a reviewer has to complete."""
    return Answer("MANUAL_REVIEW", bounds=(low, high), credits=credits_, questions=frozenset(questions))


def cash(parts: Sequence[Part], more: int = 0, questions: Iterable[str] = ()) -> Answer:
    """Return an answer that pays, and to which a reviewer may add `more`."""
    amount = sum(part.amount for part in parts)
    if not more:
        return Answer("CASH_REFUND", amount, parts=tuple(parts)) if amount else NO
    if not amount:
        return review(0, more, questions)
    return Answer("CASH_REFUND", amount, (0, more), questions=frozenset(questions), parts=tuple(parts))


def wait(disposition: str, later: Sequence[Answer], missing: Iterable[str] = ()) -> Answer:
    """Return an answer that is none yet, with the most that may come of it (ruling 39)."""
    most = max((answer.most for answer in later), default=0)
    return Answer(disposition, bounds=(0, most), missing=frozenset(missing))


def carried_through(world: World, answer: Answer) -> Answer:
    """Return the answer with what goes with its money; in a withdrawn currency a reviewer pays (ruling 37)."""
    if answer.disposition != "CASH_REFUND":
        return answer
    if _is_withdrawn(world, answer.parts[0].payment):
        return review(answer.amount, answer.most, {*answer.questions, "currency_withdrawn"})
    fees = [part.gross.of(part.amount) for part in answer.parts]
    return replace(
        answer,
        effects=frozenset(_removed(world, answer.parts)) | _cancelled(world, answer.parts),
        refunds=frozenset(_refunds(world, answer.parts).items()),
        fee_amount=sum(fee for fee, _ in fees),
        tax_amount=sum(tax for _, tax in fees),
    )


def _is_withdrawn(world: World, payment: str) -> bool:
    code = world.payments[payment]["captured"]["currency_code"]
    return code in _DAY_OF_WITHDRAWAL and world.document["evaluate_at"] >= _DAY_OF_WITHDRAWAL[code]


def is_withdrawn(world: World, answer: Answer) -> bool:
    """Tell whether money would be due in a currency that is no longer one."""
    return bool(answer.parts) and _is_withdrawn(world, answer.parts[0].payment)


def _refunds(world: World, parts: Sequence[Part]) -> dict[str, int]:
    """Pay each part out of its own payment, and the rest out of the others of its group."""
    left = {name: world.really_left(name) for name in world.payments}
    found: dict[str, int] = {}

    def pay(name: str, amount: int) -> int:
        step = min(left[name], amount)
        left[name] -= step
        if step:
            found[name] = found.get(name, 0) + step
        return amount - step

    rests = [(part.payment, pay(part.payment, part.amount)) for part in parts]
    for name, rest in rests:
        group = [other for other in world.payments.values() if world.original(other["id"]) == world.original(name)]
        for other in sorted(group, key=lambda one: (one.get("captured_at") or "", one["id"])):
            rest = pay(str(other["id"]), rest)
    return found


def _removed(world: World, parts: Sequence[Part]) -> Iterable[tuple[str, str, int]]:
    """Return the credits that go: those that are paid for, and those of lots whose own charge came back whole."""
    gone: dict[str, tuple[int, int]] = {}
    for part in parts:
        if part.lot and (part.amount or part.double):
            gone[part.lot] = _of_lot(world, _in_proportion(part, parts))
    paid = {world.original(part.payment) for part in parts if part.amount}
    for lot in world.lots:
        name = lot.get("payment_id") or ""
        under_way = sum(minor(one["amount"]) for one in world.refunds(name) if one["status"] == "PENDING")
        back = world.captured(name) > 0 and not world.left(name) and not under_way
        grouped = any(one.get("duplicate_of") and world.original(one["id"]) in paid for one in world.payments.values())
        if back and grouped and world.original(name) in paid:
            have = world.credits[lot["id"]]
            gone[lot["id"]] = (have.base_left, have.bonus_left)
    for lot_id, (base, bonus) in gone.items():
        if base:
            yield "REMOVE_CREDITS", lot_id, base
        if bonus:
            yield "REMOVE_BONUS", lot_id, bonus


def _in_proportion(part: Part, parts: Sequence[Part]) -> Part:
    """Have the lots of a duplicate give the share of credits that is paid of all that it gives back."""
    if not part.double:
        return part
    together = [one for one in parts if one.payment == part.payment]
    due = sum(one.due for one in together)
    return replace(part, amount=sum(one.amount for one in together), due=due, worth=due)


def _of_lot(world: World, part: Part) -> tuple[int, int]:
    have = world.credits[part.lot]
    left = have.base_left
    if world.part is not None:
        base = min(left, world.part)
    elif part.amount < part.due:
        base = min(left, -(-part.amount * left // part.worth))
    else:
        base = left
    if world.p.get("bonus_removal") == "pro_rata" and left:
        return base, have.bonus_left * base // left
    return base, have.bonus_left


def _cancelled(world: World, parts: Sequence[Part]) -> frozenset[tuple[str, str, int]]:
    """Return what money back for a period does to the subscription (ruling 29)."""
    ends = any(part.amount and part.plan for part in parts)
    return frozenset(_ending(world, "CANCEL_NOW") if ends else ())


def _ending(world: World, kind: str) -> set[tuple[str, str, int]]:
    return {(kind, "", 0)} | ({("STOP_RENEWAL", "", 0)} if world.router else set())


def cancellation(world: World, kind: str) -> Answer:
    """Return an answer that ends the subscription and pays nothing."""
    return Answer("CANCELLATION", effects=frozenset(_ending(world, kind)))
