package law.withdrawal

import data.lib.money
import data.lib.purchases

# METADATA
# description: >-
#   The state of the right for each contract that was withdrawn from in time: `whole` where nothing was used; `performed`
#   where the right has ended, by full performance or, for digital content, by its start; `share` where the consumer owes
#   what was used; `free` where the consumer may owe nothing, because a record is missing.
standing := {id: _stands(contracts[id]) | some id, _ in in_time}

_stands(contract) := "whole" if {
	contract.used == 0
} else := "performed" if {
	_performed(contract)
} else := "share" if {
	input.parameters["statutory.class"] == "service"
	contract.express_request
	contract.information_given
} else := "free"

_performed(contract) if {
	input.parameters["statutory.class"] == "service"
	contract.used == contract.coverage
	consent_recorded(contract)
}

_performed(contract) if {
	input.parameters["statutory.class"] == "digital_content"
	consent_recorded(contract)
	contract.confirmation_sent
}

# METADATA
# description: >-
#   What each right is worth, in minor units: `gross`, `due` after earlier refunds, `net` after a lost dispute as well; and
#   whether that is `certain` or a legal question (`free`, `late`). Only rights worth something are here.
claims := {id: claim |
	some id, stands in standing
	contract := contracts[id]
	gross := _worth(contract, _charged(contract, stands))
	gross > 0
	due := max([0, gross - contract.returned])
	claim := {
		"gross": gross,
		"due": due,
		"net": max([0, due - object.get(purchases.lost_of, id, 0)]),
		"certain": _certain(in_time[id].late, stands),
		"late": in_time[id].late,
	}
}

# the price without what was used and is charged, or without what a request in credits leaves out, if that is more
_worth(contract, charged) := contract.total - money.quotient(contract.total * left_out, contract.coverage) if {
	left_out := max([charged, contract.coverage - contract.asked])
}

_charged(contract, "share") := contract.used

_charged(_, stands) := 0 if stands in {"whole", "free"}

default _certain(_, _) := false

_certain(_, _) if input.parameters.no_consent_mode == "allow"

_certain(false, stands) if stands != "free"

# METADATA
# description: The customer has a claim, even if earlier refunds have paid it.
claimed if claims != {}

# METADATA
# description: >-
#   The lowest value of each right over all outcomes of an open legal question, by id, as `gross` and `due`: where a record
#   is missing the consumer may owe the share that was used, and where only the twelve months keep the right it may be over
#   (ruling 48).
least := {id: {"gross": gross, "due": max([0, gross - contracts[id].returned])} |
	some id, claim in claims
	gross := _least_gross(contracts[id], claim)
}

_least_gross(contract, claim) := claim.gross if {
	claim.certain
} else := _worth(contract, contract.used) if {
	not claim.late
	input.parameters["statutory.class"] == "service"
} else := 0
