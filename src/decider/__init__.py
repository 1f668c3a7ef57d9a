"""Decide refunds by Rego policies that OPA runs."""
