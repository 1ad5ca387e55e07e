"""Flat text: what people copy, and what WhatsApp exports, in French and English."""

from __future__ import annotations

import random
import zipfile

import pytest

from jauge.importers.recognition import recognised
from jauge.model.conversation import Conversation, Message
from jauge.settings import Limits, ReadOptions
from jauge.sources import read
from tests.importers.test_hostile import check_read
from tests.mutations import MUTATIONS, mutated
from tests.within_limits import within_limits

WHO = ReadOptions(roles={"Lia": "bot", "Marie Tremblay": "user"})
SAID = [
    ("user", "bonjour, où est mon colis ?"),
    ("bot", "Il arrive demain.\n18 h : promis."),
    ("user", "merci"),
]
SHAPES = {
    "iOS, French": (
        "[14/09/26 08:02:11] Lia: \u200eLes messages sont chiffrés\n"
        "\u200e[14/09/26 08:02:11] Marie Tremblay\u202f: bonjour, où est mon colis ?\n"
        "[14/09/26 08:02:12] Lia\u202f: Il arrive demain.\n18 h : promis.\n"
        "[14/09/26 08:03:00] Marie Tremblay\u202f: merci\n"
    ),
    "Android, French": (
        "14/09/2026, 08:02 - Les messages sont chiffrés de bout en bout.\n"
        "14/09/2026, 08:02 - Marie Tremblay: bonjour, où est mon colis ?\n"
        "14/09/2026, 08:02 - Lia: Il arrive demain.\n18 h : promis.\n"
        "14/09/2026, 08:03 - Marie Tremblay: merci\n"
    ),
    "Android, older French": (
        "14/09/2026 à 08:02 - Marie Tremblay : bonjour, où est mon colis ?\n"
        "14/09/2026 à 08:02 - Lia : Il arrive demain.\n18 h : promis.\n"
        "14/09/2026 à 08:03 - Marie Tremblay : merci\n"
    ),
    "Android, American": (
        "9/14/26, 8:02\u202fAM - Messages are end-to-end encrypted.\n"
        "9/14/26, 8:02\u202fAM - Marie Tremblay: bonjour, où est mon colis ?\n"
        "9/14/26, 8:02\u202fAM - Lia: Il arrive demain.\n18 h : promis.\n"
        "9/14/26, 8:03\u202fAM - Marie Tremblay: merci\n"
    ),
    "iOS, American": (
        "[9/14/26, 8:02:11\u202fAM] Marie Tremblay: bonjour, où est mon colis ?\n"
        "[9/14/26, 8:02:12\u202fAM] Lia: Il arrive demain.\n18 h : promis.\n"
        "[9/14/26, 8:03:00\u202fAM] Marie Tremblay: merci\n"
    ),
    "iOS, British": (
        "[14/09/2026, 08:02:11] Marie Tremblay: bonjour, où est mon colis ?\n"
        "[14/09/2026, 08:02:12] Lia: Il arrive demain.\n18 h : promis.\n"
        "[14/09/2026, 08:03:00] Marie Tremblay: merci\n"
    ),
}


def said_in(chat: object) -> list[tuple[str, str]]:
    assert isinstance(chat, Conversation), chat
    return [(str(one.role), one.text) for one in chat.events if type(one) is Message]


def chats(tmp_path, text: str, options: ReadOptions | None = None):
    path = tmp_path / "chat with Lia.txt"
    path.write_bytes(text.encode())
    return list(read(path, options))


@pytest.mark.parametrize("shape", SHAPES)
def test_whatsapp_is_read_alike_from_every_telephone(shape, tmp_path):
    (chat,) = chats(tmp_path, SHAPES[shape], WHO)

    assert said_in(chat) == SAID
    times = [f"{one.at:%Y-%m-%d %H:%M}" for one in chat.events]
    assert times[0] == "2026-09-14 08:02"
    assert times[-1] == "2026-09-14 08:03"


@pytest.mark.parametrize("shape", SHAPES)
def test_whatsapp_is_recognised(shape):
    assert recognised(SHAPES[shape].encode(), "x").name == "text"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("<Media omitted>", "file"),
        ("<Médias omis>", "file"),
        ("\u200eimage omitted", "image"),
        ("image absente", "image"),
        ("<attached: 00000012-PHOTO-2026.jpg>", "image"),
        ("<pièce jointe : 00000012-AUDIO.opus>", "audio"),
        ("VID-20260914.mp4 (file attached)", "video"),
        ("contrat.pdf (fichier joint)", "file"),
    ],
)
def test_media_leave_their_trace(line, kind, tmp_path):
    text = f"14/09/2026, 08:02 - Client: {line}\n14/09/2026, 08:03 - Robot: vu\n"

    (chat,) = chats(tmp_path, text)

    assert (chat.events[0].text, chat.events[0].media) == ("", (kind,))


@pytest.mark.parametrize(
    "line",
    [
        "This message was deleted",
        "You deleted this message.",
        "Ce message a été supprimé",
        "Vous avez supprimé ce message",
    ],
)
def test_a_deleted_message_is_no_turn(line, tmp_path):
    text = f"14/09/2026, 08:02 - Client: {line}\n14/09/2026, 08:03 - Robot: oui ?\n"
    left: list[str] = []

    (chat,) = chats(tmp_path, text, ReadOptions(on_left_out=left.append))

    assert said_in(chat) == [("bot", "oui ?")]
    assert left == ["deletion"]


