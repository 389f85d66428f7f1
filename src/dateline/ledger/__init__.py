"""Keep: what a run has done so far, safe on disk. The append-only ledger proper comes here."""

from dateline.ledger.finished import FinishedRun
from dateline.ledger.spool import Kept, Spool

__all__ = ["FinishedRun", "Kept", "Spool"]
