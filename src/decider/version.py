"""The version of the installed distribution."""

from __future__ import annotations

from importlib.metadata import version

__all__ = ["DISTRIBUTION", "installed_version"]

# The name under which the package is installed.
DISTRIBUTION = "refund-decider"


def installed_version() -> str:
    """Return the version of the distribution, such as "0.1.0"."""
    return version(DISTRIBUTION)
