"""Keep: what a run has done so far, safe on disk. The append-only ledger proper comes here."""

from dateline.ledger.spool import Kept, Spool

__all__ = ["Kept", "Spool"]
