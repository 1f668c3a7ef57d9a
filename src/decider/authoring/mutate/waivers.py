"""Mutants that nothing can notice, since they decide as the original does: a checked-in list, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from decider.authoring.cases import DocumentInvalid, read_document
from decider.authoring.mutate.kept_results import Fate, Result
from decider.authoring.mutate.mutants import Mutant
from decider.authoring.mutate.policy_files import MutationFault

__all__ = ["FILE", "Waiver", "read_waivers", "stale", "waived_keys"]

# Below the folder of the policies.
FILE = "gate/mutation_waivers.yaml"
_KEYS = {"file", "rule", "line", "mutation", "reason"}


@dataclass(frozen=True)
class Waiver:
    """Waives the mutants of a rule that turn `line` into `mutation`, wherever in the file they stand.

    Both are written without the blanks around them, and every run of blanks as one; a rule that is left out has "" as
    `mutation`.
    """

    file: str
    rule: str
    line: str
    mutation: str
    reason: str

    def matches(self, mutant: Mutant) -> bool:
        """Whether it is about a mutant."""
        return (self.file, self.rule, self.line, self.mutation) == (
            mutant.file,
            mutant.rule,
            mutant.before,
            mutant.after,
        )


def read_waivers(rego: Path) -> Sequence[Waiver]:
    """Read the list of a folder of policies; none where there is no file. Raises MutationFault."""
    file = rego / FILE
    if not file.is_file():
        return []
    try:
        document = read_document(file)
    except DocumentInvalid as fault:
        raise MutationFault(str(fault)) from None
    entries = document if isinstance(document, list) else [document] if document else []
    waivers = []
    for index, entry in enumerate(entries):
        if not isinstance(entry, dict) or entry.keys() != _KEYS or not all(isinstance(e, str) for e in entry.values()):
            raise MutationFault(f"{file}: entry {index + 1}: holds not exactly the texts {', '.join(sorted(_KEYS))}")
        waiver = Waiver(**entry)
        if not waiver.reason.strip():
            raise MutationFault(f"{file}: entry {index + 1}: no reason")
        waivers.append(waiver)
    return waivers


def waived_keys(waivers: Sequence[Waiver], mutants: Sequence[Mutant]) -> frozenset[str]:
    """Return the keys of the mutants that the list is about."""
    return frozenset(mutant.key for mutant in mutants if any(waiver.matches(mutant) for waiver in waivers))


def stale(
    waivers: Sequence[Waiver], mutants: Sequence[Mutant], found: Mapping[str, Result], partial: AbstractSet[str]
) -> Sequence[tuple[Waiver, str]]:
    """Return the waivers that hold no more, each with what became of its mutants.

    `partial` are the files of which some mutants are left out: a waiver without a mutant is not judged there.
    """
    wrong = []
    for waiver in waivers:
        fates = {found[mutant.key].fate for mutant in mutants if mutant.key in found and waiver.matches(mutant)}
        if Fate.SURVIVED in fates:
            continue
        if fates or waiver.file not in partial:
            wrong.append((waiver, f"its mutant is {min(fates)} now" if fates else "it is about no mutant"))
    return wrong
