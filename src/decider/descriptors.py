"""The descriptors of the contract, with the options that the stubs keep as bytes: rules and field behaviour."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from google.protobuf.descriptor import Descriptor, FieldDescriptor, OneofDescriptor
from google.protobuf.descriptor_pb2 import FileDescriptorSet
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message_factory import GetMessageClass

__all__ = ["contract_pool", "option"]

_CONTRACT = Path(__file__).parent / "v1" / "contract.binpb"


def contract_pool() -> DescriptorPool:
    """Return a new pool with the contract and its imports, apart from the default pool of the process."""
    pool = DescriptorPool()
    for file in FileDescriptorSet.FromString(_CONTRACT.read_bytes()).file:
        pool.Add(file)
    return pool


def option(described: Descriptor | FieldDescriptor | OneofDescriptor, name: str) -> Any:  # noqa: ANN401 (a type made at run time)
    """Return an option of an element of the contract, such as `buf.validate.field` of a field."""
    stated = described.GetOptions()
    options = GetMessageClass(_pool().FindMessageTypeByName(stated.DESCRIPTOR.full_name))
    extension: Any = _pool().FindExtensionByName(name)
    return options.FromString(stated.SerializeToString()).Extensions[extension]


@cache
def _pool() -> DescriptorPool:
    return contract_pool()
