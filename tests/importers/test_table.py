"""Tables: one message a row, however the export writes it."""

from __future__ import annotations

import io

import pytest

from jauge.errors import InputError
from jauge.importers.table import Table
from jauge.model.conversation import Conversation
from jauge.model.rejected import Rejected
from jauge.settings import Limits, ReadOptions
from jauge.sources import read
from jauge.testing import check_importer

SHAPES = (
    "commas.csv",
    "date_and_hour.csv",
    "day_month_year.csv",
    "epoch_milliseconds.csv",
    "epoch_seconds.csv",
    "iso_with_zone.csv",
    "iso_without_zone.csv",
    "month_day_year.csv",
    "newest_first.csv",
    "old_mac.csv",
    "scattered.csv",
    "semicolons_mark.csv",
    "utf_16.csv",
    "windows_1252.csv",
)


def read_table(text: str | bytes, **options) -> list[Conversation | Rejected]:
    data = text.encode() if isinstance(text, str) else text
    records = Table().split(io.BytesIO(data), "t.csv", ReadOptions(**options))
    return [
        found if isinstance(found, Rejected) else Table().parse(found)
        for found in records
    ]


def one_chat(text: str | bytes, **options) -> Conversation:
    (found,) = read_table(text, **options)
    assert isinstance(found, Conversation), found
    return found


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_of_table_gives_the_same_conversations(formats, name):
    expected = {chat.id: chat for chat in read(formats / "csv" / "expected.jsonl")}

    found = {chat.id: chat for chat in read(formats / "csv" / name)}

    assert found == expected


@pytest.mark.parametrize("name", ["commas.csv", "french_roles", "scattered.csv"])
def test_a_table_keeps_what_all_importers_promise(formats, name):
    if name == "french_roles":
        sample = "conversation;auteur;texte\n1;Cliente;allô\n1;Robot;oui?\n2;Robot;a\n"
        check_importer(Table(), sample.encode(), conversations=2)
    else:
        data = (formats / "csv" / name).read_bytes()
        check_importer(Table(), data, conversations=2)


def test_decimal_commas_percents_and_the_first_line_of_excel_are_read(formats):
    first, second = read(formats / "csv" / "excel.csv")

    assert [event.confidence for event in first.events] == [0.91, None, 0.21, None]
    assert second.events[1].confidence == 0.62
    assert second.events[-1].value == 4.5


def test_times_with_a_zone_keep_it_and_others_get_the_one_asked_for():
    text = "id,role,text,at\n1,user,a,2026-07-01 10:00\n1,bot,b,2026-07-01T10:00Z\n"

    chat = one_chat(text, timezone="Europe/Paris")

    assert [event.at.isoformat() for event in chat.events] == [
        "2026-07-01T10:00:00+02:00",
        "2026-07-01T10:00:00+00:00",
    ]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("2026-11-02 14:00", 1),
        ("02/11/2026", 1),
        ("2026-11-02", 1),
        ("2026-11-02T14:00:00-05:00", 0),
        ("2026-11-02 14:00:00 UTC", 0),
        ("2026-11-02 14:00:00 +0100", 0),
        ("1793628000", 0),
        ("", 0),
    ],
)
def test_a_time_without_a_zone_is_told_once(cell, told):
    calls = []
    text = f"id,role,text,at\n1,user,a,{cell}\n1,bot,b,{cell}\n"

    read_table(text, on_zoneless=lambda: calls.append(1))

    assert len(calls) == told


def test_a_time_that_is_none_rejects_its_conversation_with_the_line():
    text = "id,role,text,at\n1,user,a,2026-11-02\n1,bot,b,yesterday\n2,user,c,\n"

    wrong, right = read_table(text)

    assert (wrong.line, wrong.reason) == (3, "'yesterday' is not a time that is known")
    assert "yesterday" in wrong.record
    assert right.id == "2"


