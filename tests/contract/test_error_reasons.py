"""ErrorReason names every error that a caller can meet, each with an example; and every error has its reason there."""

from __future__ import annotations

from collections.abc import Iterator

from decider import bootstrap  # noqa: F401 (loads every room, and with them every error)
from decider.errors import BundleInvalid, DeciderError, SourceInvalid
from decider.private_folder import TemporaryFolderUnusable
from decider.server import AddressInsecure, AddressUnavailable
from decider.v1 import error_reason_pb2
from support.error_examples import promises

AT_START_ONLY = {BundleInvalid, SourceInvalid, AddressInsecure, AddressUnavailable, TemporaryFolderUnusable}


def errors(of: type[DeciderError] = DeciderError) -> Iterator[type[DeciderError]]:
    """Yield the kinds of error that may end a call."""
    for one in of.__subclasses__():
        if one not in AT_START_ONLY:
            yield one
        yield from errors(one)


def test_every_reason_is_explained_by_an_example_of_it() -> None:
    names = [one.name.removeprefix("ERROR_REASON_") for one in error_reason_pb2.ErrorReason.DESCRIPTOR.values]

    assert list(promises()) == names
    for name, promise in promises().items():
        assert promise.info.keys() == {"reason", "domain", "metadata"}
        assert (promise.info["reason"], promise.info["domain"]) == (name, "decider")
        assert all(isinstance(value, str) for value in promise.info["metadata"].values())


def test_reasons_and_errors_are_the_same_with_their_statuses() -> None:
    assert {one.reason for one in errors()} == promises().keys()
    assert all(one.code in promises()[one.reason].codes for one in errors())
