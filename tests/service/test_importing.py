"""Import: what a file holds is told before anything of it is kept."""

from __future__ import annotations

import asyncio
import gzip
import io
import json
import re
import stat
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

import pytest
import xlsxwriter
import zstandard
from litestar.testing import TestClient

from jauge.columnar.desk import Desk
from jauge.keeping import Plan, load_files
from jauge.scorer import ScorerSpec
from jauge.service.app import app_of
from jauge.service.choices import Choice
from jauge.service.imports import Imports, ImportSettings
from jauge.service.site import SiteSettings
from jauge.service.spool import Spool
from jauge.service.uploading import Upload
from jauge.store.database import open_store
from tests.formats.scenarios import SCENARIOS
from tests.formats.shapes_found import SHAPES
from tests.kept import chat, lines, shown

if TYPE_CHECKING:
    from pathlib import Path

in_both = pytest.mark.parametrize("lang", ["fr", "en"])
TWO = lines(chat("c-1"), chat("c-2")).encode()
PATIENCE = 180


class Words(NamedTuple):
    """What a page says, in one of its languages."""

    ready: str
    keep: str
    done: str
    empty: str


WORDS = {
    "fr": Words("Voici ce qu’il y a dedans", "Garder", "C’est chargé", "est vide"),
    "en": Words("This is what they hold", "Keep", "Loaded", "The file is empty"),
}


@pytest.fixture
def db(tmp_path) -> Path:
    return tmp_path / "kept.db"


@pytest.fixture
def client(db):
    with TestClient(app_of(SiteSettings(db=db)), base_url="http://127.0.0.1") as made:
        yield made


@pytest.fixture
def imports(db):
    open_store(db, create=True)
    made = Imports(db, ScorerSpec(), ImportSettings())
    yield made
    made.close()


def token(client) -> str:
    text = client.get("/en/import").text
    return re.search(r'name="_csrf_token" value="(\w+)"', text)[1]


def send(client, *files, lang="en", told=None, **options):
    """Send files as the form does; give the page that follows."""
    form = {"_csrf_token": told or token(client)}
    parts = [("file", (name, data)) for name, data in files]
    return client.post(f"/{lang}/import", data=form, files=parts, **options)


def press(client, page, what, **fields):
    """Press a button of an import's page; give the page that follows."""
    form = {"_csrf_token": token(client), **fields}
    return client.post(f"{page.url.path}/{what}", data=form)


def spooled(db) -> list[Path]:
    """All files that wait in the spool."""
    folder = db.with_name(f"{db.name}.incoming")
    return [one for one in folder.rglob("*") if one.is_file() and one.name != "lock"]


def count(db) -> int:
    return open_store(db).count()


def many(first, number) -> bytes:
    return lines(*(chat(f"m-{first + at}", 6) for at in range(number))).encode()


def spool(imports, data) -> Upload:
    path, file = imports.spool.file()
    with file:
        file.write(data)
    return Upload("many.jsonl", path, len(data))


@in_both
def test_what_a_file_holds_is_told_before_anything_is_kept(client, db, lang):
    page = send(client, ("chats.jsonl", TWO), lang=lang)

    assert page.status_code == 200
    assert WORDS[lang].ready in page.text
    assert "<dt>Conversations</dt><dd>2</dd>" in page.text
    assert count(db) == 0


@in_both
def test_what_is_kept_is_told_in_counts(client, db, lang):
    page = send(client, ("chats.jsonl", TWO + b'{"id": 3}\n'), lang=lang)

    kept = press(client, page, "keep")

    assert WORDS[lang].done in kept.text
    assert count(db) == 2
    assert "chats.jsonl:3" in kept.text
    assert spooled(db) == []
    assert [one.file for one in open_store(db).loads()] == ["chats.jsonl"]


def test_what_is_said_to_be_kept_is_on_the_list_however_slow_its_reading(
    client, monkeypatch
):
    read = Desk._read

    def slowly(desk, state):
        time.sleep(0.7)
        return read(desk, state)

    monkeypatch.setattr(Desk, "_read", slowly)
    kept = press(client, send(client, ("chats.jsonl", TWO)), "keep")
    while "every 1s" in kept.text:
        kept = client.get(kept.url.path)

    assert WORDS["en"].done in kept.text
    assert client.get("/en/conversations").text.count('class="open"') == 2


