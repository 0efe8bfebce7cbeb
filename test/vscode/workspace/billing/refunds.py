"""Refunds: what the shop owes its customers."""

from decimal import Decimal

from billing.ledger import Ledger, LedgerError


class RefundService:
    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    def grant(self, customer_id: str, amount: Decimal) -> Decimal:
        self.ledger.book(f"payable:{customer_id}", amount)
        return self.ledger.balance(f"payable:{customer_id}")
