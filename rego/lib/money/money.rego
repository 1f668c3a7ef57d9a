# METADATA
# title: Exact money
# description: >-
#   Integer arithmetic of minor units. Every function depends on its arguments only.
# scope: package
package lib.money

# METADATA
# description: >-
#   floor(n / d) for integers n and d > 0. The correction keeps it exact beyond 2^64, where OPA's division is not.
quotient(n, d) := q + floor((n - (q * d)) / d) if q := floor(n / d)

# METADATA
# description: The share of an amount that `part` of `whole` is worth, rounded in the given mode. whole > 0.
share(amount, part, whole, "floor") := floor((amount * part) / whole)

share(amount, part, whole, "up") := quotient(((amount * part) + whole) - 1, whole)

share(amount, part, whole, "half_even") := _half_even(quotient(amount * part, whole), (amount * part) % whole, whole)

_half_even(q, remainder, whole) := q if remainder * 2 < whole

_half_even(q, remainder, whole) := q + 1 if remainder * 2 > whole

_half_even(q, remainder, whole) := q + (q % 2) if remainder * 2 == whole

# METADATA
# description: >-
#   Splits `total` over `parts` (id -> amount) in proportion, by largest remainder, ties by id; where they do not
#   exceed `total` they stay as they are. The result sums exactly to min(total, sum(parts)).
fit(parts, total) := parts if {
	sum([amount | some amount in parts]) <= total
} else := {id: parts_id |
	some id, floor_part in floors
	parts_id := floor_part + count({id} & lucky)
} if {
	whole := sum([amount | some amount in parts])
	floors := {id: quotient(amount * total, whole) | some id, amount in parts}
	rest := total - sum([amount | some amount in floors])
	ranked := sort([[(floors[id] * whole) - (amount * total), id] | some id, amount in parts])
	lucky := {entry[1] | some entry in array.slice(ranked, 0, rest)}
}
