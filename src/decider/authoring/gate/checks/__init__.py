"""The checks of the gate, in the order in which they run: the quick ones first."""

from __future__ import annotations

from decider.authoring.gate.checks import (
    capabilities,
    cases,
    clauses,
    contract,
    conventions,
    coverage,
    expectations,
    files,
    fmt,
    links,
    mutation,
    parameters,
    reference,
    regal,
    strict,
    stubs,
    tests,
    versions,
)
from decider.authoring.gate.runner import Check

__all__ = ["CHECKS"]

CHECKS = (
    Check("files", "Encoding, line endings and links", files.run),
    Check("fmt", "Formatting", fmt.run),
    Check("strict", "Compiles under schemas", strict.run),
    Check("capabilities", "No clock, network or chance", capabilities.run),
    Check("parameters", "Parameters", parameters.run),
    Check("clauses", "Clauses", clauses.run),
    Check("conventions", "Conventions", conventions.run),
    Check("regal", "Style", regal.run),
    Check("links", "Rulings, documents and links", links.run),
    Check("stubs", "Stubs of the contract", stubs.run),
    Check("reference", "Generated reference", reference.run),
    Check("tests", "Rego tests", tests.run),
    Check("coverage", "Lines that tests reach", coverage.run),
    Check("cases", "Golden cases", cases.run),
    Check("expectations", "Expectations of the base", expectations.run),
    Check("contract", "Contract against the base", contract.run),
    Check("versions", "Versions in force", versions.run),
    Check("mutation", "Mistakes that tests notice", mutation.run),
)
