package rulebook_test

import data.lib.fixture_test as given
import data.rulebook

test_warns_of_an_error_of_unknown_origin[note] if {
	some note, tc in {
		"unknown": [given.contested({"error_origin": "UNSPECIFIED"}), {{"code": "error_origin_unknown"}}],
		"ours": [given.contested({}), set()],
		"with output": [given.contested({"error_origin": "UNSPECIFIED", "output_tokens": 1}), set()],
		"nothing deducted": [given.contested({"error_origin": "UNSPECIFIED", "deducted": 0}), set()],
		"restored before": [
			given.contested({"error_origin": "UNSPECIFIED", "already_restored": true}),
			{{"code": "already_restored"}},
		],
		"a success": [given.contested({"error_origin": "UNSPECIFIED", "outcome": "SUCCESS"}), set()],
		"one credit": [given.contested({"error_origin": "UNSPECIFIED", "deducted": 1}), {{"code": "error_origin_unknown"}}],
	}
	found := rulebook.warnings with input as given.grounded(tc[0])
	given.on({"error_origin_unknown", "already_restored"}, found) == tc[1]
}

test_reviews_errors[note] if {
	some note, tc in {
		"unknown": [given.contested({"error_origin": "UNSPECIFIED"}), {{"event": "E1", "code": "error_origin_unknown", "credits": 50}}],
		"ours": [given.contested({}), set()],
		"upstream": [given.contested({"error_origin": "UPSTREAM"}), set()],
		"a success": [given.contested({"outcome": "SUCCESS"}), set()],
	}
	found := rulebook.contested_reviews with input as given.grounded(tc[0])
	given.on({"error_origin_unknown"}, found) == tc[1]
}

test_bars_what_was_delivered[note] if {
	some note, tc in {
		"contested": [{"request": {"contested": true}}, {{}}],
		"not contested": [{}, set()],
	}
	found := rulebook.contested_bars with input as given.grounded(tc[0])
	given.on({"service_delivered"}, found) == tc[1]
}

test_restores_credits[note] if {
	some note, tc in {
		"ours": [given.contested({}), {{"event": "E1", "credits": 50}}],
		"ours, billed upstream": [given.contested({"upstream_billed": true}), {{"event": "E1", "credits": 50}}],
		"ours, billed, and that wins": [
			given.both(
				{"parameters": {"error_split": "upstream_billed_wins"}},
				given.contested({"upstream_billed": true}),
			),
			set(),
		],
		"ours, not billed, though that would win": [
			given.both({"parameters": {"error_split": "upstream_billed_wins"}}, given.contested({})),
			{{"event": "E1", "credits": 50}},
		],
		"upstream": [given.contested({"error_origin": "UPSTREAM"}), {{"event": "E1", "credits": 50}}],
		"upstream, billed": [given.contested({"error_origin": "UPSTREAM", "upstream_billed": true}), set()],
		"with output": [given.contested({"output_tokens": 1}), set()],
		"restored before": [given.contested({"already_restored": true}), set()],
		"a success": [given.contested({"outcome": "SUCCESS"}), set()],
		"one credit": [given.contested({"deducted": 1}), {{"event": "E1", "credits": 1}}],
	}
	found := rulebook.restorations with input as given.grounded(tc[0])
	given.on({"failed_request_restored"}, found) == tc[1]
}

test_reviews_technical_errors[note] if {
	some note, tc in {
		"unknown": [given.contested({"error_origin": "UNSPECIFIED"}), {{"event": "E1", "code": "error_origin_unknown", "credits": 50}}],
		"unknown, after some output": [
			given.contested({"error_origin": "UNSPECIFIED", "output_tokens": 1}),
			{{"event": "E1", "code": "technical_error", "credits": 50}},
		],
		"ours": [given.contested({}), {{"event": "E1", "code": "technical_error", "credits": 50}}],
		"upstream": [given.contested({"error_origin": "UPSTREAM"}), set()],
		"a success": [given.contested({"outcome": "SUCCESS"}), set()],
		"one credit": [given.contested({"deducted": 1}), {{"event": "E1", "code": "technical_error", "credits": 1}}],
		"nothing deducted": [given.contested({"deducted": 0}), set()],
		"restored before": [given.contested({"already_restored": true}), set()],
	}
	found := rulebook.contested_reviews with input as given.grounded(tc[0])
	given.on({"technical_error", "error_origin_unknown"}, found) == tc[1]
}
