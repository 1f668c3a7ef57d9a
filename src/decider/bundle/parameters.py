"""The parameters of policy versions against their JSON Schemas (draft 2020-12).

Two keywords are the project's own: `unit` says what a number counts (`working-days`), and `at_most` names the parameter
that a number may not exceed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import orjson
from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from decider.bundle.catalog import JSON, WORKING_DAYS, Parameter
from decider.bundle.formats import FORMATS
from decider.bundle.overlay import OVERLAID
from decider.errors import Violation

__all__ = ["COMMON", "ParameterSchema"]

COMMON = "schemas/common_parameters.json"


class ParameterSchema:
    """What the versions of one policy may set: `policies/<id>/parameters.json` and `schemas/common_parameters.json`."""

    def __init__(self, policy_id: str, files: Mapping[str, bytes], faults: list[Violation]) -> None:
        self._file = f"policies/{policy_id}/parameters.json"
        self._faults = faults
        own = self._schema(self._file, files)
        schemas = (own, self._schema(COMMON, files))
        self._validators = [Draft202012Validator(one, format_checker=FORMATS) for one in schemas if one]
        self._properties = _properties(own)
        if own:
            self._check_closed(own)

    def read(self, field: str, values: JSON, policy_id: str, laid: Mapping[str, JSON]) -> dict[str, Parameter]:
        """Return the parameters of one version, after checking `values`; faults of overlaid ones are named as such.

        `field` names the file and the version; `laid` holds the values an overlay gave to this policy.
        """
        if not isinstance(values, dict):
            self._faults.append(Violation(field, "not a mapping of parameter to value"))
            return {}
        overlay = f"{OVERLAID}{policy_id}"
        self._faults += [
            Violation(f"{overlay if name in laid else field}.{name}", "holds a number that is not whole")
            for name, value in values.items()
            if _has_fraction(value)
        ]
        for validator in self._validators:
            for error in validator.iter_errors(values):
                name = str(error.absolute_path[0]) if error.absolute_path else ""
                rest = "".join(f"[{part}]" for part in list(error.absolute_path)[1:])
                where = overlay if name in laid else field
                self._faults.append(Violation(f"{where}.{name}{rest}" if name else where, error.message))
        for name, most in self._greater_than_another(values):
            where = overlay if name in laid or most in laid else field
            self._faults.append(Violation(f"{where}.{name}", f"{values[name]} is more than {most}, {values[most]}"))
        return {
            name: Parameter(
                name,
                value,
                schema.get("default"),
                str(schema.get("description", "")),
                str(schema.get("unit", "")),
            )
            for name, value in values.items()
            if (schema := self._properties.get(name)) is not None
        }

    def _greater_than_another(self, values: Mapping[str, JSON]) -> Iterator[tuple[str, str]]:
        """Yield each number that is greater than the parameter that its schema names as `at_most`, and that name."""
        for name, schema in self._properties.items():
            value, most = values.get(name), str(schema.get("at_most", ""))
            limit = values.get(most)
            if isinstance(value, int) and isinstance(limit, int) and value > limit:
                yield name, most

    def _schema(self, name: str, files: Mapping[str, bytes]) -> dict[str, JSON] | None:
        if name not in files:
            self._faults.append(Violation(name, "missing"))
            return None
        try:
            schema = orjson.loads(files[name])
            Draft202012Validator.check_schema(schema)
        except orjson.JSONDecodeError as fault:
            self._faults.append(Violation(name, f"no valid JSON: {fault}"))
        except SchemaError as fault:
            self._faults.append(Violation(name, f"no valid JSON Schema: {fault.message}"))
        else:
            if isinstance(schema, dict):
                return schema
            self._faults.append(Violation(name, "not a schema of an object"))
        return None

    def _check_closed(self, own: dict[str, JSON]) -> None:
        """All parameters are required, none is additional, each is described and has a default that is valid."""
        required = own.get("required", [])
        if sorted(required if isinstance(required, list) else []) != sorted(self._properties):
            self._faults.append(Violation(self._file, "`required` and `properties` name different parameters"))
        if own.get("additionalProperties") is not False:
            self._faults.append(Violation(self._file, "`additionalProperties` is not false"))
        for name, schema in self._properties.items():
            if schema.get("unit", WORKING_DAYS) != WORKING_DAYS:
                self._faults.append(Violation(f"{self._file}: {name}", f"its unit: not {WORKING_DAYS}"))
            if schema.get("at_most", name) not in self._properties:
                self._faults.append(Violation(f"{self._file}: {name}", "its at_most: no such parameter"))
            absent = [key for key in ("description", "default") if key not in schema]
            self._faults += [Violation(f"{self._file}: {name}", f"no {key}") for key in absent]
            if absent:
                continue
            bad = [
                e
                for e in self._validators[0].iter_errors({name: schema["default"]})
                if list(e.absolute_path)[:1] == [name]
            ]
            self._faults += [Violation(f"{self._file}: {name}", f"its default: {error.message}") for error in bad]


def _has_fraction(value: JSON) -> bool:
    """Whether a float is somewhere in the value: JSON Schema takes 7.0 for an integer."""
    if isinstance(value, Mapping):
        return any(_has_fraction(each) for each in value.values())
    return isinstance(value, float) or (isinstance(value, list) and any(_has_fraction(each) for each in value))


def _properties(schema: Mapping[str, JSON] | None) -> dict[str, Mapping[str, JSON]]:
    """Return the schema of each parameter by its name."""
    properties = schema.get("properties") if schema else None
    if not isinstance(properties, Mapping):
        return {}
    return {name: value for name, value in properties.items() if isinstance(value, Mapping)}
