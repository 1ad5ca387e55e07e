"""The door: who may use which page, from where, and what a form must bring along."""

from __future__ import annotations

import logging
import re
import shutil
import sqlite3
from hashlib import sha256

import msgspec
import pytest
from litestar.testing import TestClient

from jauge.service.app import app_of
from jauge.service.site import SiteSettings
from jauge.store.database import open_store
from tests.service.doors import (
    BASE,
    IDLE,
    LONG_AGO,
    Door,
    csrf_of,
    door_with_people,
    revoke,
    sign_in,
)

PAGE = "/en/conversations"
STATE = "/en/conversation/state"
# What also those may send who may only read.
OWN = ("/sign-in", "/leave", "/sessions/end")
FOREIGN = {
    "another site": {"Origin": "https://evil.example"},
    "another port": {"Origin": "http://127.0.0.1:9999"},
    "no site": {"Origin": "null"},
    "nonsense": {"Origin": "http://[::1"},
    "cross-site": {"Sec-Fetch-Site": "cross-site"},
    "same-site": {"Sec-Fetch-Site": "same-site"},
}


@pytest.fixture
def door(settings) -> Door:
    """A site on which three people were added."""
    return door_with_people(settings)


@pytest.fixture(scope="module")
def shared(samples_folder, tmp_path_factory) -> Door:
    """The same for tests that change nothing of it."""
    folder = tmp_path_factory.mktemp("door") / "site"
    shutil.copytree(samples_folder, folder)
    return door_with_people(SiteSettings(db=folder / "kept.db"))


@pytest.fixture(scope="module")
def near(samples_folder) -> TestClient:
    """A browser on this machine, where nobody was added; it changes nothing."""
    app = app_of(SiteSettings(db=samples_folder / "kept.db"))
    return TestClient(app, base_url=BASE)


def routes_of(app) -> list[tuple[str, str]]:
    """All that can be asked for: a method and an address, from the routes."""
    found = []
    for route in app.routes:
        path = re.sub(r"\{lang:\w+\}", "en", route.path)
        path = re.sub(r"\{\w+:\w+\}", "nothing", path)
        found += [(method, path) for method in route.methods if method != "OPTIONS"]
    return sorted(found)


def is_open(path: str) -> bool:
    return path.startswith("/static/") or path.endswith("/sign-in")


def ask(client, method: str, path: str, token: str = ""):
    fields = {"_csrf_token": token} if method == "POST" else None
    return client.request(method, path, data=fields)


def kept(door: Door) -> list[str]:
    """All that the database holds, but when sessions were last used."""
    with sqlite3.connect(door.settings.db) as connection:
        return [line for line in connection.iterdump() if '"session"' not in line]


def some_id(client) -> str:
    return re.search(r"/en/conversation\?id=([\w-]+)", client.get(PAGE).text)[1]


# --- who may use which address


def strangers(door: Door) -> dict[str, str]:
    gone = door.session("Gone")
    revoke(door, "Gone")
    return {
        "none": "",
        "wrong": "x" * 43,
        "odd": "' OR 1=1 --",
        "expired": door.session("Rosa", ago=LONG_AGO),
        "idle": door.session("Rosa", ago=IDLE),
        "revoked": gone,
    }


def test_a_stranger_sees_no_page_whatever_the_cookie(door):
    for kind, cookie in strangers(door).items():
        for method, path in routes_of(door.app):
            client = door.browser(cookie)
            answer = ask(client, method, path, csrf_of(client))
            told = (kind, method, path, answer.status_code)
            if is_open(path):
                assert answer.status_code in (200, 401, 404, 429), told
            elif method == "GET":
                assert answer.status_code == 303, told
                assert answer.headers["location"].split("?")[0][3:] == "/sign-in", told
            else:
                assert answer.status_code == 401, told


def test_a_reader_reads_and_changes_nothing(door):
    client = door.signed_in("Léo")
    token, before = csrf_of(client, PAGE), kept(door)

    for method, path in routes_of(door.app):
        answer = ask(client, method, path, token)
        told = (method, path, answer.status_code)
        if method == "POST" and not path.endswith(OWN):
            assert answer.status_code == 403, told
        elif path.endswith("/leave"):
            client = door.signed_in("Léo")
            token = csrf_of(client, PAGE)
        elif not is_open(path):
            to = answer.headers.get("location", "")
            assert "/sign-in" not in to, told
            assert answer.status_code in (200, 303, 403, 404), told
    assert kept(door) == before


