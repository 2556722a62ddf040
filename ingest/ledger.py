"""What became of each printed row (行账): rows in = records out + rows explained."""

from dataclasses import dataclass, field, replace

from ingest.document import Row
from ontology.model import ROW_FATES, RowAccount


@dataclass(slots=True)
class Ledger:
    """One account for each row of the parts that were read; a row may be told of more than once.

    What it gave counts most: a row that gave an indicator is an indicator row, whatever else it held.
    Otherwise the first word stands, unless that was only “unread”.
    """

    _accounts: dict[tuple[int | None, ...], RowAccount] = field(default_factory=dict)
    passages: list[tuple[Row, str]] = field(default_factory=list)
    """Parts of rows that could not be read, where the row gave something else."""

    def add(self, row: Row, fate: str, *, records: int = 0) -> None:
        """Say what became of a row; `records` counts the indicators that it states."""
        if fate not in ROW_FATES:
            raise KeyError(f"行的去向应为 {'、'.join(ROW_FATES)} 之一，实为 {fate}")
        first, last = row.turned or (row.number, None)
        self._take(
            RowAccount(
                table=row.table,
                row=first,
                line=row.line,
                fate="indicator" if records else fate,
                records=records,
                column=row.number if row.turned else None,
                last_row=last,
            )
        )

    def leave(self, row: Row, text: str) -> None:
        """Say that a part of a row could not be read."""
        self.add(row, "unread")
        self.passages.append((row, text))

    def knows(self, row: Row) -> bool:
        """Whether something was said of a row."""
        first = row.turned[0] if row.turned else row.number
        return (row.table, first, row.number if row.turned else None, row.line) in self._accounts

    def _take(self, account: RowAccount) -> None:
        key = (account.table, account.row, account.column, account.line)
        known = self._accounts.get(key)
        if known is None:
            self._accounts[key] = account
            return
        told = account if known.fate == "unread" else known
        records = known.records + account.records
        self._accounts[key] = replace(told, records=records, fate="indicator" if records else told.fate)

    def accounts(self) -> tuple[RowAccount, ...]:
        """All accounts in the order of the file."""
        return tuple(
            sorted(self._accounts.values(), key=lambda a: (a.line, a.table or 0, a.row or 0, a.column or 0))
        )

    def take(self, other: "Ledger") -> None:
        """Take over the accounts of another part; of a row that both know, what it gave is added up."""
        for account in other._accounts.values():
            self._take(account)
        self.passages.extend(other.passages)
