"""What the log shows to everybody."""

from tests.cast import DAY, Cast
from tests.checkin.desks import Counter, item, new_pass, serial
from zuji.checkin import receipts
from zuji.checkin.enums import CodeKind
from zuji.checkin.published import log_end, log_head, log_keys
from zuji.core.ids import b64, unb64


def test_before_the_first_leaf_there_is_nothing_signed(db: None):
    assert log_end() == {"epoch": 1, "size": 0}
    head = log_head()
    assert (head["size"], head["sig"], head["kid"]) == (0, None, None)
    assert head["head"] == b64(bytes(32))
    assert log_keys() == {"keys": []}


def test_the_head_is_signed_by_a_published_key_and_states_its_own_hash(cast: Cast, counter: Counter):
    poster = serial(cast.entrance, cast.guo, CodeKind.POSTER)
    for _ in range(2):
        counter.take(item(new_pass(cast.firm, cast.campaign), poster), at=DAY)
    head, (key,) = log_head(), log_keys()["keys"]
    assert (head["epoch"], head["size"], head["kid"]) == (1, 2, key["kid"])
    signed = receipts.Head(1, 2, head["time"], unb64(head["prev"]), unb64(head["root"]))
    message = receipts.head_message(signed)
    assert b64(receipts.head_hash(message)) == head["head"]
    published = receipts.PublicKey(kid=key["kid"], x=key["x"], y=key["y"], since="")
    assert receipts.is_signed(receipts.public_key(published), message, unb64(head["sig"]))
