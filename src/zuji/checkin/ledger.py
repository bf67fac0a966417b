"""What one writer of the log remembers between batches; all of it can be had from the database again."""

from collections import OrderedDict

import psycopg

from zuji.checkin.log import Sealed, Signer, Tip
from zuji.checkin.rows import Verdict

WARY_FOR = 20
HEAD_KEYS = ("log_never_forks", "checkin_logbatch_pkey")
SEALED_KEPT = 256
# writers met: on the same id or pair, on the head, or each waiting for the other
MEETINGS = (psycopg.errors.UniqueViolation, psycopg.errors.DivisionByZero, psycopg.errors.DeadlockDetected)


class Ledger:
    """Where the log was last seen to end, how wary to be of other writers, and the last batches for their receipts."""

    def __init__(self, signer: Signer) -> None:
        self.signer = signer
        self.tip: Tip | None = None
        self.next_batch: int | None = None
        self.look_first = 0
        self.lock_first = 0
        self._sealed: OrderedDict[int, Sealed] = OrderedDict()

    @property
    def is_alone(self) -> bool:
        """Whether a batch may be tried at once: the log's end is known, and nothing spoke against it lately."""
        return self.tip is not None and self.next_batch is not None and not self.look_first and not self.lock_first

    def met(self, error: Exception) -> None:
        """Another writer was there first: on the head, or with the same items."""
        on_head = isinstance(error, psycopg.Error) and error.diag.constraint_name in HEAD_KEYS
        if on_head or isinstance(error, psycopg.errors.DivisionByZero):
            self.lock_first = WARY_FOR
        else:
            self.look_first = WARY_FOR

    def calm(self) -> None:
        """One careful batch less to go."""
        self.look_first, self.lock_first = max(0, self.look_first - 1), max(0, self.lock_first - 1)

    def ended(self, batch_id: int, sealed: Sealed, next_batch: int) -> None:
        """The log ends with this batch now."""
        self.tip, self.next_batch = sealed.tip, next_batch
        self.keep(batch_id, sealed)

    def keep(self, batch_id: int, sealed: Sealed) -> None:
        """Remember a batch, so that its receipts can be given."""
        self._sealed[batch_id] = sealed
        if len(self._sealed) > SEALED_KEPT:
            self._sealed.popitem(last=False)

    def sealed(self, batch_id: int | None) -> Sealed | None:
        """A batch that is remembered."""
        return None if batch_id is None else self._sealed.get(batch_id)

    def receipt(self, verdict: Verdict) -> bytes | None:
        """The receipt that goes with an answer, as JSON; None where there is none, or reduction took its salt."""
        row = verdict.proof
        sealed = self.sealed(row.batch_id) if row is not None else None
        return sealed.receipt_of(row) if row is not None and sealed is not None else None

    def forget(self) -> None:
        """Where the log ends is no longer sure."""
        self.tip = self.next_batch = None