def test_a_reader_is_shown_no_form_that_would_be_refused(door):
    client = door.signed_in("Léo")
    one = f"/en/conversation?id={some_id(client)}"

    for path in (PAGE, one, "/fr/conversations", "/fr/import"):
        text = client.get(path).text
        sent = re.findall(r'<form[^>]*method="post"[^>]*action="([^"]+)"', text)
        assert [to[3:] for to in sent] == ["/leave"], path


def test_a_reviewer_may_use_every_address(door):
    for method, path in routes_of(door.app):
        client = door.signed_in("Rosa")
        answer = ask(client, method, path, csrf_of(client, PAGE))
        if is_open(path):
            continue
        assert answer.status_code not in (401, 403, 405, 500), (method, path)
        assert path.endswith("/leave") or "/sign-in" not in answer.headers.get(
            "location", ""
        ), (method, path)


def test_no_get_changes_what_is_kept(door):
    client, before = door.signed_in("Rosa"), kept(door)

    for method, path in routes_of(door.app):
        if method == "GET":
            client.get(path)
    client.get(f"/en/conversation?id={some_id(client)}")

    assert kept(door) == before


def test_a_part_of_a_page_sends_the_whole_page_to_sign_in(shared):
    answer = shared.browser().get(f"{PAGE}?q=colis", headers={"HX-Request": "true"})

    assert answer.status_code == 401
    assert answer.headers["hx-redirect"] == (
        "/en/sign-in?next=%2Fen%2Fconversations%3Fq%3Dcolis"
    )


def test_an_address_that_leads_nowhere_tells_a_stranger_nothing(shared):
    answer = shared.browser().get("/fr/nowhere")

    assert answer.status_code == 404
    assert "data_up_to" not in answer.text
    for word in ("Données jusqu", "default-", 'class="nav"', "UTC"):
        assert word not in answer.text


# --- this machine


def test_this_machine_needs_no_token_while_nobody_was_added(client):
    assert client.get(PAGE).status_code == 200
    token = csrf_of(client, f"/en/conversation?id={some_id(client)}")
    fields = {"_csrf_token": token, "id": some_id(client), "state": "read"}

    answer = client.post(STATE, data=fields, follow_redirects=False)

    assert answer.status_code == 303
    assert "done=state" in answer.headers["location"]


def test_the_first_person_closes_the_door_at_once(client, settings):
    assert client.get(PAGE).status_code == 200

    door_with_people(settings)

    answer = client.get(PAGE, follow_redirects=False)
    assert answer.headers["location"].startswith("/en/sign-in")


def test_the_door_stays_closed_when_all_are_revoked(door):
    for name in ("Rosa", "Léo", "Gone"):
        revoke(door, name)

    assert door.browser().get(PAGE).status_code == 303


@pytest.mark.parametrize(
    "name", ["X-Forwarded-For", "Forwarded", "Via", "X-Forwarded-Host"]
)
def test_a_proxy_on_this_machine_does_not_open_it_to_others(near, name):
    answer = near.get(PAGE, headers={name: "192.0.2.1"}, follow_redirects=False)

    assert answer.headers["location"].startswith("/en/sign-in")


@pytest.mark.parametrize(
    ("lang", "words"), [("fr", "Personne n’a encore"), ("en", "Nobody has a token yet")]
)
def test_a_site_for_others_says_how_to_add_somebody(settings, lang, words):
    wide = msgspec.structs.replace(settings, is_local=False)

    text = Door(app_of(wide), wide, {}).browser().get(f"/{lang}/sign-in").text

    assert words in text
    assert "jauge serve --add-user" in text