def test_same_file_again_changes_nothing(client, db):
    press(client, send(client, ("a.jsonl", TWO)), "keep")

    again = press(client, send(client, ("b.jsonl", TWO)), "keep")

    assert re.search(r"<dt>Unchanged</dt><dd>2</dd>", again.text)
    assert count(db) == 2


@in_both
def test_what_is_read_otherwise_stays_until_the_box_is_ticked(client, db, lang):
    said = {"fr": "Lues autrement", "en": "Read otherwise"}[lang]
    left = {"fr": "est resté tel quel", "en": "was left as it is"}[lang]
    other = lines(chat("c-1", channel="sms"), chat("c-2")).encode()
    press(client, send(client, ("a.jsonl", TWO)), "keep")

    page = send(client, ("b.jsonl", other), lang=lang)
    plain = press(client, page, "keep")
    assert f"<dt>{said}</dt><dd>1</dd>" in plain.text
    assert left in plain.text
    assert shown(db)["c-1"].conversation.channel == "unknown"

    page = send(client, ("b.jsonl", other), lang=lang)
    assert 'name="replace"' in page.text
    replaced = press(client, page, "keep", replace="1")
    assert f"<dt>{said}</dt><dd>1</dd>" in replaced.text
    assert left not in replaced.text
    assert shown(db)["c-1"].conversation.channel == "sms"
    table = client.get(f"/{lang}/import").text
    assert said in table


def test_who_the_customer_is_can_be_told_on_the_page(client, db):
    text = (
        "02/11/2026, 14:00 - Ann: Where is my parcel?\n"
        "02/11/2026, 14:01 - Lila: Sorry, I did not understand.\n"
    )
    page = send(client, ("wa.txt", text.encode()))

    told = press(client, page, "again", bot="Lila", user="*")
    press(client, told, "keep")

    [kept] = shown(db).values()
    assert kept.score.status == "scored"
    assert 'name="user" value="*"' in told.text


def test_several_files_are_kept_together(client, db):
    other = lines(chat("c-3")).encode()

    page = send(client, ("a.jsonl", TWO), ("b.jsonl", other), ("c.jsonl", b""))

    assert page.text.count('<h2 id="file-') == 3
    press(client, page, "keep")
    assert count(db) == 3


def test_discarded_files_are_gone(client, db):
    page = send(client, ("a.jsonl", TWO))
    assert len(spooled(db)) == 1

    left = press(client, page, "discard")

    assert left.url.path == "/en/import"
    assert spooled(db) == []
    assert client.get(page.url.path).status_code == 404
    assert count(db) == 0


@in_both
def test_example_leads_to_its_conversations(client, db, lang):
    form = {"_csrf_token": token(client)}

    page = client.post(f"/{lang}/import/example", data=form)

    assert page.url.path == f"/{lang}/conversations"
    assert count(db) == 84


@in_both
def test_empty_file_cannot_be_kept(client, lang):
    page = send(client, ("nothing.jsonl", b""), lang=lang)

    assert WORDS[lang].empty in page.text
    assert "/keep" not in page.text


@in_both
def test_form_without_a_file_is_told_so(client, lang):
    words = {"fr": "Aucun fichier", "en": "No file was chosen"}[lang]

    empty = client.post(
        f"/{lang}/import",
        content=(
            b'--x\r\nContent-Disposition: form-data; name="_csrf_token"\r\n\r\n'
            + token(client).encode()
            + b'\r\n--x\r\nContent-Disposition: form-data; name="file"; filename=""'
            b"\r\n\r\n\r\n--x--\r\n"
        ),
        headers={"Content-Type": "multipart/form-data; boundary=x"},
    )

    assert empty.status_code == 400
    assert words in empty.text


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_packed_file_is_read_as_it_is(client, db, pack):
    page = send(client, ("chats.jsonl.gz", pack(TWO)))

    press(client, page, "keep")

    assert count(db) == 2


