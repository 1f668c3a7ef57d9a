package decider.precedence

import data.decider.settlement
import data.rulebook

# METADATA
# description: >-
#   The merits, and where they deny, an outage that a reviewer may consider: what P8 to P10 would pay without the bar
#   (ruling 13).
considered := excepted if {
	merits.disposition == "NOT_REFUNDABLE"
	rulebook.outages != set()
	excepted := _review_up_to("outages", 0, settlement.settle(settlement.pays_without({"window", "strict"}), {}))
	excepted.bounds.max > 0
} else := merits

# METADATA
# description: >-
#   P5 to P10: agreements, bars, the statute, the merits. Where every answer to an open question gives the same amount,
#   there is nothing to review (ruling 48).
rest := _review_up_to("agreements", settlement.settle({}, settlement.floors).amount, most) if {
	some terms in settlement.agreed
	terms.NOT_MODELLED
	most := settlement.settle(settlement.pays_without({"window"}), settlement.ceilings)
	most.amount > _lawful.amount
} else := _despite_bars if {
	some bar in rulebook.bars
	bar.outcome == "deny"
} else := _review_up_to("bars", 0, _best) if {
	some bar in rulebook.bars
	bar.outcome == "review"
	_best.amount > object.get({"allow": _lawful.amount}, input.parameters.statutory_vs_disqualifier, 0)
} else := _review_up_to("consents", settlement.settle(settlement.pays_unreviewed, settlement.late_floors).amount, _best) if {
	_best.amount > _plain.amount
} else := _review_up_to("reviews", 0, _plain) if {
	rulebook.reviews != set()
	_plain.amount > settlement.settle(settlement.pays_unreviewed, settlement.least).amount
} else := _cash("merits", _plain) if {
	_plain.amount > 0
} else := object.union(_answer("NOT_REFUNDABLE", ["merits"]), {"paid": {"policy": _denied}})

# the policy pays nothing, or something that the least amount or an earlier payment keeps back
_denied := {} if {
	some amount in settlement.contract_due
	amount > 0
} else := settlement.pays

_plain := settlement.settle(settlement.pays, settlement.least)

# settling costs, so that it is done again only where an open legal question makes a difference
_best := _plain if {
	settlement.ceilings == settlement.least
} else := settlement.settle(settlement.pays, settlement.ceilings)

_lawful := settlement.settle({}, settlement.least)

# what the statute pays although a bar denies the rest (ruling 20)
_despite_bars := _review_up_to("over_bars", 0, most) if {
	input.parameters.statutory_vs_disqualifier == "review"
	most := settlement.settle({}, settlement.ceilings)
	most.amount > 0
} else := _review_up_to("over_bars", settlement.settle({}, settlement.late_floors).amount, most) if {
	input.parameters.statutory_vs_disqualifier == "allow"
	most := settlement.settle({}, settlement.ceilings)
	most.amount > _lawful.amount
} else := _cash("over_bars", _lawful) if {
	input.parameters.statutory_vs_disqualifier == "allow"
	_lawful.amount > 0
} else := _answer("NOT_REFUNDABLE", ["bars"])

_cash(cause, paid) := object.union(_answer("CASH_REFUND", [cause]), {"amount": paid.amount, "paid": paid})

# a review of what the policy and the statute owe at most
_review_up_to(cause, lowest, paid) := object.union(_decision("MANUAL_REVIEW", [cause], [lowest, paid.amount, 0]), {"at_most": paid})
