package rulebook

# API requests that ended in an error, for which credits were deducted and not yet given back
_failed contains event if {
	some event in input.usage_events
	event.outcome == "ERROR"
	event.deducted > 0
	not event.already_restored
}

# METADATA
# title: The credits of a request that failed on the platform's side before any output are restored
restorations contains {"event": event.id, "credits": event.deducted, "cite": input.grounds.failed_request_restored} if {
	some event in _failed
	event.output_tokens == 0
	_platform_bears(event)
}

_platform_bears(event) if {
	event.error_origin == "PLATFORM"
	not _billed(event)
}

_platform_bears(event) if {
	event.error_origin == "UPSTREAM"
	not event.upstream_billed
}

# the upstream provider billed it, and that alone counts (`error_split`)
_billed(event) if {
	input.parameters.error_split == "upstream_billed_wins"
	event.upstream_billed
}

# METADATA
# title: A reviewer decides on a failed request whose error is of unknown origin
contested_reviews contains {
	"event": event.id,
	"code": "error_origin_unknown",
	"credits": event.deducted,
	"cite": input.grounds.error_origin_unknown,
} if {
	some event in _failed
	_of_unknown_origin(event)
}

# METADATA
# title: The origin of an error is not known
warnings contains {"code": "error_origin_unknown", "cite": input.grounds.error_origin_unknown} if {
	some event in _failed
	_of_unknown_origin(event)
}

# METADATA
# title: A reviewer decides on a failed request whose error was not the upstream provider's
contested_reviews contains {
	"event": event.id,
	"code": "technical_error",
	"credits": event.deducted,
	"cite": input.grounds.technical_error,
} if {
	some event in _failed
	event.error_origin != "UPSTREAM"
	not _of_unknown_origin(event)
}

# after some output, a request was delivered in part (ruling 40)
_of_unknown_origin(event) if {
	event.error_origin == "UNSPECIFIED"
	event.output_tokens == 0
}

# METADATA
# title: The service was delivered, its provider billed it, or its credits were restored before
contested_bars contains {"cite": input.grounds.service_delivered} if input.request.contested

# METADATA
# title: The credits of a contested request were restored before
warnings contains {"code": "already_restored", "cite": input.grounds.already_restored} if {
	some event in input.usage_events
	event.already_restored
}
