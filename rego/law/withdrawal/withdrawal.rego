# METADATA
# title: The statutory floor
# description: >-
#   What the right of withdrawal pays back, whatever the policy says (rulings 18 to 22). The EU
#   and the UK count alike; what each calls it stands in law/eu and law/uk.
# scope: package
package law.withdrawal

import data.law
import data.lib.money
import data.lib.purchases

# METADATA
# description: The customer is a consumer, or is taken for one, in a country that has the right.
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
# description: The customer is covered though nobody said whether a consumer (`unknown_as_consumer`).
taken_for_a_consumer if {
	input.customer.type == "UNKNOWN"
	covered
}

# METADATA
# description: The regime of the customer's country, where the customer is covered.
regime := law.regimes[input.customer.country] if covered

# METADATA
# description: >-
#   The contracts a covered consumer may withdraw from, by lot id (the plan under the empty id): the total price, how
#   much of it was used, of which coverage, up to which share a request in credits goes, and what was paid back before.
contracts[id] := object.union(_consents(lot.consent), {
	"total": (lot.base_price + fee(lot)) + lot.tax,
	"used": lot.used,
	"coverage": lot.base + lot.bonus,
	"asked": _asked(lot),
	"returned": lot.refunded_all,
	"renewal": false,
}) if {
	covered
	some id, lot in purchases.lots
}

contracts[id] := object.union(_consents(plan.consent), {
	"total": plan.amount,
	"used": plan.elapsed_s,
	"coverage": plan.period_s,
	"asked": plan.period_s,
	"returned": plan.refunded_all,
	"renewal": _renewal(plan),
}) if {
	covered
	some id, plan in purchases.plans
}

_renewal(plan) := plan.first_period == false

# METADATA
# description: The fee that is part of the total price (`statutory.fee_included`).
default fee(_) := 0

fee(lot) := lot.fee if {
	input.parameters["statutory.fee_included"]
	not lot.fee_kept_by_third_party
}

# credits a request in credits reaches, those taken back before included; without one, all of them
_asked(lot) := lot.base_taken + min([input.request.credits, lot.left]) if input.request.asked == "CREDITS"

_asked(lot) := lot.base + lot.bonus if input.request.asked != "CREDITS"

# deemed consent takes the request and the acknowledgement as given by the purchase itself (`deemed_consent`)
_consents(consent) := object.union(consent, {"express_request": true, "loss_acknowledged": true}) if input.parameters.deemed_consent

_consents(consent) := consent if not input.parameters.deemed_consent

# METADATA
# description: The end of a contract's period that applies, and the instants it follows from; every one is exclusive.
periods[id] := {
	"day_ends": ends.ends,
	"ends": _moved(ends.ends, ends.moved_ends),
	"extended_ends": _moved(ends.extended_ends, ends.extended_moved_ends),
} if {
	some id, _ in contracts
	ends := input.calendar.withdrawal[id]
}

_moved(unmoved, moved) := moved if {
	_rolls_over
} else := unmoved

# METADATA
# description: >-
#   Contracts whose period ends on a non-working day, so that it matters whether its end is moved - day 14, or the end of
#   the twelve months more where that is the one that counts.
ends_on_a_free_day contains id if {
	some id, _ in contracts
	not id in spent
	ends := input.calendar.withdrawal[id]
	not _longer(id)
	ends.moved_ends > ends.ends
}

ends_on_a_free_day contains id if {
	some id, ends in input.calendar.withdrawal
	_longer(id)
	ends.extended_moved_ends > ends.extended_ends
}

_longer(id) if {
	not contracts[id].information_given
	input.request.requested_at >= periods[id].ends
}

# METADATA
# description: Contracts of which the end that counts was moved to a working day.
moved contains id if {
	_rolls_over
	some id in ends_on_a_free_day
}

# a country that the map does not name moves the end to the next working day (ruling 22)
_rolls_over if object.get(input.parameters["statutory.rollover"], input.customer.country, true)

# METADATA
# description: >-
#   Renewed contracts that give no second right, since the consumer was told that they renew (C-565/22).
spent contains id if {
	some id, contract in contracts
	contract.renewal
	contract.information_given
}

# METADATA
# description: Contracts withdrawn from in time; `late` where only the missing information made it so (ruling 19).
in_time[id] := {"late": false} if {
	some id, period in periods
	not contracts[id].renewal
	input.request.requested_at < period.ends
}

in_time[id] := {"late": true} if {
	some id, period in periods
	not contracts[id].information_given
	input.request.requested_at < period.extended_ends
	_only_uninformed(contracts[id], period)
}

_only_uninformed(_, period) if input.request.requested_at >= period.ends

_only_uninformed(contract, _) if contract.renewal

# METADATA
# description: >-
#   Contracts in time whose right had ended before, by full performance or, for digital content, by its start.
ended contains id if {
	some id, _ in in_time
	_performed(contracts[id])
}

_performed(contract) if {
	input.parameters["statutory.class"] == "service"
	contract.used == contract.coverage
	contract.express_request
	contract.loss_acknowledged
}

_performed(contract) if {
	input.parameters["statutory.class"] == "digital_content"
	contract.used > 0
	contract.express_request
	contract.loss_acknowledged
	contract.confirmation_sent
}

# METADATA
# description: >-
#   How a contract in time stands: `whole` where nothing was used; `share` where the consumer owes what was used;
#   `free` where the consumer may owe nothing, because a record is missing.
standing[id] := "whole" if {
	some id, _ in in_time
	contracts[id].used == 0
}

