"""Shares whole amounts out in proportion, by largest remainder; ties go by key."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["cut_to", "shared"]


def shared(weights: Mapping[str, int], total: int) -> dict[str, int]:
    """Share `total` out by weights of at least 0, equally if all are 0. The shares sum exactly to `total`."""
    if not weights:
        return {}
    whole = sum(weights.values())
    if whole == 0:
        return shared(dict.fromkeys(weights, 1), total)
    shares = {key: weight * total // whole for key, weight in weights.items()}
    ranked = sorted(weights, key=lambda key: (-(weights[key] * total % whole), key))
    for key in ranked[: total - sum(shares.values())]:
        shares[key] += 1
    return shares


def cut_to(parts: Mapping[str, int], total: int) -> dict[str, int]:
    """Cut parts in proportion so that they sum to at most `total`."""
    return dict(parts) if sum(parts.values()) <= total else shared(parts, total)