def test_rows_without_times_stay_in_the_order_of_the_file():
    chat = one_chat(
        "id,role,text,at\n1,user,a,2026-11-03\n1,bot,b,\n1,user,c,2026-11-02\n"
    )

    assert [event.text for event in chat.events] == ["a", "b", "c"]


def test_messages_of_the_same_second_turn_round_with_a_newest_first_file():
    rows = [
        "1,bot,third,1793628001",
        "1,user,second,1793628000",
        "1,bot,first,1793628000",
    ]

    chat = one_chat("id,role,text,at\n" + "\n".join(rows))

    assert [event.text for event in chat.events] == ["first", "second", "third"]


def test_a_role_that_is_not_known_is_never_the_customer():
    chat = one_chat("id,role,text\n1,Lia,hello\n1,,who?\n")

    assert [event.role.value for event in chat.events] == ["unknown", "unknown"]


def test_names_of_bot_and_agent_are_told_by_options():
    text = "id,role,text\n1,Lia,hello\n1,Marc,hi\n1,Zoé,hm\n1,client,ok\n"

    chat = one_chat(text, roles={"Lia": "bot", "Marc": "agent"})

    roles = [event.role.value for event in chat.events]
    assert roles == ["bot", "agent", "unknown", "user"]


def test_a_column_is_found_by_the_name_given():
    text = "対話,誰,何\n1,user,hello\n"

    chat = one_chat(text, columns={"id": "対話", "role": "誰", "text": "何"})

    assert chat.events[0].text == "hello"


def test_a_column_that_is_not_there_is_said():
    with pytest.raises(InputError, match="no column nope"):
        read_table("id,role,text\n1,user,a\n", columns={"text": "nope"})


def test_a_table_without_a_needed_column_says_how_to_name_it():
    with pytest.raises(InputError, match="--columns role=COLUMN,text=COLUMN"):
        read_table("id,what,else\n1,user,a\n")


def test_actions_handoffs_and_the_end_are_events_of_their_own():
    text = (
        "id,role,text,action,target,handoff,type\n"
        "1,user,,quick_reply,Orders,,\n1,,,,,requested,\n1,,,,,,close\n"
    )

    action, handoff, close = one_chat(text).events

    assert (action.action, action.target) == ("quick_reply", "Orders")
    assert handoff.state == "requested"
    assert type(close).__name__ == "Close"


def test_channel_and_language_written_out_become_ours():
    chat = one_chat("id,role,text,channel,language\n1,user,a,E-mail,Français\n")

    assert (chat.channel, chat.language) == ("email", "fr")


def test_a_row_without_id_is_rejected_and_an_empty_one_is_none():
    found = read_table("id,role,text\n,user,lost\n , ,\n,,\n1,user,kept\n")

    assert [getattr(one, "reason", "kept") for one in found] == [
        "no conversation id",
        "kept",
    ]
    assert (found[0].line, found[0].record) == (2, ",user,lost")


def test_too_many_cells_are_rejected_not_cut_off():
    rejected, _ = read_table("id,role,text\n1,user,a,b\n1,bot,c\n")

    assert rejected.line == 2
    assert "4 cells in a table of 3 columns" in rejected.reason


def test_a_quote_that_never_closes_does_not_swallow_rows_in_silence():
    rejected, kept = read_table(
        'id,role,text\n1,user,a\n2,user,"b\n3,user,c\n3,bot,d\n'
    )

    assert (rejected.line, kept.id) == (3, "1")
    assert "a quote is never closed: 3 lines" in rejected.reason


def test_quotes_and_line_ends_inside_a_cell_are_text():
    chat = one_chat('id,role,text\r\n1,user,"say ""hi""\r\nand\rgo"\r\n1,bot,ok\r\n')

    assert chat.events[0].text == 'say "hi"\r\nand\rgo'


def test_separators_of_unicode_do_not_end_a_row():
    text = "id\trole\ttext\n1\tuser\ta\u2028b\x0bc\x85d\n"

    wide = one_chat(text.encode("utf-16"))

    assert wide.events[0].text == "a\u2028b\x0bc\x85d"