def test_an_edited_message_is_what_it_became(tmp_path):
    text = (
        "14/09/2026, 08:02 - Client: mon colis <This message was edited>\n"
        "14/09/2026, 08:03 - Robot: oui ? <Ce message a été modifié>\n"
    )

    (chat,) = chats(tmp_path, text)

    assert said_in(chat) == [("user", "mon colis"), ("bot", "oui ?")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("User: hi\nBot: hello\n", [("user", "hi"), ("bot", "hello")]),
        ("Client : allô\nRobot : oui ?", [("user", "allô"), ("bot", "oui ?")]),
        ("CLIENTE: allô\nChatbot: oui", [("user", "allô"), ("bot", "oui")]),
        ("08:02 Client: a\n08:03 Bot: b", [("user", "a"), ("bot", "b")]),
        ("(08:02:11) Visitor: a\n(08:02:12) Bot: b", [("user", "a"), ("bot", "b")]),
        ("User: a\n\nBot: ftp://x\nb", [("user", "a"), ("bot", "ftp://x\nb")]),
    ],
)  # fmt: skip
def test_copied_text_is_read_without_times(text, said, tmp_path):
    (chat,) = chats(tmp_path, text)

    assert said_in(chat) == said
    assert {one.at for one in chat.events} == {None}


def test_a_name_that_says_no_role_stays_unknown(tmp_path):
    text = "Client: allô\nRobot: oui\nCamille: bonjour\nClient: ah\nCamille: et voilà\n"

    (chat,) = chats(tmp_path, text)
    (named,) = chats(tmp_path, text, ReadOptions(roles={"Camille": "agent"}))

    assert [role for role, _ in said_in(chat)].count("unknown") == 2
    assert [role for role, _ in said_in(named)].count("agent") == 2


def test_a_thread_is_cut_after_a_day_of_silence(tmp_path):
    text = "".join(
        f"{day}/09/2026, 08:0{minute} - {who}: a\n"
        for day in (14, 16)
        for minute, who in enumerate(("Client", "Robot"))
    )

    found = chats(tmp_path, text)

    assert [chat.id for chat in found] == ["chat with Lia", "chat with Lia#2"]
    assert len(chats(tmp_path, text, ReadOptions(gap=0))) == 1


def test_a_rule_parts_conversations_and_is_else_a_line(tmp_path):
    text = "Client: a\nBot: b\n---\nmore of b\n---\n\nClient: c\nBot: d\n"

    first, second = chats(tmp_path, text)

    assert said_in(first) == [("user", "a"), ("bot", "b\n---\nmore of b")]
    assert (second.id, said_in(second)[0]) == ("chat with Lia#2", ("user", "c"))


def test_a_day_that_is_none_and_an_hour_that_is_none_are_no_times(tmp_path):
    text = (
        "[31/02/2026, 08:02:11] Client: a\n[14/09/2026, 08:02:12] Bot: b\n"
        "[14/09/2026, 25:61:12] Bot: c\n"
    )

    (chat,) = chats(tmp_path, text)

    assert [one.at is None for one in chat.events] == [True, False, True]


def test_the_chat_of_an_archive_is_named_after_the_archive(tmp_path):
    path = tmp_path / "WhatsApp Chat - Lia.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("_chat.txt", SHAPES["iOS, British"])

    (chat,) = read(path, WHO)

    assert (chat.id, said_in(chat)) == ("WhatsApp Chat - Lia", SAID)


def test_windows_1252_and_utf_16_are_read(tmp_path):
    text = "Client : où est-il ?\nRobot : là\n"
    for coding in ("cp1252", "utf-16", "utf-8-sig"):
        path = tmp_path / coding
        path.write_bytes(text.encode(coding))

        (chat,) = read(path, ReadOptions(format="text"))

        assert said_in(chat) == [("user", "où est-il ?"), ("bot", "là")]


def test_a_text_over_the_limit_is_refused(tmp_path):
    options = ReadOptions(limits=Limits(record_bytes=100))

    (found,) = chats(tmp_path, "Client: a\nBot: b\n" * 100, options)

    assert "longer than 100 bytes" in found.reason


@pytest.mark.parametrize(
    "text",
    [
        "# Notes\n\nSome prose: with a colon.\nAnother: one.\n",
        "name: jauge\nversion: 1\nuser: x\n",
        "2026-09-14 08:02:11,123 INFO started\n2026-09-14 08:02:12,500 WARN: late\n",
        "Subject: hello\nFrom: a@b.fr\nTo: c@d.fr\n\ntext\n",
        "",
        "\n\n",
    ],
)
def test_other_text_is_not_taken_for_a_transcript(text):
    found = recognised(text.encode(), "x")

    assert found is None or found.name != "text"


def test_whatever_is_done_to_a_whatsapp_export_it_is_read_or_refused(tmp_path):
    rnd = random.Random(25)
    path = tmp_path / "WhatsApp Chat - Lia.txt"
    files = [text.encode() for text in SHAPES.values()]
    for number in range(MUTATIONS):
        data = mutated(files[number % len(files)], rnd)
        path.write_bytes(data)
        for options in (ReadOptions(), ReadOptions(format="text", roles=WHO.roles)):
            with within_limits(data):
                check_read(path, options)
