"""Reads the catalog from data documents: the policies with their versions and clauses, the law, and the texts."""

from __future__ import annotations

import re
from collections.abc import Mapping

from decider.bundle.catalog import JSON, Binding, Catalog, Clause, LawPeriod, PolicyInfo, PolicyVersion, Texts
from decider.bundle.codes import SILENT, bind, read_codes
from decider.bundle.holidays import read_holidays
from decider.bundle.overlay import Overlay
from decider.bundle.parameters import ParameterSchema
from decider.bundle.shapes import Reader, instant_ns
from decider.errors import Violation

__all__ = ["read_catalog"]

LAW = "law"
_TEXTS_OF_A_CLAUSE = ("title", "section", "summary", "ambiguity", "note")
_LISTS = ("grounds", "readings")
_CLAUSE = frozenset(_TEXTS_OF_A_CLAUSE[:3])
_CLAUSE_MORE = frozenset({*_TEXTS_OF_A_CLAUSE[3:], *_LISTS, "fact"})  # may be left out
_VERSION = frozenset({"effective_from", "rules", "parameters"})
_TEXTS = ("warnings", "missing", "lines", "questions")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def read_catalog(
    files: Mapping[str, bytes], data: Mapping[str, JSON], overlay: Overlay, digest: str, faults: list[Violation]
) -> Catalog:
    """Read the catalog of a bundle from its `files` and its parsed `data.yaml` files, with the overlay applied.

    Faults are added to `faults`; use the catalog only if there are none.
    """
    reader = Reader(data, faults)
    ids = sorted({name.split("/")[1] for name in files if re.match(r"policies/[^/]+/(policy|versions)/", name)})
    if not ids:
        reader.fault("policies", "no policy in this folder")
    texts = _texts(reader)
    policies = {
        policy_id: _policy(policy_id, files, overlay.get(policy_id, {}), texts, reader, faults) for policy_id in ids
    }
    clauses = [clause for policy in policies.values() for clause in policy.clauses]
    of_law = f"{LAW}/clauses/data.yaml"
    clauses += _clauses(LAW, of_law, reader.document(of_law), reader)
    law = f"{LAW}/data.yaml"
    document = reader.document(law)
    regimes = reader.texts(document.get("regimes"), f"{law}: regimes")
    periods = _periods(document.get("periods"), f"{law}: periods", reader)
    for country, regime in regimes.items():
        if regime not in periods:
            reader.fault(f"{law}: regimes.{country}", f"no period for the regime {regime!r}")
    return Catalog(
        digest=digest,
        policies=policies,
        clauses={clause.clause_id: clause for clause in clauses},
        regimes=regimes,
        country_aliases=reader.texts(document.get("country_aliases"), f"{law}: country_aliases"),
        periods=periods,
        holidays=read_holidays(reader),
        texts=texts,
    )


def _policy(
    policy_id: str,
    files: Mapping[str, bytes],
    laid: Mapping[str, JSON],
    common: Texts,
    reader: Reader,
    faults: list[Violation],
) -> PolicyInfo:
    folder = f"policies/{policy_id}"
    if policy_id == LAW or not _NAME.fullmatch(policy_id):
        reader.fault(folder, "not a valid name of a policy")
    about = f"{folder}/policy/data.yaml"
    entry = reader.closed(about, frozenset({"title"}), frozenset({"notice_days"}))
    schema = ParameterSchema(policy_id, files, faults)
    versions = reader.document(f"{folder}/versions/data.yaml")
    clauses: dict[str, Clause] = {}
    bindings: dict[str, Binding] = {}
    for rules in _rule_sets(policy_id, versions, reader):
        file = f"policies/{rules}/clauses/data.yaml"
        document = reader.document(file)
        listed = _clauses(policy_id, file, {key: value for key, value in document.items() if key != SILENT}, reader)
        clauses |= {clause.clause_id: clause for clause in listed}
        codes = read_codes(rules, reader)
        bindings[rules] = bind(file, listed, document.get(SILENT, []), codes, schema.names, reader)
    return PolicyInfo(
        policy_id=policy_id,
        title=reader.text(entry, "title", about),
        versions=_versions(policy_id, versions, schema, bindings, laid, reader),
        clauses=tuple(clauses.values()),
        texts=_with_own_texts(f"{folder}/texts/data.yaml", common, reader),
        notice_days=reader.whole(entry, "notice_days", about, least=0) if "notice_days" in entry else 0,
        bindings=bindings,
    )


