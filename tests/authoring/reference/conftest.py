"""The pages of the reference, written once."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from decider.authoring.reference import pages
from decider.engine.opa_binary import find_opa
from decider.workspace import Workspace
from support.shipped import ROOT


@pytest.fixture(scope="session")
def workspace() -> Workspace:
    return Workspace.find(ROOT)


@pytest.fixture(scope="session")
def made(workspace: Workspace) -> Mapping[str, str]:
    return pages(workspace, find_opa())
