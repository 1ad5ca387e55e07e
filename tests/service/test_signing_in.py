"""Signing in and leaving: cookies, sessions, wrong tokens, and where one goes on."""

from __future__ import annotations

import re

import msgspec
import pytest

from jauge.service.app import app_of
from jauge.service.tries import OF_ALL, OF_ONE, Tries
from tests.service.doors import Door, csrf_of, door_with_people, revoke, sign_in

PAGE = "/en/conversations"


@pytest.fixture
def door(settings) -> Door:
    return door_with_people(settings)


@pytest.fixture
def behind_proxy(settings, door) -> Door:
    """The same site behind a proxy that speaks TLS."""
    wide = msgspec.structs.replace(
        settings, is_local=False, trusts_proxy=True, names=("jauge.example",)
    )
    return Door(app_of(wide), wide, door.tokens)


def cookies_of(answer) -> dict[str, str]:
    """The cookies that an answer sets: name → flags, without the value."""
    found = {}
    for line in answer.headers.get_list("set-cookie"):
        name, _, rest = line.partition("=")
        found[name] = "; ".join(sorted(rest.partition("; ")[2].split("; ")))
    return found


# --- cookies and sessions


def test_cookies_are_for_the_server_alone(door):
    client = door.browser()
    asked = client.get("/en/sign-in")
    answer = sign_in(client, door.tokens["Rosa"])

    assert cookies_of(asked) == {"jauge-form": "HttpOnly; Path=/; SameSite=lax"}
    assert cookies_of(answer) == {
        "jauge": "HttpOnly; Max-Age=604800; Path=/; SameSite=lax"
    }


def test_cookies_over_tls_are_bound_to_the_host(behind_proxy):
    told = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"}
    client = behind_proxy.browser(base="https://jauge.example")
    asked = client.get("/en/sign-in", headers=told)
    answer = sign_in(client, behind_proxy.tokens["Rosa"], headers=told)

    flags = "HttpOnly; Path=/; SameSite=lax; Secure"
    assert cookies_of(asked) == {"__Host-jauge-form": flags}
    assert cookies_of(answer) == {
        "__Host-jauge": "HttpOnly; Max-Age=604800; Path=/; SameSite=lax; Secure"
    }
    only_tls = answer.headers["strict-transport-security"]
    assert only_tls == "max-age=31536000; includeSubDomains"
    assert client.get(PAGE, headers=told).status_code == 200


def test_a_session_of_plain_http_is_none_over_tls(behind_proxy):
    client = behind_proxy.browser(behind_proxy.session("Rosa"), "https://jauge.example")

    assert client.get(PAGE).status_code == 303


def test_a_form_over_tls_comes_from_tls(behind_proxy):
    told = {"X-Forwarded-Proto": "https", "Origin": "http://jauge.example"}
    client = behind_proxy.browser(base="https://jauge.example")

    answer = sign_in(client, behind_proxy.tokens["Rosa"], headers=told)

    assert answer.status_code == 403


def test_a_proxy_that_is_not_trusted_makes_nothing_secure(door):
    told = {"X-Forwarded-Proto": "https"}

    answer = door.browser().get("/en/sign-in", headers=told)

    assert "strict-transport-security" not in answer.headers
    assert "Secure" not in answer.headers["set-cookie"]


def test_signing_in_makes_a_new_session_and_ends_the_one_before(door):
    client = door.signed_in("Rosa")
    before = client.cookies["jauge"]

    sign_in_again = client.post(
        "/en/sign-in",
        data={"_csrf_token": csrf_of(client, PAGE), "token": door.tokens["Léo"]},
    )

    assert sign_in_again.status_code == 303
    assert client.cookies["jauge"] != before
    assert door.browser(before).get(PAGE).status_code == 303


def test_a_session_that_was_planted_is_not_taken_over(door):
    client = door.browser("planted" + "x" * 36)

    sign_in(client, door.tokens["Rosa"])

    assert door.browser("planted" + "x" * 36).get(PAGE).status_code == 303


def test_who_leaves_has_left_on_the_server_too(door):
    client = door.signed_in("Rosa")
    before = client.cookies["jauge"]

    answer = client.post("/fr/leave", data={"_csrf_token": csrf_of(client, PAGE)})

    assert answer.headers["location"] == "/fr/sign-in"
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert client.get(PAGE).status_code == 303
    assert door.browser(before).get(PAGE).status_code == 303


def test_who_is_revoked_is_out_at_the_next_page(door):
    client = door.signed_in("Rosa")
    assert client.get(PAGE).status_code == 200

    revoke(door, "Rosa")

    assert client.get(PAGE).status_code == 303


def test_forms_outlast_a_new_start_of_the_site(door, settings):
    client = door.signed_in("Rosa")
    token, cookie = csrf_of(client, PAGE), client.cookies["jauge"]

    again = Door(app_of(settings), settings, door.tokens).browser(cookie)

    assert again.post("/en/leave", data={"_csrf_token": token}).status_code == 303