@in_both
def test_file_that_unpacks_to_far_too_much_is_read_no_further(db, lang):
    settings = SiteSettings(db=db, imports=ImportSettings(most_bytes=100_000))
    bomb = gzip.compress(b'{"id": "' + bytes(20_000_000))
    words = {"fr": "démesuré", "en": "out of all proportion"}[lang]

    with TestClient(app_of(settings), base_url="http://127.0.0.1") as client:
        page = send(client, ("bomb.jsonl.gz", bomb), lang=lang)

    assert len(bomb) < 100_000
    assert words in page.text
    assert "/keep" not in page.text


@in_both
def test_more_than_a_site_takes_is_refused_in_words(db, lang):
    settings = SiteSettings(db=db, imports=ImportSettings(most_bytes=1000))
    words = {"fr": "Trop gros", "en": "Too big"}[lang]

    with TestClient(app_of(settings), base_url="http://127.0.0.1") as client:
        page = send(client, ("a.jsonl", b"x" * 600), ("b.jsonl", b"x" * 600), lang=lang)

        assert page.status_code == 413
        assert words in page.text
        assert spooled(db) == []


def test_too_many_files_at_once_are_refused(client, db):
    page = send(client, *((f"{at}.jsonl", TWO) for at in range(21)))

    assert page.status_code == 413
    assert spooled(db) == []


def test_too_many_imports_that_wait_are_refused(db):
    settings = SiteSettings(db=db, imports=ImportSettings(most_jobs=1))

    with TestClient(app_of(settings), base_url="http://127.0.0.1") as client:
        send(client, ("a.jsonl", TWO))

        assert send(client, ("b.jsonl", TWO)).status_code == 429
        assert len(spooled(db)) == 1


@pytest.mark.parametrize("told", ["x", "0" * 128])
def test_form_of_another_site_is_refused(client, db, told):
    assert send(client, ("a.jsonl", TWO), told=told).status_code == 403
    assert spooled(db) == []


def test_token_may_come_as_a_header(client):
    headers = {"X-CSRFToken": token(client)}

    page = send(client, ("a.jsonl", TWO), told="x", headers=headers)

    assert page.status_code == 200


def test_form_without_a_cookie_is_refused(client, db):
    told = token(client)
    client.cookies.clear()
    parts = [("file", ("a.jsonl", TWO))]

    page = client.post("/en/import", data={"_csrf_token": told}, files=parts)

    assert page.status_code == 403
    assert spooled(db) == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../../etc/passwd", "passwd"),
        ("..", ".."),
        ("C:\\Users\\x\\chats.jsonl", "chats.jsonl"),
        ("<script>alert(1)</script>.jsonl", "script&gt;.jsonl"),
        ("=HYPERLINK(1).jsonl", "=HYPERLINK(1).jsonl"),
        ("é\u202egpj.jsonl", "é\ufffdgpj.jsonl"),
        ("x" * 4000, "…" + "x" * 120),
    ],
)
def test_name_of_a_file_is_shown_and_never_a_path(client, db, name, shown):
    page = send(client, (name, TWO))

    assert shown in page.text
    assert "<script>alert" not in page.text
    (file,) = spooled(db)
    assert re.fullmatch(r"[0-9a-f]{32}", file.name)
    assert press(client, page, "keep").status_code == 200
    assert count(db) == 2


def test_name_without_end_is_refused(client, db):
    assert send(client, ("x" * 100_000, TWO)).status_code == 400
    assert spooled(db) == []


def test_spool_is_private(client, db):
    send(client, ("a.jsonl", TWO))

    (file,) = spooled(db)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(file.parent.parent.stat().st_mode) == 0o700


@in_both
def test_table_of_unknown_columns_is_read_as_it_is_said(client, db, lang):
    table = (
        "ticket;quoi;qui;zeit\n"
        "t-1;Where is my parcel?;Kunde;2026-11-02 14:00\n"
        "t-1;On Tuesday.;Lia;2026-11-02 14:01\n"
    )
    words = {
        "fr": (
            "C’est un tableau, mais",
            "<code>text</code>\N{NARROW NO-BREAK SPACE}: ce",
        ),
        "en": ("This is a table, but", "<code>text</code>: what is written"),
    }[lang]

    page = send(client, ("table.csv", table.encode()), lang=lang)
    assert all(told in page.text for told in words)
    assert "<dd>ticket, quoi, qui, zeit</dd>" in page.text
    assert {"fr": "<dt>Introuvables</dt>", "en": "<dt>Not found</dt>"}[
        lang
    ] in page.text
    assert "<code>role</code>" not in page.text
    assert "<code>at</code>, <code>hour</code>" in page.text
    assert '<details class="more" open>' in page.text
    fields = {
        "columns": "id=ticket, text=quoi, role=qui, at=zeit", "bot": "Lia",
        "zone": "Europe/Paris",
    }  # fmt: skip
    again = press(client, page, "again", **fields)

    assert "<dt>Conversations</dt><dd>1</dd>" in again.text
    assert "Europe/Paris" in again.text
    press(client, again, "keep")
    kept = open_store(db).conversation("t-1").kept.conversation
    assert kept.events[1].role == "bot"
    assert kept.events[0].at.isoformat() == "2026-11-02T14:00:00+01:00"


