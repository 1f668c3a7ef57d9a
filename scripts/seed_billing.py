"""Seeds the small platform of examples/billing into build/billing.db, or into the file that is named."""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BILLING = ROOT / "examples" / "billing"


def seed(file: Path, now: int) -> int:
    """Write the database as of `now` (seconds since 1970), and return how many accounts it has."""
    file.parent.mkdir(parents=True, exist_ok=True)
    made = file.with_name(f"{file.name}.{os.getpid()}")
    connection = sqlite3.connect(made)
    try:
        connection.executescript(f"PRAGMA synchronous = OFF;\n{(BILLING / 'schema.sql').read_text()}")
        connection.execute("CREATE TEMP TABLE clock AS SELECT ? AS now", [now])
        connection.executescript((BILLING / "seed.sql").read_text())
        (accounts,) = connection.execute("SELECT count(*) FROM accounts").fetchone()
    finally:
        connection.close()
    made.replace(file)  # a service that reads the file goes on with the old one
    return int(accounts)


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "billing.db"
    accounts = seed(target, int(time.time()))
    print(f"{target.relative_to(Path.cwd()) if target.is_relative_to(Path.cwd()) else target} has {accounts} accounts")
