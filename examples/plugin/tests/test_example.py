"""The example keeps what jauge asks of every detector and importer."""

from pathlib import Path

from jauge_example.chatlog import Chatlog
from jauge_example.user_asks_for_discount import UserAsksForDiscount

from jauge.testing import check_detector, check_importer, conversation, reading_of

SAMPLE = Path(__file__).with_name("sample.chatlog").read_bytes()


def test_detector_keeps_its_promises() -> None:
    asking = conversation(
        "user: Un petit rabais ? un coupon ?", "bot: Non.", language="fr"
    )

    check_detector(UserAsksForDiscount(), [asking])


def test_discount_asked_for_is_found_where_it_stands() -> None:
    asking = conversation("bot: Hello!", "user: any Discounts today?")

    (signal,) = UserAsksForDiscount().find(reading_of(asking))

    assert (signal.event, signal.evidence, signal.span) == (1, "Discounts", (4, 13))


def test_discount_offered_by_the_bot_is_silent() -> None:
    offered = conversation("bot: Want a discount?", "user: no")

    assert not list(UserAsksForDiscount().find(reading_of(offered)))


def test_importer_keeps_its_promises() -> None:
    check_importer(Chatlog(), SAMPLE, conversations=2)