@in_both
def test_a_column_that_is_not_there_is_told_with_those_that_are(client, lang):
    page = send(client, ("a.csv", b"k;<b>w</b>;t\n1;user;hi\n2;bot;ho\n"), lang=lang)

    again = press(client, page, "again", columns="id=k, role=who, text=t")

    told = {"fr": "pas de colonne who", "en": "no column who"}[lang]
    assert told in again.text
    assert "<dd>k, &lt;b&gt;w&lt;/b&gt;, t</dd>" in again.text


@pytest.mark.parametrize(
    "fields",
    [
        {"columns": "nothing=x"},
        {"columns": "id"},
        {"zone": "Mars/Olympus"},
        {"format": "no-such"},
        {"zone": "../../etc/passwd"},
    ],
)
def test_choice_that_cannot_be_is_told(client, fields):
    page = send(client, ("a.jsonl", TWO))

    again = press(client, page, "again", **fields)

    assert again.status_code == 200
    assert "does not fit" in again.text or "not recognised" in again.text
    assert "/keep" not in again.text


def test_import_is_that_of_the_person_who_sent_it(imports):
    job = imports.take([spool(imports, TWO)], "ada", Choice(zone="UTC"))

    assert imports.find(job.id, "ada") is job
    assert imports.find(job.id, "bob") is None
    assert imports.find("x", "ada") is None


def test_page_refreshes_itself_by_its_state_alone(client):
    page = send(client, ("a.jsonl", TWO))

    part = client.get(page.url.path, headers={"HX-Request": "true"}).text

    assert part.lstrip().startswith("<section")
    assert "<html" not in part
    assert "hx-get" not in part


def test_stopped_load_keeps_what_it_had_and_goes_on_later(imports, db):
    data = many(0, 1500)
    job = imports.take([spool(imports, data)], "ada", Choice(zone="UTC"))
    imports.wait(job, PATIENCE)
    imports.keep(job)
    while not job.counts.new and job.is_at_work:
        imports.wait(job, 0.05)

    imports.stop(job)
    imports.wait(job, PATIENCE)

    assert job.state == "stopped"
    assert 0 < count(db) == job.counts.new < 1500
    assert open_store(db).loads()[0].ended_at is None
    assert not job.files[0].path.exists()
    again = imports.take([spool(imports, data)], "ada", Choice(zone="UTC"))
    imports.wait(again, PATIENCE)
    imports.keep(again)
    imports.wait(again, PATIENCE)
    assert again.state == "done"
    assert count(db) == 1500
    assert again.counts.unchanged == job.counts.new


def test_loads_wait_in_line(imports, db):
    jobs = [
        imports.take([spool(imports, many(at * 1000, 300))], "ada", Choice(zone="UTC"))
        for at in range(3)
    ]
    for job in jobs:
        imports.wait(job, PATIENCE)
    for job in jobs:
        imports.keep(job)

    assert jobs[2].state == "waiting"
    imports.stop(jobs[2])
    for job in jobs:
        imports.wait(job, PATIENCE)

    assert [job.state for job in jobs] == ["done", "done", "stopped"]
    assert count(db) == 600


def test_what_is_kept_twice_is_loaded_once(imports, db):
    job = imports.take([spool(imports, TWO)], "ada", Choice(zone="UTC"))
    imports.wait(job, PATIENCE)

    imports.keep(job)
    imports.keep(job)
    imports.wait(job, PATIENCE)
    imports.keep(job)

    assert job.state == "done"
    assert len(open_store(db).loads()) == 1


