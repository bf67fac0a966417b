"""A check-in that a restored server has lost, given back by its receipt: our signature says when it was and how sure.

Pure. What the phone's clock or the code would say by now does not matter: it was judged once.
"""

from typing import Final

import msgspec

from zuji.checkin import receipts
from zuji.checkin.enums import LeafKind
from zuji.checkin.receipts import Fields, Keys, Receipt, Verdict
from zuji.checkin.wire import Handed

_receipt: Final = msgspec.json.Decoder(Receipt)


def proven(item: Handed, *, walk_pass: int, campaign: int, checkpoint: int, keys: Keys) -> Fields | None:
    """What the receipt beside an item proves of this very item, None where it proves nothing."""
    try:
        receipt = _receipt.decode(item.receipt)
    except ValueError:
        return None
    fields = receipt.fields
    stated = (fields.kind, fields.id, fields.walk_pass, fields.campaign, fields.checkpoint)
    if stated != (LeafKind.CHECKIN, item.id, walk_pass, campaign, checkpoint):
        return None
    return fields if receipts.verify(receipt, keys) is Verdict.VALID else None
