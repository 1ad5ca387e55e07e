"""The command that serves the pages of a store, and names who may use them."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, cast

import typer

from jauge.cli.commands import app
from jauge.cli.endings import say
from jauge.cli.keeping import Database  # noqa: TC001 - Typer reads it
from jauge.cli.locale import locale_of
from jauge.cli.options import DONE, Language, Mask, ScorerName, language_of, spec_of
from jauge.errors import UsageError
from jauge.store.extra import check_extra

if TYPE_CHECKING:
    from jauge.report.wording import Lang, Locale
    from jauge.service.site import SiteSettings
    from jauge.settings import Settings
    from jauge.store.database import Store
    from jauge.store.kept import PersonRole

USUAL_PORT = 8765
NEEDED = ("litestar", "uvicorn", "jinja2", "babel", "duckdb", "xlsxwriter")

Port = Annotated[
    int,
    typer.Option(
        envvar="JAUGE_PORT", min=0, max=65535, help="The port; 0 takes a free one."
    ),
]
Host = Annotated[
    str,
    typer.Option(
        envvar="JAUGE_HOST",
        help="The address to listen at; beyond this machine, people need a token.",
    ),
]
Zone = Annotated[
    str | None,
    typer.Option(
        envvar="JAUGE_ZONE",
        help="The zone of days and times on the pages, e.g. America/Montreal.",
    ),
]
AddUser = Annotated[
    str | None,
    typer.Option(
        envvar="JAUGE_ADD_USER",
        help="Add a person, show the token this once, and end.",
        metavar="NAME",
    ),
]
Role = Annotated[
    Literal["read", "review"] | None,
    typer.Option(
        envvar="JAUGE_ROLE", help="What the person added may do; else read only."
    ),
]
RevokeUser = Annotated[
    str | None,
    typer.Option(
        envvar="JAUGE_REVOKE_USER",
        help="Take a person's token and sessions back, and end.",
        metavar="NAME",
    ),
]
EndSessions = Annotated[
    str | None,
    typer.Option(
        envvar="JAUGE_END_SESSIONS",
        help="End a person's sessions, whose token stays, and end.",
        metavar="NAME",
    ),
]
EndAllSessions = Annotated[
    bool,
    typer.Option(
        "--end-all-sessions",
        envvar="JAUGE_END_ALL_SESSIONS",
        help="End the sessions of everybody, and end.",
    ),
]
Users = Annotated[
    bool, typer.Option("--users", envvar="JAUGE_USERS", help="List people, and end.")
]
AllowedHost = Annotated[
    list[str] | None,
    typer.Option(
        envvar="JAUGE_ALLOWED_HOST",
        help="A name by which browsers may call the site.",
        metavar="NAME",
    ),
]
TrustProxy = Annotated[
    bool,
    typer.Option(
        "--trust-proxy",
        envvar="JAUGE_TRUST_PROXY",
        help="Believe a proxy before the site who asks, and that they came by TLS.",
    ),
]


# Most options of a command are taken from its context, as in `commands`.
@app.command()
def serve(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    *,
    db: Database = "jauge.db",
    port: Port = USUAL_PORT,
    host: Host = "127.0.0.1",
    zone: Zone = None,
    scorer: ScorerName = "default",
    mask: Mask = True,
    add_user: AddUser = None,
    role: Role = None,
    revoke_user: RevokeUser = None,
    end_sessions: EndSessions = None,
    end_all_sessions: EndAllSessions = False,
    users: Users = False,
    allowed_host: AllowedHost = None,
    trust_proxy: TrustProxy = False,
    lang: Language = None,
) -> int:
    """Serve the report as pages: find the worst conversations, see why, review them."""
    check_extra("serving pages", NEEDED)
    spoken = language_of(lang)
    named = [one is not None for one in (add_user, revoke_user, end_sessions)]
    asked = [*named, end_all_sessions, users]
    if sum(asked) > 1:
        msg = (
            "one at a time: --add-user NAME, --revoke-user NAME, --end-sessions NAME,"
            " --end-all-sessions or --users."
        )
        raise UsageError(msg)
    if role is not None and add_user is None:
        msg = f"--role {role}: of whom? Example: --add-user NAME --role {role}"
        raise UsageError(msg)
    if any(asked):
        return _manage(context, spoken)
    return _serve(_settings(context, spoken), host, port, spoken)


def _manage(context: typer.Context, lang: Lang) -> int:
    """Add a person, revoke one, end sessions, or list people."""
    from jauge.report import serving as shown
    from jauge.store.database import open_store
    from jauge.store.people import add_person, people, revoke_person

    given = context.params
    added, revoked = given["add_user"], given["revoke_user"]
    store = open_store(given["db"], create=added is not None)
    if added is not None:
        role: PersonRole = given["role"] or "read"
        token = add_person(store, added, role)
        say([shown.added_line(added.strip(), role, lang)])
        # Alone on standard output: it can go where secrets are kept.
        say([token], sys.stdout)
    elif revoked is not None:
        if not revoke_person(store, revoked):
            raise UsageError(_nobody("--revoke-user", revoked))
        say([shown.revoked_line(revoked.strip(), lang)])
    elif given["users"]:
        say(shown.people_lines(people(store), lang), sys.stdout)
    else:
        say([_ended_line(store, given["end_sessions"], lang)])
    return DONE


def _ended_line(store: Store, name: str | None, lang: Lang) -> str:
    """End the sessions of a person, or of everybody, and say how many there were."""
    from jauge.report import serving as shown
    from jauge.store.people import people
    from jauge.store.sessions import close_sessions

    now = datetime.now(UTC)
    if name is None:
        return shown.all_ended_line(close_sessions(store, now), lang)
    if not any(one.name == name.strip() for one in people(store)):
        raise UsageError(_nobody("--end-sessions", name))
    return shown.ended_line(name.strip(), close_sessions(store, now, name), lang)


def _nobody(option: str, name: str) -> str:
    return f"{option} {name}: no such person. See: jauge serve --users"


def _settings(context: typer.Context, lang: Lang) -> SiteSettings:
    """Make the settings of the site of the options."""
    from jauge.service.asked import LOCAL_NAMES, checked_names
    from jauge.service.site import SiteSettings

    given, settings = context.params, cast("Settings", context.obj)
    host, names = given["host"], given["allowed_host"] or []
    is_near = host.lower() in LOCAL_NAMES
    return SiteSettings(
        db=Path(given["db"]),
        zone=given["zone"] or settings.timezone or "UTC",
        french=french_of(given["lang"]),
        lang=lang,
        spec=spec_of(context, given["scorer"]),
        mask=given["mask"],
        # A proxy on this machine lets in others, too.
        is_local=is_near and not names and not given["trust_proxy"],
        names=(*checked_names(names), host.lower(), *LOCAL_NAMES),
        trusts_proxy=given["trust_proxy"],
    )


def french_of(given: Locale | None) -> Locale:
    """Choose the French of a site: as told, else of the system, else of Québec."""
    found = locale_of(given)
    return found if found.startswith("fr-") else "fr-CA"


def serve_demo(db: Path, lang: Locale | None) -> int:
    """Serve the store of the demonstration on this machine, until the end."""
    from jauge.service.site import SiteSettings

    spoken = language_of(lang)
    settings = SiteSettings(db=db, french=french_of(lang), lang=spoken)
    return _serve(settings, "127.0.0.1", USUAL_PORT, spoken)


def _serve(settings: SiteSettings, host: str, port: int, lang: Lang) -> int:
    """Listen, say where, and serve until the end."""
    from jauge import pipeline
    from jauge.report import serving as shown
    from jauge.service import serving
    from jauge.service.app import app_of
    from jauge.store.database import open_store
    from jauge.store.people import people

    pipeline.scorer_of(settings.spec)  # a faulty one is an error before all else
    everyone = people(open_store(settings.db, create=True))
    if not settings.is_local and all(one.revoked_at for one in everyone):
        msg = (
            "others could open these pages, and nobody has a token yet."
            " First: jauge serve --add-user NAME --role review"
        )
        raise UsageError(msg)
    with serving.listen(host, port) as taken:
        made = app_of(settings)
        address = serving.address_of(settings.names[0], taken)
        is_plain = not (settings.is_local or settings.trusts_proxy)
        say(shown.served_lines(address, lang, is_plain=is_plain), sys.stdout)
        serving.keep_log()
        serving.serve(made, taken)
    return DONE