def test_nothing_is_loaded_in_the_place_of_a_database_that_is_gone(imports, db):
    job = imports.take([spool(imports, TWO)], "ada", Choice(zone="UTC"))
    imports.wait(job, PATIENCE)
    db.unlink()

    imports.keep(job)
    imports.wait(job, PATIENCE)

    assert (job.state, job.problem.fault) == ("failed", "store")
    assert not db.exists()


def test_import_that_nobody_comes_back_to_is_forgotten(imports):
    job = imports.take([spool(imports, TWO)], "ada", Choice(zone="UTC"))
    imports.wait(job, PATIENCE)

    job.touched_at -= 3601

    assert imports.find(job.id, "ada") is None
    assert not job.files[0].path.exists()


def test_closing_ends_what_is_under_way(imports, db):
    job = imports.take([spool(imports, many(0, 1500))], "ada", Choice(zone="UTC"))

    imports.close()

    assert not job.is_at_work
    assert not db.with_name(f"{db.name}.incoming").exists()


def test_what_a_killed_process_left_is_removed(db):
    living = Spool(db)
    path, file = living.file()
    file.close()
    left = living.parent / "left"
    left.mkdir()
    (left / "a").write_bytes(TWO)

    Spool(db)

    assert not left.exists()
    assert path.exists()
    living.close()
    assert not living.parent.exists()


def test_link_in_place_of_the_spool_leads_nowhere(db, tmp_path):
    treasure = tmp_path / "treasure"
    (treasure / "box").mkdir(parents=True)
    (treasure / "box" / "gold").write_bytes(b"1")
    db.with_name(f"{db.name}.incoming").symlink_to(treasure)

    Spool(db)

    assert (treasure / "box" / "gold").exists()


def test_nothing_is_left_of_a_browser_that_goes_away(client, db):
    told = token(client)
    cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    head = (
        f'--x\r\nContent-Disposition: form-data; name="_csrf_token"\r\n\r\n{told}\r\n'
        '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    )
    said = iter(
        [
            {
                "type": "http.request",
                "body": head.encode() + bytes(3_000_000),
                "more_body": True,
            },
            {"type": "http.disconnect"},
        ]
    )
    waiting = []

    async def receive():
        waiting.append(len(spooled(db)))
        return next(said)

    async def sent(_):
        pass

    scope = {
        "type": "http", "method": "POST", "path": "/en/import", "root_path": "",
        "raw_path": b"/en/import", "query_string": b"", "http_version": "1.1",
        "scheme": "http", "server": ("127.0.0.1", 80), "client": ("127.0.0.1", 1),
        "headers": [
            (b"host", b"127.0.0.1"),
            (b"content-type", b"multipart/form-data; boundary=x"),
            (b"cookie", cookies.encode()),
        ],
    }  # fmt: skip

    async def visit():
        await client.app(scope, receive, sent)

    # A browser test before this one leaves its loop running in this thread.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(visit())).result()

    assert waiting == [0, 1]
    assert spooled(db) == []


@in_both
def test_refused_records_are_told_with_their_place_and_reason(client, lang):
    bad = b'{"id": "bad-1", "events": "<script>alert(1)</script>"}\n'
    press(client, send(client, ("<i>.jsonl", TWO + bad)), "keep")

    page = client.get(f"/{lang}/not-scored")

    heading = {"fr": "1 enregistrement refusé", "en": "1 rejected record"}[lang]
    assert heading in page.text
    assert '<th scope="row">&lt;i&gt;.jsonl</th><td class="num">3</td>' in page.text
    assert "$.events" in page.text
    assert "&lt;script&gt;alert(1)" in page.text
    assert "<script>alert(1)" not in page.text


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("fr", "il faut un texte, et c’est un nombre entier"),
        ("en", "a text is needed, and it is a whole number"),
    ],
)
def test_refusals_are_told_in_the_words_of_the_reader(client, lang, words):
    page = send(client, ("a.jsonl", TWO + b'{"id": 3}\n'), lang=lang)
    kept = press(client, page, "keep")

    assert words in page.text
    assert words in kept.text
    assert words in client.get(f"/{lang}/not-scored").text


