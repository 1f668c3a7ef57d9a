package decider.explanation_test

import data.lib.fixture_test as given

_twice := {"lots": [
	given.lot({"age_ns": 20 * given.day}),
	given.lot({"id": "L2", "payment_id": "P2"}),
]}

test_each_line_has_the_clause_that_wrote_it[note] if {
	some note, tc in {
		"too late": [{"lots": [given.lot({"age_ns": 20 * given.day})]}, [["paid", "2.1-prorata"], ["barred", "2.1-unused-base"]]],
		"too late and fraud": [
			{"lots": [given.lot({"age_ns": 20 * given.day})], "risk": {"fraud": "CONFIRMED"}},
			[["paid", "2.1-prorata"], ["barred", "2.1-unused-base"]],
		],
		"fraud": [{"risk": {"fraud": "CONFIRMED"}}, [["paid", "2.1-prorata"], ["barred", "8-fraud"]]],
		"fraud and a violation": [
			{"risk": {"fraud": "CONFIRMED", "tos_violation": "CONFIRMED"}},
			[["paid", "2.1-prorata"], ["barred", "8-fraud"]],
		],
		"an agreement": [
			{"agreements": [given.agreement({"terms": "NOT_REFUNDABLE"})]},
			[["paid", "2.1-prorata"], ["barred", "5-agreement"]],
		],
		"fraud and an agreement": [
			{"agreements": [given.agreement({"terms": "NOT_REFUNDABLE"})], "risk": {"fraud": "CONFIRMED"}},
			[["paid", "2.1-prorata"], ["barred", "8-fraud"]],
		],
		"fraud, and an agreement that lifts the window": [
			{
				"lots": [given.lot({"age_ns": 20 * given.day})],
				"agreements": [given.agreement({"terms": "REFUNDABLE"})], "risk": {"fraud": "CONFIRMED"},
			},
			[["paid", "2.1-prorata"], ["barred", "8-fraud"]],
		],
		"a lost dispute": [{"payments": [given.payment({"lost": 4000})]}, [["paid", "2.1-prorata"], ["disputed", "6-open"]]],
		"one of two too late": [
			given.both(_twice, {"payments": [given.payment({}), given.payment({"id": "P2", "paid_for": ["L2"]})]}),
			[["paid", "2.1-prorata"], ["barred", "2.1-unused-base"], ["paid", "2.1-prorata"]],
		],
		"what a bar keeps beside a reversal": [
			{"payments": [given.payment({"captured": 10500, "overcharged": 500})], "risk": {"fraud": "CONFIRMED"}},
			[["paid", "2.1-prorata"], ["barred", "8-fraud"], ["overcharge", "2.2-reversal"]],
		],
	}
	answer := given.decision("router-one", tc[0])
	[[line.code, substring(line.clause, count("router-one/"), -1)] | some line in answer.breakdown] == tc[1]
	given.adds_up(answer)
}

test_the_law_writes_what_it_adds if {
	answer := given.decision("router-one", given.both(given.from("DE"), {
		"risk": {"fraud": "CONFIRMED"},
		"parameters": {"statutory_vs_disqualifier": "allow"},
	}))
	{line.clause | some line in answer.breakdown; line.code == "statutory"} == {"law/eu/13-1"}
}

# the lines of a payment that is paid back are of all the lots that it paid for
test_what_came_off_a_duplicate_before[note] if {
	some note, tc in {
		"refunds": [{"refunded": 500, "goodwill": 500}, [["paid", 10000], ["already_refunded", -500]]],
		"a lost dispute": [{"lost": 500}, [["paid", 10000], ["disputed", -500]]],
		"both": [
			{"refunded": 500, "goodwill": 500, "lost": 200},
			[["paid", 10000], ["already_refunded", -500], ["disputed", -200]],
		],
	}
	lots := [given.lot({"id": "L2", "base_price": 5000}), given.lot({"base_price": 5000})]
	payment := given.payment(object.union({"duplicate": "VERIFIED", "paid_for": ["L1", "L2"]}, tc[0]))
	answer := given.decision("router-one", {"lots": lots, "payments": [payment]})
	[[line.code, line.amount] | some line in answer.breakdown] == tc[1]
	{line.lot | some line in answer.breakdown} == {""}
	given.adds_up(answer)
}

test_the_lines_of_a_payment_for_one_lot_are_of_that if {
	every changes in [{}, {"refunded": 10000}] {
		payment := given.payment(object.union({"duplicate": "VERIFIED"}, changes))
		answer := given.decision("router-one", {"payments": [payment]})
		{line.lot | some line in answer.breakdown} == {"L1"}
	}
}