# --- hosts and methods


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", "localhost.",
     "localhost:x", "localhost:65536", "", "[::2]", "127.0.0.1@evil.example",
     "127.0.0.1 evil"],
)  # fmt: skip
@pytest.mark.parametrize("path", [PAGE, "/nowhere", "/en/sign-in", "/static/x.css"])
def test_another_name_of_this_machine_is_refused(near, host, path):
    answer = near.get(path, headers={"Host": host})

    assert answer.status_code == 421
    assert "--allowed-host" in answer.text
    assert "evil" not in answer.text


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:1", "127.0.0.1:8765", "[::1]:8765", "[::1]"]
)
def test_the_names_of_this_machine_are_known(near, host):
    assert near.get(PAGE, headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("path", [PAGE, STATE, "/nowhere"])
@pytest.mark.parametrize(
    "method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "GETX"]
)
def test_other_methods_are_refused(near, method, path):
    answer = near.request(method, path)

    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, POST"


@pytest.mark.parametrize("path", [PAGE, "/en/sign-in", "/en/nowhere", "/"])
def test_head_answers_as_get_without_the_content(shared, path):
    client = shared.signed_in("Léo")

    got, head = client.get(path), client.head(path)

    assert (head.status_code, head.content) == (got.status_code, b"")
    assert head.headers["content-length"] == got.headers["content-length"]


def test_head_shows_a_stranger_nothing(shared):
    assert shared.browser().head(PAGE).status_code == 303


def test_there_are_no_sockets(shared):
    with pytest.raises(Exception, match=r"(?i)1000|4404|not found|bad request"):
        shared.browser().websocket_connect(PAGE).__enter__()


# --- forms


def test_a_form_without_its_token_changes_nothing(door):
    client = door.signed_in("Rosa")
    good, before = csrf_of(client, PAGE), kept(door)
    other = csrf_of(door.signed_in("Rosa"), PAGE)
    fields = {"id": some_id(client), "state": "read"}

    for token in (None, "", "x", "é", good[:-1], good.upper(), other, "0" * 64):
        sent = fields if token is None else {**fields, "_csrf_token": token}
        assert client.post(STATE, data=sent).status_code == 403, token
    assert kept(door) == before
    right = client.post(STATE, data={**fields, "_csrf_token": good})
    assert right.status_code == 303
    assert kept(door) != before


def test_no_address_takes_a_form_without_its_token(door):
    client, before = door.signed_in("Rosa"), kept(door)

    for method, path in routes_of(door.app):
        if method == "POST":
            files = {"file": ("a.jsonl", b"{}")}
            answers = [
                client.post(path, data={"x": "1"}),
                client.post(path, files=files),
            ]
            told = (path, [one.status_code for one in answers])
            assert {one.status_code for one in answers} <= {400, 403}, told
            assert answers[1].status_code == 403, told
    assert kept(door) == before


@pytest.mark.parametrize("kind", FOREIGN)
def test_what_another_site_sends_is_refused_even_with_the_token(door, kind):
    client = door.signed_in("Rosa")
    fields = {
        "_csrf_token": csrf_of(client, PAGE),
        "id": some_id(client),
        "state": "read",
    }
    before = kept(door)

    answer = client.post(STATE, data=fields, headers=FOREIGN[kind])

    assert answer.status_code == 403
    assert kept(door) == before


@pytest.mark.parametrize(
    "headers", [{"Origin": BASE}, {"Sec-Fetch-Site": "same-origin"}, {}]
)
def test_what_our_own_pages_send_is_taken(door, headers):
    client = door.signed_in("Rosa")
    fields = {
        "_csrf_token": csrf_of(client, PAGE),
        "id": some_id(client),
        "state": "read",
    }

    assert client.post(STATE, data=fields, headers=headers).status_code == 303


@pytest.mark.parametrize("kind", FOREIGN)
def test_nobody_is_signed_in_by_another_site(shared, kind):
    client = shared.browser()
    fields = {"_csrf_token": csrf_of(client), "token": shared.tokens["Rosa"]}

    answer = client.post("/en/sign-in", data=fields, headers=FOREIGN[kind])

    assert answer.status_code == 403
    assert "jauge" not in client.cookies


def test_nobody_is_signed_in_without_the_token_of_the_form(shared):
    client = shared.browser()
    client.get("/en/sign-in")
    fields = {"token": shared.tokens["Rosa"], "_csrf_token": csrf_of(shared.browser())}

    assert client.post("/en/sign-in", data=fields).status_code == 403


def test_a_script_sends_the_token_in_a_header(door):
    client = door.signed_in("Rosa")
    fields = {"id": some_id(client), "state": "read"}
    headers = {"X-CSRFToken": csrf_of(client, PAGE)}

    assert client.post(STATE, data=fields, headers=headers).status_code == 303
    wrong = client.post(STATE, data=fields, headers={"X-CSRFToken": "x"})
    assert wrong.status_code == 403


def test_the_token_of_a_form_with_files_is_looked_for(door):
    client = door.signed_in("Rosa")
    token, files = csrf_of(client, PAGE), {"file": ("a.jsonl", b"{}")}

    without = client.post(STATE, files=files)
    given = client.post(STATE, files=files, data={"_csrf_token": token})

    assert without.status_code == 403
    assert given.status_code != 403


def test_other_content_than_a_form_needs_the_header(door):
    client = door.signed_in("Rosa")

    assert client.post(STATE, json={"state": "read"}).status_code == 403
    assert client.post(STATE, content=b"state=read").status_code == 403


def test_a_form_is_not_endless(door):
    client = door.signed_in("Rosa")
    token = csrf_of(client, PAGE)

    big = client.post(STATE, data={"_csrf_token": token, "why": "x" * 65_536})
    many = client.post(STATE, data={"_csrf_token": token, "id": ["1"] * 1_000})

    assert (big.status_code, many.status_code) == (413, 400)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate",
          "Sec-Fetch-Dest": "document"}, 200),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate",
          "Sec-Fetch-Dest": "iframe"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors",
          "Sec-Fetch-Dest": "image"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors",
          "Sec-Fetch-Dest": "empty"}, 403),
    ],
)  # fmt: skip
def test_another_site_may_link_to_a_page_and_no_more(near, headers, status):
    assert near.get(PAGE, headers=headers).status_code == status


