"""Invoices: what customers owe the shop."""

from decimal import Decimal

from billing.ledger import Ledger, LedgerError


class InvoiceService:
    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    def issue(self, customer_id: str, amount: Decimal) -> Decimal:
        if amount <= Decimal("0"):
            raise LedgerError(f"amount must be positive, not {amount}")
        self.ledger.book(f"receivable:{customer_id}", amount)
        return self.ledger.balance(f"receivable:{customer_id}")

    def settle(self, customer_id: str, amount: Decimal) -> Decimal:
        if amount <= Decimal("0"):
            raise LedgerError(f"amount must be positive, not {amount}")
        self.ledger.book(f"receivable:{customer_id}", -amount)
        return self.ledger.balance(f"receivable:{customer_id}")
