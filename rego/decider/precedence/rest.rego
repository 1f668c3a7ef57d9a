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
	excepted := _review_up_to("outages", 0, settlement.pays_without({"window", "strict"}), {})
	excepted.bounds.max > 0
} else := merits

# METADATA
# description: >-
#   P5 to P10: agreements, bars, the statute, the merits. Where every answer to an open question gives the same amount,
#   there is nothing to review (ruling 48).
rest := _review_up_to("agreements", settlement.settle({}, settlement.floors).amount, settlement.pays_without({"window"}), settlement.ceilings) if {
	some terms in settlement.agreed
	"NOT_MODELLED" in terms
	settlement.settle(settlement.pays_without({"window"}), settlement.ceilings).amount > _lawful.amount
} else := _despite_bars if {
	some bar in rulebook.bars
	bar.outcome == "deny"
} else := _review_up_to("bars", 0, settlement.pays, settlement.ceilings) if {
	some bar in rulebook.bars
	bar.outcome == "review"
	_best > _due_though_barred
} else := _review_up_to("consents", certain, settlement.pays, settlement.ceilings) if {
	_best > _plain.amount
	certain := settlement.settle(settlement.pays_unreviewed, settlement.late_floors).amount
} else := _review_up_to("reviews", 0, settlement.pays, settlement.least) if {
	rulebook.reviews != set()
	_plain.amount > settlement.settle(settlement.pays_unreviewed, settlement.least).amount
} else := _cash(_plain, "merits") if {
	_plain.amount > 0
} else := _answer("NOT_REFUNDABLE", ["merits"])

_plain := settlement.settle(settlement.pays, settlement.least)

# settling costs, so that it is done again only where an open legal question makes a difference
_best := _plain.amount if {
	settlement.ceilings == settlement.least
} else := settlement.settle(settlement.pays, settlement.ceilings).amount

_lawful := settlement.settle({}, settlement.least)

# what is due for certain even if the bar stands
_due_though_barred := _lawful.amount if {
	input.parameters.statutory_vs_disqualifier == "allow"
} else := 0

# what the statute pays although a bar denies the rest (ruling 20)
_despite_bars := _review_up_to("over_bars", 0, {}, settlement.ceilings) if {
	input.parameters.statutory_vs_disqualifier == "review"
	_lawful_most > 0
} else := _review_up_to("over_bars", settlement.settle({}, settlement.late_floors).amount, {}, settlement.ceilings) if {
	input.parameters.statutory_vs_disqualifier == "allow"
	_lawful_most > _lawful.amount
} else := _cash(_lawful, "over_bars") if {
	input.parameters.statutory_vs_disqualifier == "allow"
	_lawful.amount > 0
} else := _answer("NOT_REFUNDABLE", ["bars"])

_lawful_most := settlement.settle({}, settlement.ceilings).amount

_cash(paid, cause) := object.union(_answer("CASH_REFUND", [cause]), {"amount": paid.amount, "paid": paid})

# a review of what the policy and the statute owe at most
_review_up_to(cause, lowest, policy, statute) := object.union(
	_review([cause], lowest, paid.amount, 0),
	{"at_most": {"policy": policy, "paid": paid}},
) if {
	paid := settlement.settle(policy, statute)
}
