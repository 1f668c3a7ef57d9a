"""The parameters of policy versions, checked with JSON Schema (draft 2020-12).

The rulebook's parameters are declared once. A policy's own file adds parameters, or replaces keywords of the rulebook's
parameters. Four keywords are the project's own: `unit` says what a number counts (`working-days`), `at_most` names the
parameter that a number may not exceed, `otherwise` names the value of an enum for which no rule asks, and `needed_by`
names the codes of the findings that read the parameter. A version sets the parameter if, and only if, one of these
findings is grounded. A parameter without `needed_by` is needed by every policy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import orjson
from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from decider.bundle.catalog import JSON, WORKING_DAYS, Binding, Parameter
from decider.bundle.formats import FORMATS
from decider.bundle.overlay import OVERLAID
from decider.errors import Violation
from decider.hints import instead_of

__all__ = ["PARAMETERS", "ParameterSchema", "Schema", "declared", "declared_in", "needed_by", "own_file"]

PARAMETERS = "schemas/parameters.json"
Schema = Mapping[str, JSON]


def declared(files: Mapping[str, bytes], policy_id: str, faults: list[Violation]) -> dict[str, Schema]:
    """Return the schema of each parameter that a policy may set, by the name of the parameter."""
    common = _schemas(PARAMETERS, _document(PARAMETERS, files, faults).get("properties", {}), faults)
    name = own_file(policy_id)
    own = _schemas(name, _document(name, files, faults) if name in files else {}, faults)
    return {**common, **{key: {**common.get(key, {}), **schema} for key, schema in own.items()}}


def declared_in(rego: Path, policy_id: str) -> dict[str, Schema]:
    """Return the schemas of a folder of policies; a file that cannot be read declares nothing."""
    names = [name for name in (PARAMETERS, own_file(policy_id)) if (rego / name).is_file()]
    return declared({name: (rego / name).read_bytes() for name in names}, policy_id, [])


def own_file(policy_id: str) -> str:
    """Return the path of the file in which a policy declares its own parameters."""
    return f"policies/{policy_id}/parameters.json"


class ParameterSchema:
    """The parameters that the versions of a policy may set."""

    def __init__(self, policy_id: str, files: Mapping[str, bytes], faults: list[Violation]) -> None:
        self._policy_id = policy_id
        self._faults = faults
        self._schemas = declared(files, policy_id, faults)
        own = _document(own_file(policy_id), files, []) if own_file(policy_id) in files else {}
        self._validators = {
            name: validator
            for name, schema in self._schemas.items()
            if (validator := self._validator(f"{own_file(policy_id) if name in own else PARAMETERS}: {name}", schema))
        }

    @property
    def names(self) -> Sequence[str]:
        """The names of all parameters."""
        return list(self._schemas)

    def read(self, field: str, values: JSON, laid: Mapping[str, JSON], binding: Binding | None) -> dict[str, Parameter]:
        """Check `values`, and return the parameters of a version.

        `field` names the file and the version. `laid` contains the values of an overlay for this policy; their faults
        are reported as faults of the overlay. `binding` is None if the clauses of the version could not be read.
        """
        if not isinstance(values, dict):
            self._faults.append(Violation(field, "not a mapping of parameter to value"))
            return {}
        overlay = f"{OVERLAID}{self._policy_id}"
        for name, what in self._faulty(values):
            self._faults.append(Violation(f"{overlay if name.split('[')[0] in laid else field}.{name}", what))
        for name, most in self._greater_than_another(values):
            where = overlay if name in laid or most in laid else field
            self._faults.append(Violation(f"{where}.{name}", f"{values[name]} is more than {most}, {values[most]}"))
        if binding:
            self._faults += [Violation(f"{field}.{name}", what) for name, what in self._needs(values, binding)]
        return {
            name: Parameter(
                name, value, schema.get("default"), str(schema.get("description", "")), str(schema.get("unit", ""))
            )
            for name, value in values.items()
            if (schema := self._schemas.get(name)) is not None
        }

    def _faulty(self, values: Mapping[str, JSON]) -> Iterator[tuple[str, str]]:
        """Yield the name of each parameter whose value does not fit its schema, and what is wrong."""
        for name, value in values.items():
            if name not in self._schemas:
                yield name, f"no such parameter; {instead_of(name, self._schemas)}"
            if _has_fraction(value):
                yield name, "contains a number that is not whole"
            if name in self._validators:
                for error in self._validators[name].iter_errors(value):
                    yield name + "".join(f"[{part}]" for part in error.absolute_path), error.message

    def _needs(self, values: Mapping[str, JSON], binding: Binding) -> Iterator[tuple[str, str]]:
        """Yield each parameter that is set and that no grounded finding reads, and each that is read and not set."""
        for name, schema in self._schemas.items():
            codes = needed_by(schema)
            grounded = [code for code in codes if code in binding.grounds]
            if name in values and codes and not grounded:
                yield name, f"no finding that the clauses ground reads it; it belongs to {', '.join(codes)}"
            elif name not in values and (grounded or not codes):
                yield name, f"missing; needed by {', '.join(grounded) or 'every policy'}"

    def _greater_than_another(self, values: Mapping[str, JSON]) -> Iterator[tuple[str, str]]:
        """Yield the name of each number that exceeds the parameter in `at_most` of its schema, and that parameter."""
        for name, schema in self._schemas.items():
            value, most = values.get(name), str(schema.get("at_most", ""))
            limit = values.get(most)
            if isinstance(value, int) and isinstance(limit, int) and value > limit:
                yield name, most

    def _validator(self, where: str, schema: Schema) -> Draft202012Validator | None:
        """Check a schema and return its validator, or None if the schema is not valid."""
        faults = [Violation(where, f"no {key}") for key in ("description", "default") if key not in schema]
        try:
            Draft202012Validator.check_schema(schema)
        except SchemaError as fault:
            self._faults += [*faults, Violation(where, f"not a valid JSON Schema: {fault.message}")]
            return None
        if schema.get("unit", WORKING_DAYS) != WORKING_DAYS:
            faults.append(Violation(where, f"its unit: not {WORKING_DAYS}"))
        if "at_most" in schema and schema["at_most"] not in self._schemas:
            faults.append(Violation(where, "its at_most: no such parameter"))
        if "otherwise" in schema and schema["otherwise"] not in _listed(schema.get("enum")):
            faults.append(Violation(where, "its otherwise: not one of its values"))
        validator = Draft202012Validator(schema, format_checker=FORMATS)
        if "default" in schema:
            faults += [Violation(where, f"its default: {e.message}") for e in validator.iter_errors(schema["default"])]
        self._faults += faults
        return validator


def needed_by(schema: Schema) -> Sequence[str]:
    """Return the codes of the findings that read a parameter, or nothing if every policy needs it."""
    return [str(code) for code in _listed(schema.get("needed_by"))]


def _listed(value: JSON) -> Sequence[JSON]:
    return value if isinstance(value, list) else []


def _document(name: str, files: Mapping[str, bytes], faults: list[Violation]) -> Mapping[str, JSON]:
    if name not in files:
        faults.append(Violation(name, "missing"))
        return {}
    try:
        document = orjson.loads(files[name])
    except orjson.JSONDecodeError as fault:
        faults.append(Violation(name, f"not valid JSON: {fault}"))
        return {}
    if isinstance(document, dict):
        return document
    faults.append(Violation(name, "not an object"))
    return {}


def _schemas(file: str, value: JSON, faults: list[Violation]) -> dict[str, Schema]:
    if not isinstance(value, Mapping):
        faults.append(Violation(file, "not a mapping of parameter to schema"))
        return {}
    faults += [
        Violation(f"{file}: {name}", "not a schema") for name, schema in value.items() if not isinstance(schema, dict)
    ]
    return {name: schema for name, schema in value.items() if isinstance(schema, dict)}


def _has_fraction(value: JSON) -> bool:
    """Whether the value contains a float; JSON Schema would accept 7.0 as an integer."""
    if isinstance(value, Mapping):
        return any(_has_fraction(each) for each in value.values())
    return isinstance(value, float) or (isinstance(value, list) and any(_has_fraction(each) for each in value))
