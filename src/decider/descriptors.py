"""The whole contract as descriptors, with the options that the stubs carry as bytes: rules and field behaviour."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.descriptor_pb2 import FileDescriptorSet
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message_factory import GetMessageClass

__all__ = ["contract_pool", "option"]

_CONTRACT = Path(__file__).parent / "v1" / "contract.binpb"


def contract_pool() -> DescriptorPool:
    """Return a new pool with the contract and all that it imports. The pool of the process knows nothing of it."""
    pool = DescriptorPool()
    for file in FileDescriptorSet.FromString(_CONTRACT.read_bytes()).file:
        pool.Add(file)
    return pool


def option(field: FieldDescriptor, name: str) -> Any:  # noqa: ANN401 (its type is made at run time)
    """Return an option of a field of the contract, such as `buf.validate.field`."""
    pool = _pool()
    options = GetMessageClass(pool.FindMessageTypeByName("google.protobuf.FieldOptions"))
    extension: Any = pool.FindExtensionByName(name)
    return options.FromString(field.GetOptions().SerializeToString()).Extensions[extension]


@cache
def _pool() -> DescriptorPool:
    return contract_pool()
