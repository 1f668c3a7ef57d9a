package decider.precedence_test

import data.decider.precedence
import data.lib.fixture_test as given

# a verified duplicate of 10000 is paid back; the lot itself is too old for a refund
_duplicate_of_an_old_lot(request) := given.router_one({
	"lots": [given.lot({"age_ns": 20 * given.day})],
	"payments": [given.payment({}), given.payment({"id": "P2", "duplicate": "VERIFIED", "paid_for": []})],
	"request": request,
})

# the decision cites the findings about the rest only where the billing errors leave something of the request open
test_the_rest_is_a_cause_where_billing_errors_pay_less_than_is_requested[note] if {
	some note, tc in {
		"all is requested": [{}, ["billing_errors", "merits"]],
		"more than they pay": [{"amount": 15000}, ["billing_errors", "merits"]],
		"the least amount more": [{"amount": 10001}, ["billing_errors", "merits"]],
		"as much as they pay": [{"amount": 10000}, ["billing_errors"]],
	}
	decided := precedence.decided with input as _duplicate_of_an_old_lot(tc[0])
	object.subset(decided, {"disposition": "CASH_REFUND", "amount": 10000, "causes": tc[1]})
	count(decided.causes) == count(tc[1])
}