# --- what the page says


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("fr", ["Entrer", "Jeton", "Ce jeton n’ouvre rien", "douze heures"]),
        ("en", ["Sign in", "Token", "This token opens nothing", "twelve hours"]),
    ],
)
def test_wrong_and_revoked_tokens_hear_the_same(door, lang, words):
    revoke(door, "Gone")
    answers = [
        sign_in(door.browser(), token, lang)
        for token in ("jauge_wrong", door.tokens["Gone"], "")
    ]

    assert {one.status_code for one in answers} == {401}
    pages = {re.sub(r'value="[0-9a-f]{64}"', "", one.text) for one in answers}
    assert len(pages) == 1
    assert all(word in answers[0].text for word in words)
    assert f'<html lang="{lang}' in answers[0].text


def test_the_page_asks_for_nothing_but_a_token(door):
    text = door.browser().get("/en/sign-in").text

    assert re.findall(r'<input[^>]*name="(\w+)"', text) == [
        "_csrf_token",
        "next",
        "token",
    ]
    assert 'autocomplete="current-password"' in text


def test_blanks_around_a_token_do_not_matter(door):
    assert sign_in(door.browser(), f"  {door.tokens['Rosa']}\n").status_code == 303


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_one_goes_on_to_what_was_asked_for(door, lang):
    client = door.browser()
    asked = f"/{lang}/conversations?q=d%C3%A9lai&level=negative"
    to = client.get(asked).headers["location"]

    fields = {
        "_csrf_token": csrf_of(client, to),
        "token": door.tokens["Léo"],
        "next": re.search(r'name="next" value="([^"]*)"', client.get(to).text)[
            1
        ].replace("&amp;", "&"),
    }
    answer = client.post(f"/{lang}/sign-in", data=fields)

    assert answer.headers["location"] == asked


@pytest.mark.parametrize(
    "to",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "/fr/\\evil",
     "javascript:alert(1)", "/fr/\r\nSet-Cookie: a=b", "/fr/é", "/static/x",
     "/fr", "", "/fr/" + "x" * 5_000, "/fr/ x", "/en/../..//evil.example\t"],
)  # fmt: skip
def test_signing_in_never_leads_to_another_site(door, to):
    client = door.browser()
    fields = {"_csrf_token": csrf_of(client), "token": door.tokens["Léo"], "next": to}

    answer = client.post("/en/sign-in", data=fields)

    assert answer.headers["location"] == PAGE


# --- too many


def test_after_five_wrong_tokens_one_waits(door):
    client = door.browser()
    answers = [sign_in(client, f"jauge_{n}").status_code for n in range(OF_ONE)]

    last = sign_in(client, door.tokens["Rosa"])

    assert answers == [401] * OF_ONE
    assert last.status_code == 429
    assert 1 <= int(last.headers["retry-after"]) <= 60
    assert "jauge" not in client.cookies


@pytest.mark.parametrize(
    ("lang", "words"), [("fr", "Attendez une minute"), ("en", "Wait a minute")]
)
def test_who_waits_is_told_so(door, lang, words):
    client = door.browser()
    for n in range(OF_ONE):
        sign_in(client, f"jauge_{n}")

    assert words in sign_in(client, "jauge_x", lang).text


def test_right_tokens_never_have_to_wait(door):
    for _ in range(OF_ONE + 3):
        assert sign_in(door.browser(), door.tokens["Rosa"]).status_code == 303


def test_an_address_made_up_does_not_help(door):
    for n in range(OF_ONE):
        told = {"X-Forwarded-For": f"192.0.2.{n}"}
        assert sign_in(door.browser(), "jauge_x", headers=told).status_code == 401

    told = {"X-Forwarded-For": "192.0.2.200"}
    assert sign_in(door.browser(), "jauge_x", headers=told).status_code == 429


def test_behind_a_proxy_each_client_has_its_own_tries(behind_proxy):
    def tried(client: str) -> int:
        # What comes before the last was told by the client itself.
        told = {"X-Forwarded-For": f"10.0.0.1, {client}", "X-Forwarded-Proto": "http"}
        browser = behind_proxy.browser(base="http://jauge.example")
        return sign_in(browser, "jauge_x", headers=told).status_code

    assert [tried("192.0.2.1") for _ in range(OF_ONE + 1)][-1] == 429
    assert tried("192.0.2.2") == 401


def test_tries_are_counted_for_a_minute():
    now = [0.0]
    tries = Tries(clock=lambda: now[0])
    for _ in range(OF_ONE):
        assert tries.begin("a") == 0

    now[0] = 59.0
    assert tries.begin("a") == pytest.approx(1)
    now[0] = 60.0
    assert tries.begin("a") == 0


def test_many_clients_together_wait_too_and_memory_has_a_limit():
    tries = Tries(clock=lambda: 0.0)

    waits = [tries.begin(f"client {n}") for n in range(1_000)]

    assert waits.count(0.0) == OF_ALL
    assert len(tries._wrong) == OF_ALL


def test_a_right_try_is_not_counted():
    tries = Tries(clock=lambda: 0.0)
    for _ in range(100):
        assert tries.begin("a") == 0
        tries.forgive("a")
