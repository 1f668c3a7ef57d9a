package rulebook

# METADATA
# title: A reviewer decides on a refund for a verified outage that caused a significant disruption
outages contains {"cite": input.grounds.significant_outage} if {
	some incident in input.incidents
	incident.verified
	incident.significant
}

# METADATA
# title: A verified outage of the platform earns service credits
service_credits contains {"incident": incident.id, "credits": incident.sla_credit, "cite": input.grounds.outage_credited} if {
	some incident in _uncredited
	incident.verified
	incident.attribution == "PLATFORM"
}

# METADATA
# title: A reviewer decides on service credits for an outage that is not verified or not attributed
service_credit_reviews contains {"incident": incident.id, "credits": incident.sla_credit, "cite": input.grounds.outage_credit_reviewed} if {
	some incident in _uncredited
	_outage_in_doubt(incident)
}

_outage_in_doubt(incident) if {
	not incident.verified
	incident.attribution != "UPSTREAM"
}

_outage_in_doubt(incident) if incident.attribution == "UNSPECIFIED"

_uncredited contains incident if {
	some incident in input.incidents
	incident.sla_credit > 0
	not incident.already_granted
}

# METADATA
# title: No outage earns service credits
service_bars contains {"cite": input.grounds.no_service_credits} if input.request.remedy == "SERVICE_CREDIT"

# METADATA
# title: The service credits for an incident were granted before
warnings contains {"code": "already_granted", "cite": input.grounds.already_credited} if {
	input.request.remedy == "SERVICE_CREDIT"
	some incident in input.incidents
	incident.already_granted
}
