"""Golden cases: reads documents of facts from files, and compares decisions with what a case expects."""

from __future__ import annotations

from decider.authoring.cases.case_files import Case, changed, load_cases, load_folder, proto_path
from decider.authoring.cases.case_groups import Group, grouped, with_versions
from decider.authoring.cases.comparison import decision_differences, document_of, error_differences
from decider.authoring.cases.facts_documents import (
    Document,
    DocumentInvalid,
    parse_facts,
    read_document,
    read_facts,
    to_message,
)

__all__ = [
    "Case",
    "Document",
    "DocumentInvalid",
    "Group",
    "changed",
    "decision_differences",
    "document_of",
    "error_differences",
    "grouped",
    "load_cases",
    "load_folder",
    "parse_facts",
    "proto_path",
    "read_document",
    "read_facts",
    "to_message",
    "with_versions",
]
