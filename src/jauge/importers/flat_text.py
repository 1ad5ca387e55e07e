"""Importer: flat text, one message a line: transcripts, and chats of WhatsApp."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from jauge.importers.cells import decoded_lines
from jauge.importers.flat_lines import Line, at_of, line_of, month_first, role_named
from jauge.importers.native import too_long
from jauge.importers.platform import SURE, Format, Page, Platform, Said
from jauge.importers.protocol import Record
from jauge.importers.telling import How, LeftOut, Thread, Told
from jauge.importers.threads import part_id
from jauge.importers.values import Value, part, text
from jauge.model.conversation import Message, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from jauge.importers.head import Head
    from jauge.model.conversation import Medium
    from jauge.model.rejected import Rejected
    from jauge.settings import ReadOptions

_RULE = re.compile(r"\s{0,20}([-=*_])\1{2,200}\s{0,20}")
_HEADING = re.compile(
    r"[#=*\-\s]{0,20}(?:conversation|chat|discussion|session|ticket|transcript)\b"
    r"\s{0,3}(?:id|n°|no)?\s{0,3}[:#]?\s{0,3}(?P<id>[\w.\-]{1,120})[#=*\-\s]{0,20}",
    re.IGNORECASE,
)
_DELETED = re.compile(
    r"(?:this message was deleted|you deleted this message"
    r"|ce message a été supprimé|vous avez supprimé ce message)\W*",
    re.IGNORECASE,
)
_EDITED = re.compile(
    r"\s{0,3}<(?:this message was edited|ce message a été modifié)>\s*$", re.IGNORECASE
)
# What is left out has one of these in its words; the long pattern takes its time.
_OMITS = re.compile("omi|absent|attached|joint", re.IGNORECASE)
_OMITTED = re.compile(
    r"<(?:media omitted|médias? omis)>"
    r"|(?P<kind>image|photo|vidéo|video|audio|sticker|gif|document|contact card)"
    r" (?:omitted|omise?|absente?)"
    r"|<(?:attached|pièce jointe)\s?: (?P<name>[^>\n]{1,200})>"
    r"|(?P<file>[^\n]{1,200}\.\w{2,5}) \((?:file attached|fichier joint)\)",
    re.IGNORECASE,
)
_MEDIA: Mapping[str, Medium] = {
    "image": "image", "photo": "image", "gif": "image", "sticker": "image",
    "jpg": "image", "jpeg": "image", "png": "image", "webp": "image",
    "video": "video", "vidéo": "video", "mp4": "video", "mov": "video",
    "audio": "audio", "opus": "audio", "m4a": "audio", "mp3": "audio",
}  # fmt: skip
# So Android begins a line, after the date; and files are called so.
_ANDROID = re.compile(
    r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}(?:,| à| at) \d{1,2}[:.]\d{2}"
    r"(?:\s[AaPp]\.?\s?[Mm]\.?)? - "
)
_WHATSAPP = "whatsapp"
_ENOUGH, _OFTEN, _LONGEST_NAME = 2, 0.3, 40
_BY_ROLES = 0.8
_LOOKED_AT = 200


def recognise(head: Head) -> float:
    """Look for dated lines of speakers, or for lines that name customer and bot."""
    if head.data.startswith((b"{", b"[{", b"[[", b'["')):
        return 0.0
    lines = [line for line in head.text.splitlines() if line.strip()][:_LOOKED_AT]
    found = [line_of(line) for line in lines]
    begun = [line for line in found if line is not None]
    first = next((one for one in lines if not _is_mark(one)), "")
    if len(begun) < max(_ENOUGH, _OFTEN * len(lines)) or line_of(first) is None:
        return 0.0
    dated = sum(line.stamp is not None and line.name != "" for line in begun)
    if dated >= max(_ENOUGH, _OFTEN * len(begun)):
        return SURE
    roles = [role_named(line.name) for line in begun]
    known = sum(role is not Role.UNKNOWN for role in roles)
    talks = Role.USER in roles and {Role.BOT, Role.AGENT} & set(roles)
    return _BY_ROLES if talks and known >= len(lines) / 2 else 0.0


def _is_mark(line: str) -> bool:
    return _RULE.fullmatch(line) is not None or _heading(line) is not None


def _heading(line: str) -> str | None:
    found = _HEADING.fullmatch(line.strip())
    return found["id"] if found and re.search(r"\d", found["id"]) else None


class _Block:
    """The lines of one conversation: the id of its heading, and where it starts."""

    def __init__(self, heading: str, start: int, limit: int) -> None:
        self.heading, self.start, self.limit = heading, start, limit
        self.lines: list[str] = []
        self.size = 0

    def add(self, line: str) -> None:
        """Take a line; what is over the limit is counted and not held."""
        self.size += len(line)
        if self.size <= self.limit or not self.lines:
            self.lines.append(line[: self.limit])

    def record(self, id_: str, file: str) -> Record | Rejected:
        """Make a value of the lines, unless they are over the limit."""
        source = "".join(self.lines).encode()
        if self.size > self.limit:
            return too_long(Record(source, file, self.start), self.limit)
        data = msgspec.json.encode({"id": id_, "text": source.decode()})
        return Record(data, file, self.start, source)


def cut(
    stream: BinaryIO, file: str, options: ReadOptions
) -> Iterator[Record | Rejected]:
    """Cut at headings that name a conversation, and at rules between messages."""
    limit = options.limits.record_bytes
    lines = (
        one.decode("utf-8", "replace") if isinstance(one, bytes) else one
        for one in decoded_lines(stream, limit)
    )
    number = 0
    for block in _blocks(lines, limit):
        if any(map(str.strip, block.lines)):
            yield block.record(block.heading or part_id(_name(file), number), file)
            number += not block.heading


def _blocks(lines: Iterable[str], limit: int) -> Iterator[_Block]:
    block, rule = _Block("", 1, limit), list[str]()
    headed: bool | None = None
    for number, line in enumerate(lines, 1):
        heading = _heading(line) if headed is not False else None
        if headed is None and line.strip():
            # Headings count where the file begins with one.
            headed = heading is not None
        is_rule = _RULE.fullmatch(line) is not None
        if heading or (rule and line.strip() and not is_rule and line_of(line)):
            yield block
            block = _Block(heading or "", number, limit)
        elif is_rule or (rule and not line.strip()):
            rule.append(line)
            continue
        else:
            # Only between messages does a rule part conversations.
            for one in rule:
                block.add(one)
        rule = []
        if heading is None:
            block.add(line)
    yield block


def _name(file: str) -> str:
    """Name a conversation after its file; iOS calls every one `_chat.txt`."""
    parts = [PurePosixPath(part).stem for part in PurePosixPath(file).parts]
    return next((one for one in reversed(parts) if one.strip("_") != "chat"), "chat")


def tell(values: Sequence[Value], how: How) -> Thread:
    """Tell the messages of one transcript."""
    found = _messages(part(values[0], "text"), how)
    months_first = month_first([line for line, _ in found])
    told = (_told(line, said, how, months_first) for line, said in found)
    id_ = text(values[0], "id")
    is_whatsapp = _WHATSAPP in id_.lower() or any(_of_whatsapp(one) for one, _ in found)
    return Thread(id_, told, {"channel": _WHATSAPP} if is_whatsapp else {})


def _of_whatsapp(line: Line) -> bool:
    """Say whether only WhatsApp writes such a line: on Android, or marked on iOS."""
    stamp = line.stamp
    return stamp is not None and (line.is_marked or bool(_ANDROID.match(stamp.string)))


def _messages(whole: object, how: How) -> list[tuple[Line, str]]:
    """Give the lines that begin a message, each with all that is said in it."""
    lines = whole.splitlines() if isinstance(whole, str) else []
    found = [line_of(line) for line in lines]
    is_dated = any(one is not None and one.stamp is not None for one in found)
    names = Counter(one.name for one in found if one is not None)
    messages: list[tuple[Line, list[str]]] = []
    for one, line in zip(found, lines, strict=True):
        if one is not None and (
            one.stamp is not None if is_dated else _speaks(one.name, names, how)
        ):
            messages.append((one, [one.text]))
        elif messages:
            messages[-1][1].append(line)
    return [(one, "\n".join(said).strip()) for one, said in messages]


def _speaks(name: str, names: Mapping[str, int], how: How) -> bool:
    """Say whether a name without a date is a speaker: known, or there again."""
    if how.role(role_named(name), name) is not Role.UNKNOWN:
        return True
    is_name = name[:1].isupper() and len(name) <= _LONGEST_NAME
    return is_name and names[name] >= _ENOUGH


def _told(line: Line, said: str, how: How, months_first: bool) -> Told:  # noqa: FBT001 - passed on
    role = how.speaker(role_named(line.name), line.name)
    if not line.name or role is Role.SYSTEM:
        return LeftOut("system")
    if _DELETED.fullmatch(said):
        return LeftOut("deletion")
    said = _EDITED.sub("", said)
    if line.is_marked and not _OMITTED.search(said):
        return LeftOut("system")
    found = _OMITTED.finditer(said) if _OMITS.search(said) else ()
    media = [_medium(one) for one in found]
    return Message(
        role=role,
        text=_OMITTED.sub("", said).strip() if media else said,
        media=tuple(media),
        at=at_of(line, how.zone, months_first=months_first),
    )


def _medium(found: re.Match[str]) -> Medium:
    name = found["kind"] or (found["name"] or found["file"] or "").rpartition(".")[2]
    return _MEDIA.get(name.lower().strip(), "file")


PLATFORM = Platform(
    Format(
        name="text",
        page=Page(
            title="Text",
            line=Said(
                "texte, un message par ligne (« Client : … »), conversation WhatsApp",
                "text, one message a line (“User: …”), a WhatsApp chat",
            ),
            export=Said(
                "WhatsApp : dans la conversation, menu, Plus, Exporter la discussion,"
                " sans les médias ; le fichier `.txt` ou l’archive `.zip`. Ailleurs :"
                " le texte copié, un message par ligne, avec ou sans la date devant."
                " Plusieurs conversations dans un fichier : une ligne"
                " `Conversation 82078` devant chacune, ou une ligne `---` entre elles.",
                "WhatsApp: in the chat, menu, More, Export chat, without media; the"
                " `.txt` file or the `.zip` archive. Elsewhere: the text as copied, one"
                " message a line, with or without the date in front. Several"
                " conversations in a file: a line `Conversation 82078` before each, or"
                " a line `---` between them.",
            ),
            carries=Said(
                "textes (sur plusieurs lignes aussi), qui parle, heures si chaque ligne"
                " porte la date, médias par leur seule trace. Un nom comme « Client »,"
                " « Robot » ou « SupportBot » dit son rôle ; pour les autres :"
                " `--bot-id Lia --agent-id Camille --user-id Ann`. Rien ne nomme le"
                ' client d’une conversation WhatsApp : `--bot-id "Boutique Lila"'
                " --user-id '*'` (tous les autres). Elle a le canal `whatsapp`.",
                "texts (over several lines too), who speaks, times if each line has the"
                " date, media by their trace alone. A name like “Client”, “Robot” or"
                " “SupportBot” says its role; for others: `--bot-id Lia"
                " --agent-id Camille --user-id Ann`. Nothing names the customer of a"
                " WhatsApp chat: `--bot-id \"Boutique Lila\" --user-id '*'` (everybody"
                " else). It has the channel `whatsapp`.",
            ),
            lacks=Said(
                "clics, choix proposés, intention, confiance, replis, transferts et"
                " notes. Une heure sans date n’est pas lue. Messages supprimés et"
                " lignes du système ne sont pas des tours.",
                "clicks, choices offered, intent, confidence, fallbacks, hand-offs and"
                " ratings. A time without a date is not read. Deleted messages and"
                " lines of the system are no turns.",
            ),
            checked=False,
            title_fr="Texte",
        ),
        recognise=recognise,
        tell=tell,
        cut=cut,
        gap=timedelta(hours=24),
    )
)