standing[id] := "share" if {
	some id, _ in in_time
	contract := contracts[id]
	contract.used > 0
	not id in ended
	input.parameters["statutory.class"] == "service"
	contract.express_request
	contract.information_given
}

standing[id] := "free" if {
	some id, _ in in_time
	contract := contracts[id]
	contract.used > 0
	not id in ended
	not _on_request(contract)
}

_on_request(contract) if {
	input.parameters["statutory.class"] == "service"
	contract.express_request
	contract.information_given
}

# METADATA
# description: >-
#   What each right is worth, in minor units: `gross`, `due` after earlier refunds, `net` after a lost dispute as well; and
#   whether that is `certain` or a legal call (`free`, `late`). Only rights worth something are here.
claims[id] := object.union(right, {"net": _net[id]}) if some id, right in _rights

_net := purchases.less_lost({id: right.due | some id, right in _rights})

_rights[id] := {
	"gross": gross,
	"due": max([0, gross - contract.returned]),
	"certain": _certain(id),
	"late": in_time[id].late,
} if {
	some id, stands in standing
	contract := contracts[id]
	gross := _gross(contract, stands)
	gross > 0
}

# what was used is owed, and what a request in credits leaves out is not given back
_gross(contract, stands) := min([
	contract.total - _owed(contract, stands),
	contract.total - money.quotient(contract.total * (contract.coverage - contract.asked), contract.coverage),
])

# METADATA
# description: >-
#   What each right is worth whichever way an open legal call ends, by id, as `gross` and `due`: where a record is missing
#   the consumer may owe the share that was used, and where only the twelve months keep the right it may be over (ruling 48).
least[id] := {"gross": gross, "due": max([0, gross - contracts[id].returned])} if {
	some id, claim in claims
	gross := _least_gross(id, claim)
}

_least_gross(id, claim) := claim.gross if {
	claim.certain
} else := 0 if {
	claim.late
} else := 0 if {
	input.parameters["statutory.class"] == "digital_content"
} else := _gross(contracts[id], "share")

# METADATA
# description: The records that an open legal call hangs on, by id, as the codes of their warnings (ruling 40).
records_asked[id] contains "withdrawal_information_not_given" if {
	some id, claim in claims
	not claim.certain
	not contracts[id].information_given
}

records_asked[id] contains "no_consent_record" if {
	some id in _free_in_doubt
	not consent_recorded(contracts[id])
	_consent_counts(contracts[id])
}

records_asked[id] contains "no_confirmation_record" if {
	some id in _free_in_doubt
	input.parameters["statutory.class"] == "digital_content"
	not contracts[id].confirmation_sent
}

_free_in_doubt contains id if {
	some id, claim in claims
	not claim.certain
	standing[id] == "free"
}

# a service asks for the express request alone, digital content for the acknowledgement as well
_consent_counts(contract) if not contract.express_request

_consent_counts(_) if input.parameters["statutory.class"] == "digital_content"

_owed(contract, "share") := money.quotient(contract.total * contract.used, contract.coverage)

_owed(_, "whole") := 0

_owed(_, "free") := 0

default _certain(_) := false

_certain(_) if input.parameters.no_consent_mode == "allow"

_certain(id) if {
	not in_time[id].late
	standing[id] != "free"
}

# METADATA
# description: >-
#   The customer has a claim, earlier refunds not taken off. No channel is asked for then, an order is inferred (ruling 6).
claimed if some _ in claims

# METADATA
# description: An order is known, because it is named, or because it may be inferred (rulings 3, 6).
order_known if input.request.order_named

order_known if {
	input.request.order_inferable
	input.parameters.infer_order_ref
}

order_known if {
	input.request.order_inferable
	claimed
}

# METADATA
# description: REFUND_BY and its instant, for every covered consumer with a claim that is not paid yet (ruling 18).
repay_by := input.request.received_at + law.repayment_ns if {
	some claim in claims
	claim.net > 0
}

# METADATA
# description: The withdrawal function was used by a covered consumer since it is mandatory (ruling 22).
acknowledged_duty if {
	covered
	input.request.channel == "WITHDRAWAL_FUNCTION"
	input.calendar.requested_on >= law.withdrawal_function_from
}

# METADATA
# description: >-
#   Last second of the statutory period of anything that is worth something, by id; twelve months later where the
#   consumer was not told.
until[id] := _last_second(periods[id], contracts[id]) if some id, _ in claims

# METADATA
# description: >-
#   Last second of the statutory period of what was withdrawn from too late, by id; what was fully performed by then aside.
lapsed[id] := _last_second(periods[id], contract) if {
	some id, contract in contracts
	not in_time[id]
	not id in spent
	not _performed(contract)
	contract.total > contract.returned
}

_last_second(period, contract) := period.ends - 1000000000 if contract.information_given

_last_second(period, contract) := period.extended_ends - 1000000000 if not contract.information_given

# METADATA
# description: Claims whose records matter, because something was used or only the twelve months keep the claim.
record_matters contains id if {
	some id, _ in claims
	contracts[id].used > 0
}

record_matters contains id if {
	some id, claim in claims
	claim.late
}

# METADATA
# description: The express request and the acknowledgement are both recorded.
consent_recorded(contract) if {
	contract.express_request
	contract.loss_acknowledged
}
