package decider.explanation

import data.decider.settlement
import data.law.statute
import data.law.withdrawal
import data.lib.purchases
import data.rulebook

# METADATA
# description: >-
#   What a reviewer has to decide, in order: one question for each finding that asked for the review, by its code. Where
#   P4 ends the evaluation, only P4 asks (ruling 40).
questions := sort({{"code": question.code, "clause": question.cite.clause} | _reviewed; some question in _asked})

_reviewed if _final.disposition == "MANUAL_REVIEW"

_reviewed if _left_to_review

_asked contains question if {
	some cause in _final.causes
	some question in _asked_by(cause)
}

_asked contains question if {
	settlement.repaid_in_doubt > 0
	"billing_errors" in _final.causes
	some question in _records
}

_asked_by("contested") := rulebook.contested_reviews

_asked_by("exceptions") := {_with_code(exception, code) |
	some exception in settlement.exceptions
	code := object.get({"duplicate_unverified": "duplicate_unverified"}, exception.code, "incorrect_charge")
}

_asked_by("agreements") := {_with_code(agreement, "governed_by_agreement") |
	some agreement in rulebook.agreements
	agreement.terms == "NOT_MODELLED"
}

_asked_by("bars") := {bar | some bar in rulebook.bars; bar.outcome == "review"}

_asked_by("over_bars") := {_with_code(found, "statutory_right_despite_disqualifier") | some found in statute.over_bars} if {
	input.parameters.statutory_vs_disqualifier == "review"
} else := _records

_asked_by("consents") := _records

_asked_by("reviews") := rulebook.reviews

_asked_by("outages") := {_with_code(outage, "outage_disruption") | some outage in rulebook.outages}

_asked_by("service_credits") := {_with_code(credit, "incident_unverified") |
	some credit in rulebook.service_credit_reviews
	input.request.remedy == "SERVICE_CREDIT"
}

_with_code(found, code) := {"code": code, "cite": found.cite}

# the records that decide what is due
_records := {warning |
	some item, codes in withdrawal.records_asked
	_in_doubt(item)
	some warning in statute.warnings
	warning.code in codes
}

# the policy does not pay all of it, and the answers to the open question differ
_in_doubt(item) if settlement.ceilings[item] > max({settlement.least[item], object.get(settlement.pays, item, 0)})

_in_doubt(item) if settlement.billing_errors[purchases.lots[item].payment_id].in_doubt > 0
