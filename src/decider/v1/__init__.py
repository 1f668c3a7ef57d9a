"""The wire contract, generated from proto/decider/v1 by `make stubs`."""
