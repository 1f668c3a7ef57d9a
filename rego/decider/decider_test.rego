package decider_test

import data.decider
import data.lib.fixture_test as given

test_items_in_their_order if {
	items := [given.router_one({}), {}, given.yunxin({"risk": {"fraud": "NONE"}, "lots": [given.used_lot(250, 0, {})]})]
	[first, second, third] := decider.decisions with input as {"items": items} with data.policies as given.policies({})
	first.amount == 10000
	second.error.code == "undefined"
	third.amount == 7500
}

test_no_items if {
	answers := decider.decisions with input as {"items": []}
	answers == []
}

test_a_day_beyond_the_calendar_is_an_error_that_names_the_rule[note] if {
	some note, tc in {
		"the answer": [{"respond.days": 21}, "router-one/4-respond-2bd, RESPOND_BY: working day 21 is beyond the calendar, which lists 20"],
		"the payout": [{"payout.to_days": 22}, "router-one/4-payout, PAY_BY: working day 22 is beyond the calendar, which lists 20"],
	}
	given.decision("router-one", {"parameters": tc[0]}).error == {"code": "beyond_calendar", "message": tc[1]}
}

test_the_last_day_of_the_calendar_is_a_day if {
	given.decision("router-one", {"parameters": {"payout.from_days": 20, "payout.to_days": 20, "respond.days": 20}}).disposition == "CASH_REFUND"
}

# what is not whole is an error, never an answer
test_deductions_that_do_not_add_up_give_no_answer if {
	answer := given.decision("yunxin", {"lots": [given.used_lot(250, 0, {})]}) with data.rulebook.deductions as set()
	answer.error.code == "undefined"
}

test_an_item_neither_granted_nor_refused_gives_no_answer if {
	answer := given.decision("yunxin", {}) with data.rulebook.grants as set()
	answer.error.code == "undefined"
}

test_a_lost_dispute_without_a_clause_gives_no_answer if {
	answer := given.decision("yunxin", {"payments": [given.payment({"lost": 4000})]}) with data.rulebook.losses as set()
	answer.error.code == "undefined"
}

# METADATA
# description: The facts that every other test starts from are valid, and are refunded.
test_nothing_is_wrong_with_the_facts if {
	every facts in [given.router_one({}), given.yunxin({})] {
		[answer] := decider.decisions with input as {"items": [facts]} with data.policies as given.policies({})
		answer.disposition == "CASH_REFUND"
	}
}
