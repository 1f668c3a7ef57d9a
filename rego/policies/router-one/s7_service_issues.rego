package policies["router-one"]

# METADATA
# title: A verified outage of the platform earns service credits
# custom: {clause: router-one/7-outage, role: GRANTS}
service_credits contains {"incident": incident.id, "credits": incident.sla_credit, "state": "due", "cite": rego.metadata.rule().custom} if {
	some incident in input.incidents
	_owed(incident)
	incident.verified
	incident.attribution == "PLATFORM"
}

# METADATA
# title: An outage that nobody verified
# custom: {clause: router-one/7-outage, role: LIMITS}
service_credits contains {
	"incident": incident.id,
	"credits": incident.sla_credit,
	"state": "review",
	"cite": rego.metadata.rule().custom,
} if {
	some incident in input.incidents
	_owed(incident)
	not incident.verified
	incident.attribution != "UPSTREAM"
}

# METADATA
# title: An outage that is attributed to nobody
# custom: {clause: router-one/7-outage, role: LIMITS}
service_credits contains {
	"incident": incident.id,
	"credits": incident.sla_credit,
	"state": "review",
	"cite": rego.metadata.rule().custom,
} if {
	some incident in input.incidents
	_owed(incident)
	incident.verified
	incident.attribution == "UNSPECIFIED"
}

_owed(incident) if {
	incident.sla_credit > 0
	not incident.already_granted
}

# METADATA
# title: No outage earns credits
# custom: {clause: router-one/7-outage, role: BARS}
service_bars contains {"cite": rego.metadata.rule().custom} if {
	input.request.remedy == "SERVICE_CREDIT"
}

# METADATA
# title: Granted before
# custom: {clause: router-one/7-outage, role: LIMITS}
warnings contains {"code": "already_granted", "cite": rego.metadata.rule().custom} if {
	input.request.remedy == "SERVICE_CREDIT"
	some incident in input.incidents
	incident.already_granted
}

# METADATA
# title: Service credits are not cash
# custom: {clause: router-one/7-not-cash, role: BARS}
refusals contains {"item": lot.id, "code": "category", "cite": rego.metadata.rule().custom} if {
	some lot in input.lots
	lot.category == "SERVICE"
	not lot.sold_elsewhere
}
