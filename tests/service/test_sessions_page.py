"""One's open sessions as a page: seen, ended after a token, and never another's."""

from __future__ import annotations

import logging
import re
import sqlite3
from datetime import UTC, datetime

import msgspec
import pytest

from jauge.service.app import app_of
from jauge.service.tries import OF_ONE
from jauge.store.database import open_store
from jauge.store.people import add_person
from jauge.store.sessions import close_sessions, sessions_of
from tests.service.doors import IDLE, Door, csrf_of, door_with_people, sign_in

PAGE = "/en/sessions"
END = "/en/sessions/end"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1"


@pytest.fixture
def door(settings) -> Door:
    return door_with_people(settings)


def now() -> datetime:
    return datetime.now(UTC)


def signed_in(door: Door, name: str, agent: str = FIREFOX):
    """The browser of a person, and what it calls itself."""
    client = door.browser()
    client.headers["user-agent"] = agent
    assert sign_in(client, door.tokens[name]).status_code == 303
    return client


def ids_in(client) -> list[str]:
    """The sessions that the page offers to end."""
    return re.findall(r"sessions/end\?session=([0-9a-f]+)\"", client.get(PAGE).text)


def rows_in(text: str) -> list[str]:
    """What the rows of the page say."""
    body = re.search(r"<tbody>(.*?)</tbody>", text, re.S)[1]
    plain = (re.sub(r"<[^>]+>", " ", row) for row in body.split("</tr>")[:-1])
    return [" ".join(row.split(" ")) for row in plain]


def kept(door: Door) -> list[tuple]:
    with sqlite3.connect(door.settings.db) as connection:
        found = connection.execute(
            "SELECT digest, person, made_at, expires_at, browser FROM session"
        ).fetchall()
    connection.close()
    return sorted(found)


def end(client, which: str, token: str, **options):
    """Send the form that ends a session."""
    fields = {"session": which, "token": token, "_csrf_token": csrf_of(client, PAGE)}
    return client.post(END, data=fields, **options)


# --- seen


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("fr", ["Vos sessions", "celle-ci", "maintenant", "Navigateur inconnu",
                "reconnaissez pas\u202f?", "Finit au plus tard", "\u00a0h\u00a0"]),
        ("en", ["Your sessions", "this one", "now", "Unknown browser",
                "do not recognise?", "Ends at the latest"]),
    ],
)  # fmt: skip
def test_each_open_session_is_listed_with_its_browser(door, lang, words):
    client = signed_in(door, "Léo")
    signed_in(door, "Léo", IPHONE)
    door.session("Léo")
    signed_in(door, "Rosa", "curl/8.9.1")

    text = client.get(f"/{lang}/sessions").text

    rows = rows_in(text)
    assert len(rows) == 3
    assert "Firefox, Linux" in rows[0]
    assert any("Safari, iPhone" in row for row in rows[1:])
    assert "curl" not in text
    assert [word for word in words if word not in text] == []


def test_a_new_sign_in_is_there_at_the_next_look(door):
    client = signed_in(door, "Léo")
    assert len(rows_in(client.get(PAGE).text)) == 1
    assert "No other session is open." in client.get(PAGE).text

    signed_in(door, "Léo", IPHONE)

    assert "Safari, iPhone" in rows_in(client.get(PAGE).text)[1]


def test_the_page_is_linked_beside_the_way_out_on_every_page(door):
    client = signed_in(door, "Léo")

    names = ("conversations", "nowhere", "sessions", "import", "not-scored")
    for path in (f"/fr/{name}" for name in names):
        text = client.get(path).text
        assert 'href="/fr/sessions"' in text, path
        assert 'action="/fr/leave"' in text, path
    assert 'href="/fr/sessions"' not in door.browser().get("/fr/sign-in").text


def test_times_are_those_of_the_zone_of_the_site(door, settings):
    far = msgspec.structs.replace(settings, zone="Pacific/Kiritimati")
    there = Door(app_of(far), far, door.tokens)
    with sqlite3.connect(settings.db) as connection:
        client = signed_in(door, "Léo")
        connection.execute("UPDATE session SET made_at = '2026-11-03 20:30:00'")
    connection.close()

    text = there.browser(client.cookies["jauge"]).get(PAGE).text

    assert "Nov 4, 2026, 10:30" in rows_in(text)[0]


