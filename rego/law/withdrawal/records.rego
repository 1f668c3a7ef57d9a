package law.withdrawal

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
# description: The records on which an open legal question depends, by id, as the codes of their warnings (ruling 40).
records_asked[id] contains "withdrawal_information_not_given" if {
	some id, claim in claims
	not claim.certain
	not contracts[id].information_given
}

records_asked[id] contains "no_consent_record" if {
	some id in _free_in_doubt
	not _consent_suffices(contracts[id])
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
_consent_suffices(contract) if {
	input.parameters["statutory.class"] == "service"
	contract.express_request
}

_consent_suffices(contract) if consent_recorded(contract)
