package policies["tiny-shop"]

answer := {"id": input.id, "kind": "plain", "limit": input.parameters["window.days"]} if input.kind == "plain"

answer := {"id": input.id, "kind": "divide", "share": input.amount / input.by} if input.kind == "divide"

answer := {"id": input.id, "kind": "slow", "sum": sum(numbers.range(1, input.steps))} if input.kind == "slow"

answer := {"id": input.id, "kind": "conflict", "which": _one} if input.kind == "conflict"

_one := "first" if input.first

_one := "second" if input.second
