package rulebook_test

import data.lib.fixture_test as given
import data.rulebook

test_answers_in_time[note] if {
	some note, tc in {
		"a refund": [
			{},
			{{"type": "RESPOND_BY", "on": "answer", "due": given.calendar.completion_days[1] - given.second, "not_before": 0}},
		],
		"contested": [
			{"request": {"remedy": "RESTORE_CREDITS", "contested": true}},
			{{"type": "RESPOND_BY", "on": "answer", "due": given.calendar.completion_days[1] - given.second, "not_before": 0}},
		],
		"service credits": [{"request": {"remedy": "SERVICE_CREDIT"}}, set()],
		"a cancellation": [{"request": {"remedy": "CANCEL_SUBSCRIPTION"}}, set()],
	}
	found := rulebook.duties with input as given.grounded(tc[0])
	given.on({"answered_in_time"}, found) == tc[1]
}

test_pays_in_time_by_the_same_method[note] if {
	some note, tc in {
		"by card": [
			{},
			{
				{
					"type": "PAY_BY",
					"on": "cash",
					"due": given.calendar.approval_day_ends[9] - given.second,
					"not_before": given.calendar.approval_day_starts[4],
				},
				{"type": "ORIGINAL_PAYMENT_METHOD", "payment": "P1"},
			},
		],
		"by coin": [
			{"payments": [given.payment({"method": "btc"})]},
			{
				{
					"type": "PAY_BY",
					"on": "cash",
					"due": given.calendar.approval_day_ends[9] - given.second,
					"not_before": given.calendar.approval_day_starts[4],
				},
				{"type": "MANUAL_PAYOUT", "payment": "P1"},
			},
		],
		"no refund": [{"request": {"remedy": "SERVICE_CREDIT"}}, set()],
		"by coin, no refund": [given.both({"payments": [given.payment({"method": "btc"})]}, {"request": {"remedy": "SERVICE_CREDIT"}}), set()],
	}
	found := rulebook.duties | rulebook.payouts with input as given.grounded(tc[0])
	given.on({"paid_in_time", "paid_by_original_method", "paid_by_hand"}, found) == tc[1]
}

test_reviews_in_time[note] if {
	some note, tc in {
		"a refund": [
			{},
			{{"type": "REVIEW_BY", "on": "answer", "due": given.calendar.completion_days[4] - given.second, "not_before": 0}},
		],
		"contested": [
			{"request": {"remedy": "RESTORE_CREDITS", "contested": true}},
			{{"type": "REVIEW_BY", "on": "answer", "due": given.calendar.completion_days[4] - given.second, "not_before": 0}},
		],
		"service credits": [{"request": {"remedy": "SERVICE_CREDIT"}}, set()],
		"a cancellation": [{"request": {"remedy": "CANCEL_SUBSCRIPTION"}}, set()],
	}
	found := rulebook.duties with input as given.grounded(tc[0])
	given.on({"reviewed_in_time"}, found) == tc[1]
}

test_answers_a_cancellation_that_pays if {
	found := rulebook.duties with input as given.grounded(given.both(
		{"request": {"remedy": "CANCEL_SUBSCRIPTION"}},
		given.on_plan({"plans": [given.plan({"started": false})]}),
	))
	"answer" in {duty.on | some duty in found}
}