def test_no_page_holds_what_opens_a_session_nor_its_hash(door):
    client = signed_in(door, "Léo")
    other = signed_in(door, "Léo", IPHONE)
    [id_] = ids_in(client)
    digests = [row[0] for row in kept(door)]

    for path in (PAGE, f"{END}?session={id_}", f"{END}?session=others"):
        text = client.get(path).text
        for secret in (*digests, client.cookies["jauge"], other.cookies["jauge"]):
            assert secret not in text


def test_a_name_is_shown_as_it_is_written(settings):
    name = "<img src=x onerror=alert(1)> & Ann"
    token = add_person(open_store(settings.db, create=True), name, "read")
    client = signed_in(Door(app_of(settings), settings, {name: token}), name)

    text = client.get(PAGE).text

    assert "&lt;img src=x onerror=alert(1)&gt; &amp; Ann" in text
    assert "<img" not in text


def test_a_site_that_asks_nobody_has_no_sessions(client):
    assert client.get(PAGE).status_code == 404
    assert client.get(f"{END}?session=others").status_code == 404
    fields = {"session": "others", "_csrf_token": csrf_of(client, "/en/sign-in")}
    assert client.post(END, data=fields).status_code in (403, 404)
    assert "/sessions" not in client.get("/en/conversations").text


def test_of_what_a_browser_says_nothing_else_is_kept(door):
    agent = f"{FIREFOX} <script>alert(1)</script> rosa@example.org"
    signed_in(door, "Rosa", agent)

    assert [row[4] for row in kept(door)] == ["Firefox, Linux"]
    files = [one for one in door.settings.db.parent.rglob("*") if one.is_file()]
    held = b"".join(one.read_bytes() for one in files)
    for part in (b"rosa@example.org", b"Gecko/20100101", b"testclient"):
        assert part not in held


# --- ended


def test_a_session_that_is_ended_is_out_at_its_next_page(door, caplog):
    caplog.set_level(logging.INFO)
    client, other = signed_in(door, "Léo"), signed_in(door, "Léo", IPHONE)
    third = signed_in(door, "Léo", "curl/8")
    asked = {id_: client.get(f"{END}?session={id_}").text for id_ in ids_in(client)}
    [phone] = [id_ for id_, text in asked.items() if "Safari, iPhone" in text]

    answer = end(client, phone, door.tokens["Léo"])

    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}?done=one")
    assert "The session has ended." in client.get(answer.headers["location"]).text
    assert other.get(PAGE).headers["location"].startswith("/en/sign-in")
    assert third.get(PAGE).status_code == 200
    assert "ended: a session of Léo, from testclient" in caplog.messages


def test_all_others_are_ended_and_those_of_nobody_else(door):
    client, rosa = signed_in(door, "Léo"), signed_in(door, "Rosa")
    others = [signed_in(door, "Léo", IPHONE) for _ in range(3)]

    answer = end(client, "others", door.tokens["Léo"])

    assert answer.headers["location"] == f"{PAGE}?done=others"
    assert len(rows_in(client.get(f"{PAGE}?done=others").text)) == 1
    assert {one.get(PAGE).status_code for one in others} == {303}
    assert rosa.get(PAGE).status_code == 200


def test_who_tells_the_token_again_goes_on_under_a_new_cookie(door):
    client = signed_in(door, "Léo")
    signed_in(door, "Léo", IPHONE)
    before = client.cookies["jauge"]

    answer = end(client, "others", door.tokens["Léo"])

    assert "HttpOnly" in answer.headers["set-cookie"]
    assert client.cookies["jauge"] != before
    assert client.get(PAGE).status_code == 200
    assert door.browser(before).get(PAGE).status_code == 303