@in_both
def test_reasons_without_a_score_lead_to_their_lists(client, lang):
    client.post(f"/{lang}/import/example", data={"_csrf_token": token(client)})

    page = client.get(f"/{lang}/not-scored")

    title = {"fr": "15 conversations sans score", "en": "15 conversations not scored"}
    assert f"<h1>{title[lang]}</h1>" in page.text
    for reason in ("email", "agent", "unknown_roles", "no_bot_message", "not_engaged"):
        address = f"/{lang}/conversations?status={reason}"
        assert f'href="{address}"' in page.text
        assert client.get(address).status_code == 200


def test_refused_records_come_page_by_page(client):
    bad = b"".join(b'{"id": %d}\n' % at for at in range(60))
    press(client, send(client, ("bad.jsonl", TWO + bad)), "keep")

    first = client.get("/en/not-scored").text
    last = client.get("/en/not-scored?page=3").text

    assert first.count("<details><summary>") == 25
    assert last.count("<details><summary>") == 10
    for odd in ("0", "-1", "x", "9" * 40, "99"):
        assert client.get(f"/en/not-scored?page={odd}").status_code == 200


def test_long_refused_record_is_cut(client):
    long = json.dumps({"id": 1, "text": "x" * 200_000}).encode() + b"\n"
    press(client, send(client, ("bad.jsonl", TWO + long)), "keep")

    page = client.get("/en/not-scored").text

    assert "(its beginning)" in page
    assert len(page) < 40_000


@in_both
def test_empty_page_takes_files(client, lang):
    page = client.get(f"/{lang}/conversations").text

    assert f'action="/{lang}/import" enctype="multipart/form-data"' in page
    assert f'action="/{lang}/import/example"' in page


@in_both
def test_page_lists_what_was_loaded(client, lang):
    press(client, send(client, ("first.jsonl", TWO)), "keep")
    press(client, send(client, ("second.jsonl", TWO)), "keep")

    page = client.get(f"/{lang}/import").text

    assert page.index("second.jsonl") < page.index("first.jsonl")


def webhooks(count: int) -> list[bytes]:
    """Calls of a platform that tell conversations together, dealt out to files."""
    shape = next(one for one in SHAPES if one.name == "chatwoot webhooks")
    calls = shape.render(SCENARIOS).splitlines(keepends=True)
    return [b"".join(calls[number::count]) for number in range(count)]


def zipped(*files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, data in enumerate(files):
            archive.writestr(f"calls/{number}.jsonl", data)
    return packed.getvalue()


@in_both
def test_an_archive_of_webhooks_is_told_and_kept(client, db, lang):
    page = send(client, ("calls.zip", zipped(*webhooks(3))), lang=lang)

    assert "chatwoot" in page.text
    done = press(client, page, "keep")
    assert WORDS[lang].done in done.text
    assert count(db) == len(SCENARIOS)


@in_both
def test_files_dropped_together_are_put_together(client, db, lang):
    files = [(f"{number}.jsonl", data) for number, data in enumerate(webhooks(3))]

    page = send(client, *files, lang=lang)
    done = press(client, page, "keep")

    assert WORDS[lang].done in done.text
    kept, whole = open_store(db), db.with_name("whole.db")
    path = db.with_name("whole.jsonl")
    path.write_bytes(webhooks(1)[0])
    load_files([str(path)], str(whole), Plan())
    assert [one.file for one in kept.loads()] == [name for name, _ in files]
    scores = [
        {name: one.score for name, one in shown(at).items()} for at in (db, whole)
    ]
    assert scores[0] == scores[1]


@in_both
def test_a_workbook_is_told_and_kept(client, db, lang):
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        rows = [("conversation", "auteur", "texte"), ("c-1", "bot", "Bonjour"),
                ("c-1", "client", "Où est mon colis ?")]  # fmt: skip
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)

    page = send(client, ("chats.xlsx", made.getvalue()), lang=lang)
    done = press(client, page, "keep")

    assert "xlsx" in page.text
    assert WORDS[lang].done in done.text
    assert count(db) == 1


@in_both
def test_an_archive_of_nothing_that_is_read_is_told(client, db, lang):
    page = send(client, ("odd.zip", zipped(b"\x00\x01", b"words only")), lang=lang)

    assert page.status_code == 200
    assert "Traceback" not in page.text
    assert count(db) == 0