def test_a_row_over_the_limit_is_rejected_by_its_name_and_the_rest_is_read():
    text = "id,role,text\n1,user," + "x" * 500 + "\n2,user,ok\n"

    rejected, kept = read_table(text, limits=Limits(record_bytes=100))

    assert "record_bytes" in rejected.reason
    assert kept.id == "2"


def test_a_conversation_over_the_limit_is_rejected_by_its_name():
    rows = "".join(f"1,user,message number {i}\n" for i in range(50))

    rejected, kept = read_table(
        "id,role,text\n" + rows + "2,bot,ok\n", limits=Limits(record_bytes=500)
    )

    assert (rejected.line, kept.id) == (2, "2")
    assert "record_bytes" in rejected.reason


@pytest.mark.parametrize("cell", ["1e999", "2", "-1", "150 %", "9" * 5000])
def test_a_confidence_outside_0_to_1_is_rejected_in_words(cell):
    (found,) = read_table(f"id,role,text,confidence\n1,bot,a,{cell}\n")

    assert isinstance(found, Rejected)
    assert "confidence" in found.reason


@pytest.mark.parametrize("cell", ["NaN", "n/a", ""])
def test_a_confidence_that_is_no_number_is_absent(cell):
    chat = one_chat(f"id,role,text,confidence\n1,bot,a,{cell}\n")

    assert chat.events[0].confidence is None


@pytest.mark.parametrize("cell", ["good", "nan", "inf", "-1e999"])
def test_a_rating_that_is_no_number_is_left_out(cell):
    chat = one_chat(f"id,role,text,rating\n1,bot,a,4\n1,bot,b,{cell}\n")

    assert [event.value for event in chat.events[2:]] == [4]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("4/5", (4, 5)),
        ("8,5 / 10", (8.5, 10)),
        ("4", (4, None)),
        (" 3.5 ", (3.5, None)),
    ],
)
def test_a_rating_may_tell_the_best_there_is(cell, told):
    chat = one_chat(f"id;role;text;note\n1;bot;a;{cell}\n")

    assert (chat.events[1].value, chat.events[1].best) == told


@pytest.mark.parametrize("cell", ["5/", "/5", "4/good", "4/5/6"])
def test_half_of_a_rating_is_none(cell):
    assert len(one_chat(f"id,role,text,rating\n1,bot,a,{cell}\n").events) == 1


def test_the_record_of_a_refused_conversation_is_all_its_rows_with_all_cells():
    rows = [f'1,user,"{"é" * 3000}",,note {i}' for i in range(50)]
    rows.append("1,bot,b,yesterday,last")

    refused, _ = read_table(
        "\n".join(["id,role,text,at,other", *rows, "2,user,hello,,"])
    )

    assert refused.record.split("\n") == rows
    assert (refused.line, refused.claimed_id) == (52, "1")


def test_the_record_of_a_refused_row_is_the_whole_row():
    row = ",user," + "x" * 5000 + ",more"

    refused, _ = read_table(f"id,role,text,other\n{row}\n1,user,kept,\n")

    assert refused.record == row


def test_a_record_over_the_limit_says_that_it_is_cut():
    text = "id,role,text\n1,user," + "x" * 500 + "\n2,user,ok\n"

    refused, _ = read_table(text, limits=Limits(record_bytes=100))

    assert refused.record.startswith("1,user,xxx")
    assert refused.reason.endswith("only its beginning is kept")


def test_the_path_of_a_fault_is_not_inside_the_reason():
    (refused,) = read_table("id,role,text,rating\n1,user,a,1e16\n")

    assert refused.path == "$.events[1].value"
    assert "$" not in refused.reason


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\nabc\rdef",
        b"\r",
        b'"',
        b"\xff\xfe\x00",
        b"a\x00b\rc,d",
        b"PK\x03\x04",
    ],
)
def test_what_is_no_table_is_not_recognised(data):
    assert not Table().recognizes(data)