def test_ones_own_session_is_ended_by_leaving(door):
    client = signed_in(door, "Léo")
    text = client.get(PAGE).text
    assert re.findall(r'<form[^>]*action="([^"]+)"', text) == ["/en/leave"] * 2

    fields = {"_csrf_token": csrf_of(client, PAGE)}
    client.post("/en/leave", data=fields)

    assert client.get(PAGE).status_code == 303


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "fr",
            ["Fermer toutes les autres sessions\u202f?", "Jeton", "pas votre jeton"],
        ),
        ("en", ["End all other sessions?", "This is not your token"]),
    ],
)
@pytest.mark.parametrize("token", ["", "jauge_wrong", "of another", "of one revoked"])
def test_without_ones_own_token_nothing_ends(door, lang, words, token):
    client = signed_in(door, "Léo")
    other = signed_in(door, "Léo", IPHONE)
    told = {"of another": door.tokens["Rosa"], "of one revoked": door.tokens["Gone"]}
    before = kept(door)
    fields = {
        "session": "others",
        "token": told.get(token, token),
        "_csrf_token": csrf_of(client, PAGE),
    }

    answer = client.post(f"/{lang}/sessions/end", data=fields)

    assert answer.status_code == 401
    assert [word for word in words if word not in answer.text] == []
    assert kept(door) == before
    assert other.get(PAGE).status_code == 200


def test_wrong_tokens_are_counted_as_those_of_signing_in(door, caplog):
    client = signed_in(door, "Léo")
    signed_in(door, "Léo", IPHONE)
    for n in range(OF_ONE):
        assert end(client, "others", f"jauge_{n}").status_code == 401

    assert end(client, "others", door.tokens["Léo"]).status_code == 429
    assert sign_in(door.browser(), door.tokens["Rosa"]).status_code == 429
    assert caplog.messages[0] == (
        "ending a session refused: wrong or revoked token, from testclient"
    )


def test_a_session_of_another_person_is_not_there(door):
    client, rosa = signed_in(door, "Léo"), signed_in(door, "Rosa")
    signed_in(door, "Rosa", IPHONE)
    signed_in(door, "Léo", IPHONE)
    store = open_store(door.settings.db)
    found = sessions_of(store, rosa.cookies["jauge"], now())
    own = sessions_of(store, client.cookies["jauge"], now())
    before = kept(door)
    crafted = (
        *(one.id for one in found), *(row[0] for row in before), own[0].id,
        rosa.cookies["jauge"], "", "1", "x" * 3_000, "é", "\x00", "' OR 1=1 --",
        "../leave", "Others", own[1].id.upper(), own[1].id[:8],
    )  # fmt: skip

    for id_ in crafted:
        asked = client.get(END, params={"session": id_})
        sent = end(client, id_, door.tokens["Léo"])
        assert (asked.status_code, sent.status_code) == (404, 404), id_
    assert kept(door) == before
    assert rosa.get(PAGE).status_code == 200


def test_two_fields_of_one_name_end_no_more_than_one_says(door):
    client = signed_in(door, "Léo")
    rosa = signed_in(door, "Rosa")
    signed_in(door, "Rosa", IPHONE)
    theirs = ids_in(rosa)[0]
    before = kept(door)
    fields = {
        "session": [theirs, theirs],
        "token": door.tokens["Léo"],
        "_csrf_token": csrf_of(client, PAGE),
    }

    assert client.post(END, data=fields).status_code in (400, 404)
    assert kept(door) == before


def test_a_session_that_is_over_is_not_there_to_be_ended(door):
    client = signed_in(door, "Léo")
    door.session("Léo", ago=IDLE)

    assert len(rows_in(client.get(PAGE).text)) == 1
    assert end(client, "others", door.tokens["Léo"]).status_code == 404


def test_sessions_ended_from_the_command_line_are_out_at_the_next_page(door):
    client, rosa = signed_in(door, "Léo"), signed_in(door, "Rosa")

    close_sessions(open_store(door.settings.db), now(), "Léo")

    assert client.get(PAGE).status_code == 303
    assert rosa.get(PAGE).status_code == 200
    assert sign_in(client, door.tokens["Léo"]).status_code == 303
