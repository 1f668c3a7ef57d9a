# METADATA
# title: The statutory right of withdrawal
# description: >-
#   How the right of withdrawal stands for each purchase, and what it pays back, whatever the policy says (rulings 18 to
#   22). The EU and the UK count alike.
# scope: package
package law.withdrawal

import data.law
import data.lib.purchases

# METADATA
# description: The customer is a consumer, or is taken for a consumer, in a country that has the right.
covered if {
	law.regimes[input.customer.country]
	_consumer
	input.customer.country in input.parameters.covered_countries
}

_consumer if input.customer.type == "CONSUMER"

_consumer if {
	input.customer.type == "UNKNOWN"
	input.parameters.unknown_as_consumer
}

# METADATA
# description: The customer is covered although it is not known whether they are a consumer (`unknown_as_consumer`).
taken_for_a_consumer if {
	input.customer.type == "UNKNOWN"
	covered
}

# METADATA
# description: The clauses of the customer's regime, by the code of the finding that cites them, where the customer is covered.
grounds := law.grounds[law.regimes[input.customer.country]] if covered

# METADATA
# description: >-
#   The contracts a covered consumer may withdraw from, by lot id (the plan under the empty id): the total price, how much
#   of it was used, the whole that it is a part of, the part that a request in credits covers, and what was paid back
#   before.
contracts := {id: contract |
	covered
	some id, bought in purchases.bought
	contract := object.union_n([bought.consent, _deemed_consent, _figures(bought)])
}

# deemed consent takes the request and the acknowledgement as given by the purchase itself (`deemed_consent`)
_deemed_consent := {"express_request": true, "loss_acknowledged": true} if {
	input.parameters.deemed_consent
} else := {}

_figures(bought) := {
	"total": (bought.base_price + fee(bought)) + bought.tax,
	"used": bought.used,
	"coverage": bought.base + bought.bonus,
	"asked": _asked(bought),
	"returned": bought.refunded_all,
	"renewal": false,
}

_figures(bought) := {
	"total": bought.amount,
	"used": bought.elapsed_s,
	"coverage": bought.period_s,
	"asked": bought.period_s,
	"returned": bought.refunded_all,
	"renewal": bought.first_period == false,
}

# METADATA
# description: The fee that is part of the total price (`statutory.fee_included`).
default fee(_) := 0

fee(lot) := lot.fee if {
	input.parameters["statutory.fee_included"]
	not lot.fee_kept_by_third_party
}

# the credits that a request in credits reaches, including those taken back before; any other request reaches all
_asked(lot) := lot.base_taken + min([input.request.credits, lot.left]) if {
	input.request.credits != null
} else := lot.base + lot.bonus

# METADATA
# description: The express request and the acknowledgement are both recorded.
consent_recorded(contract) if {
	contract.express_request
	contract.loss_acknowledged
}
