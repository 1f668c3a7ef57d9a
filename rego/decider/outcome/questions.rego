package decider.outcome

import data.law.withdrawal
import data.lib.purchases

# METADATA
# description: >-
#   What a person has to decide: one question for each finding that asked for the review, by the code of its text; where P4
#   ends the evaluation, only what P4 asks (ruling 40).
questions := {{"code": asked.code, "clause": asked.cite.clause} | some asked in _asked} if {
	_is_asked
} else := set()

_is_asked if final.disposition == "MANUAL_REVIEW"

_is_asked if left_to_review

_asked contains asked if {
	some why in final.why
	some asked in _asked_by(why)
}

_asked contains record if {
	reversals_in_doubt > 0
	"reversals" in final.why
	some record in _records
}

_asked_by("contested") := said.contested_reviews

_asked_by("exceptions") := {object.union(exception, {"code": _exception_codes[exception.code]}) | some exception in exceptions}

_asked_by("agreements") := {{"code": "governed_by_agreement", "cite": agreement.cite} |
	some agreement in said.agreements
	agreement.terms == "NOT_MODELLED"
}

_asked_by("bars") := {bar | some bar in said.bars; bar.outcome == "review"}

_asked_by("over_bars") := {{"code": "statutory_right_despite_disqualifier", "cite": element.cite} |
	some element in law_said.over_bars
} if {
	input.parameters.statutory_vs_disqualifier == "review"
} else := _records

_asked_by("consents") := _records

_asked_by("reviews") := said.reviews

_asked_by("outages") := {{"code": "outage_disruption", "cite": outage.cite} | some outage in said.outages}

_asked_by("service_credits") := {{"code": "incident_unverified", "cite": credit.cite} |
	some credit in said.service_credits
	credit.state == "review"
	input.request.remedy == "SERVICE_CREDIT"
}

_exception_codes := {
	"duplicate_unverified": "duplicate_unverified",
	"overcharge": "incorrect_charge",
	"late_charge": "incorrect_charge",
}

_records := {warning |
	some item, codes in withdrawal.records_asked
	_in_doubt(item)
	some warning in law_said.warnings
	warning.code in codes
}

# the record decides what is due: the policy does not pay all of it, and the outcomes differ
_in_doubt(item) if ceilings[item] > max({least[item], object.get(pays, item, 0)})

_in_doubt(item) if reversals[purchases.lots[item].payment_id].in_doubt > 0