# --- what is told


def test_every_answer_carries_the_headers(shared):
    client = shared.signed_in("Léo")
    for path in (PAGE, "/nowhere", "/en/sign-in", "/static/nothing"):
        for headers in ({}, {"Host": "evil.example"}):
            answer = client.get(path, headers=headers)
            policy = answer.headers["content-security-policy"]
            for part in ("default-src 'none'", "object-src 'none'",
                         "base-uri 'none'", "frame-ancestors 'none'"):  # fmt: skip
                assert part in policy
            assert "unsafe" not in policy
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["referrer-policy"] == "same-origin"
            assert answer.headers["cross-origin-resource-policy"] == "same-origin"
            assert answer.headers["cache-control"] == "no-store"
            assert "access-control-allow-origin" not in answer.headers
            assert "strict-transport-security" not in answer.headers


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_broken_store_is_a_page_that_names_no_path(door, lang, caplog):
    client = door.signed_in("Rosa")
    for path in door.settings.db.parent.glob("kept.db*"):
        if path.is_file() and path.suffix != ".key":
            path.write_bytes(b"nonsense" * 2_000)

    answer = client.get(f"/{lang}/conversations")

    words = {"fr": "La base ne répond pas", "en": "The database does not answer"}
    assert answer.status_code == 503
    assert words[lang] in answer.text
    assert "kept.db" not in answer.text
    assert "Traceback" not in answer.text
    assert "kept.db" in caplog.text


def test_a_token_is_told_nowhere_again_and_kept_as_a_hash_only(door, caplog):
    caplog.set_level(logging.DEBUG)
    token, client = door.tokens["Rosa"], door.browser()
    answers = [sign_in(client, token[:-1] + "!"), sign_in(client, token)]
    session = client.cookies["jauge"]
    answers += [client.get(PAGE), client.get("/en/sign-in")]

    told = caplog.text + "".join(one.text for one in answers)
    assert token not in told
    assert session not in told
    open_store(door.settings.db)
    files = [one for one in door.settings.db.parent.rglob("*") if one.is_file()]
    held = b"".join(one.read_bytes() for one in files)
    assert sha256(token.encode()).hexdigest().encode() in held
    assert token.encode() not in held
    assert session.encode() not in held


def test_who_signs_in_and_who_is_refused_is_in_the_log(door, caplog):
    caplog.set_level(logging.INFO)
    sign_in(door.browser(), "jauge_wrong")
    client = door.signed_in("Léo")
    client.post(STATE, data={"_csrf_token": csrf_of(client, PAGE)})
    client.post("/en/leave", data={"_csrf_token": csrf_of(client, PAGE)})

    told = [one.getMessage() for one in caplog.records if one.name == "jauge.service"]
    assert told == [
        "sign-in refused: wrong or revoked token, from testclient",
        "signed in: Léo, from testclient",
        f"refused: POST {STATE}, may only read (Léo, testclient)",
        "left: Léo",
    ]
