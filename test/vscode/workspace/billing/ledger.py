"""What every booking of the shop has in common."""

from dataclasses import dataclass
from datetime import datetime, timezone
from decimal import Decimal


class LedgerError(Exception):
    """A booking that the ledger refuses."""


@dataclass(frozen=True)
class Entry:
    account: str
    amount: Decimal
    booked_at: datetime


class Ledger:
    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def book(self, account: str, amount: Decimal) -> Entry:
        if amount == Decimal("0"):
            raise LedgerError(f"nothing to book on {account}")
        entry = Entry(account=account, amount=amount, booked_at=datetime.now(timezone.utc))
        self.entries.append(entry)
        return entry

    def balance(self, account: str) -> Decimal:
        return sum((entry.amount for entry in self.entries if entry.account == account), Decimal("0"))