def _rule_sets(policy_id: str, versions: Mapping[str, JSON], reader: Reader) -> list[str]:
    """Return the folders of clauses that the versions name, in the order of the versions."""
    named = [str(entry.get("rules", "")) for entry in versions.values() if isinstance(entry, dict)]
    known = [rules for rules in dict.fromkeys(named) if reader.has(f"policies/{rules}/clauses/data.yaml")]
    return known or [policy_id]


def _versions(
    policy_id: str,
    document: Mapping[str, JSON],
    schema: ParameterSchema,
    bindings: Mapping[str, Binding],
    laid: Mapping[str, JSON],
    reader: Reader,
) -> tuple[PolicyVersion, ...]:
    file = f"policies/{policy_id}/versions/data.yaml"
    versions: dict[int, PolicyVersion] = {}
    for version, value in document.items():
        field = f"{file}: {version}"
        if not _NAME.fullmatch(version):
            reader.fault(field, "not a valid name of a version")
        entry = reader.entry(value, field, _VERSION)
        rules = reader.text(entry, "rules", field)
        if rules and rules not in bindings:
            reader.fault(f"{field}.rules", f"no clauses in policies/{rules}")
        since = reader.text(entry, "effective_from", field)
        effective = instant_ns(since)
        if effective is None:
            if since:
                reader.fault(f"{field}.effective_from", f"{since!r} is not an RFC 3339 time with a zone")
            effective = -len(versions) - 1
        if effective in versions:
            reader.fault(f"{field}.effective_from", f"version {versions[effective].version} has the same date")
        parameters = schema.read(f"{field}.parameters", entry.get("parameters", {}), laid, bindings.get(rules))
        versions[effective] = PolicyVersion(version, effective, rules, parameters)
    if not document:
        reader.fault(file, "no version")
    return tuple(versions[effective] for effective in sorted(versions))


def _clauses(owner: str, file: str, document: Mapping[str, JSON], reader: Reader) -> list[Clause]:
    clauses = []
    for key, value in document.items():
        field = f"{file}: {key}"
        entry = reader.entry(value, field, _CLAUSE, _CLAUSE_MORE)
        title, section, summary, ambiguity, note = (reader.text(entry, name, field) for name in _TEXTS_OF_A_CLAUSE)
        grounds, readings = (tuple(reader.list_of_texts(entry.get(name, []), f"{field}.{name}")) for name in _LISTS)
        fact = reader.flag(entry, "fact", field)
        clauses.append(
            Clause(f"{owner}/{key}", title, section, summary, ambiguity, note, fact, grounds=grounds, readings=readings)
        )
    return clauses


def _periods(value: JSON, field: str, reader: Reader) -> dict[str, LawPeriod]:
    periods = {}
    for regime, period in reader.mapping(value, field).items():
        entry = reader.entry(period, f"{field}.{regime}", frozenset({"days", "information_months"}))
        days, months = (reader.whole(entry, key, f"{field}.{regime}") for key in ("days", "information_months"))
        periods[regime] = LawPeriod(days, months)
    return periods


def _texts(reader: Reader) -> Texts:
    file = "decider/texts/data.yaml"
    document = reader.closed(file, frozenset(_TEXTS))
    return Texts(**{kind: reader.texts(document.get(kind, {}), f"{file}: {kind}") for kind in _TEXTS})


def _with_own_texts(file: str, common: Texts, reader: Reader) -> Texts:
    """Return the common texts and those of a policy's file, which may not replace a common text."""
    if not reader.has(file):
        return common
    document = reader.closed(file, frozenset(), frozenset(_TEXTS))
    merged = {}
    for kind in _TEXTS:
        own, known = reader.texts(document.get(kind, {}), f"{file}: {kind}"), getattr(common, kind)
        for code in sorted(own.keys() & known.keys()):
            reader.fault(f"{file}: {kind}.{code}", "this code already has a common text")
        merged[kind] = {**known, **own}
    return Texts(**merged)
