"""Whatever stands in a conversation is text on the page, never markup."""

from __future__ import annotations

import itertools

import pytest

from jauge.model.conversation import (
    Action,
    Conversation,
    Handoff,
    Message,
    Product,
    Rating,
    Role,
)
from jauge.report.printable import safe
from tests.report.pages import Element, Tree, page_of

CODE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "<body onload=alert(1)>",
    "<style>*{display:none}</style>",
    "<link rel=stylesheet href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example>",
    "<form action=//evil.example><input name=x></form>",
    "<details open ontoggle=alert(1)>",
    "<math><mtext><script>alert(1)</script></mtext></math>",
    "<!--",
    "-->",
    "<![CDATA[",
    "{{ 7*7 }}",
    "{% raw %}",
    "&lt;script&gt;",
)
WAYS = (
    "{}",
    '"{}',
    "'{}",
    '"> {}',
    "'> {}",
    "</style>{}",
    "</title>{}",
    "</p></div>{}",
    "x\n{}",
    "\x00{}",
)
PAYLOADS = [way.format(code) for way, code in itertools.product(WAYS, CODE)]
OF_OURS = {
    "html", "head", "meta", "title", "link", "style", "body", "a", "svg", "defs",
    "symbol", "path", "circle", "rect", "line", "use", "header", "div", "span", "nav",
    "main", "section", "article", "aside", "footer", "h1", "h2", "h3", "h4", "p", "dl",
    "dt", "dd", "small", "figure", "figcaption", "ul", "ol", "li", "b", "details",
    "summary", "table", "caption", "thead", "tbody", "tr", "th", "td", "mark", "sup",
    "time",
}  # fmt: skip
ADDRESSES = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "//evil.example",
    "https:evil",
    "http://",
    "https://exa mple/",
    "https://x.example/\n",
    "http://[",
)


def hostile(payload: str, number: int) -> Conversation:
    """Put a payload wherever a conversation holds text."""
    product = Product(id=payload, name=payload)
    return Conversation(
        id=f"{number} {payload}",
        channel=payload,
        department=payload,
        bot=payload,
        bot_version=payload,
        language=payload,
        user_id=payload,
        url=f"https://desk.example/{number}?q=%22",
        events=(
            Message(role=Role.BOT, text=payload, choices=(payload,), flow=payload),
            Message(role=Role.USER, text=f"merci {payload} nul"),
            Action(role=Role.USER, action=payload, target=payload),
            Action(role=Role.USER, action="product_click", product=product),
            Message(role=Role.BOT, text="Je n’ai pas compris", intent=payload),
            Handoff(state="refused"),
            Rating(value=1, best=5, comment=payload),
        ),
    )


def unscored(payload: str, number: int) -> Conversation:
    """Put a payload into a conversation that gets no score."""
    message = Message(role=Role.BOT, text=payload)
    return Conversation(id=f"{number} {payload}", channel=payload, events=(message,))


@pytest.fixture(scope="module")
def tree() -> Element:
    chats = [hostile(payload, number) for number, payload in enumerate(PAYLOADS)]
    more = [unscored(payload, number) for number, payload in enumerate(PAYLOADS)]
    text = page_of([*chats, *more], "en", most_talks=100)
    return Tree(text).root


def test_there_are_two_hundred_payloads():
    assert len(set(PAYLOADS)) == 200


def test_no_payload_becomes_an_element(tree):
    assert {one.tag for one in tree.all()} <= OF_OURS
    assert len(tree.all("article")) == 200
    assert len(tree.all("style")) == len(tree.all("title")) == 1


def test_no_payload_becomes_an_attribute(tree):
    names = {name for one in tree.all() for name in one.attributes}

    assert not [name for name in names if name.startswith("on")]
    assert not names.intersection({"style", "src", "srcset", "action", "formaction"})


def test_links_lead_only_inside_and_to_the_originals(tree):
    links = {
        str(one.attributes["href"])
        for one in tree.all()
        if "href" in one.attributes and one.tag != "link"
    }

    assert all(link.startswith(("#", "https://desk.example/")) for link in links)


def test_payloads_can_be_read(tree):
    (list_,) = tree.all("table", "conv")
    bubbles = {bubble.text for bubble in tree.all("div", "bub")}

    assert list_.text
    for payload in PAYLOADS:
        assert safe(payload) in bubbles


@pytest.mark.parametrize("address", ADDRESSES)
def test_address_that_is_none_of_the_web_is_no_link(address):
    chat = Conversation(
        id="c",
        url=address,
        events=(
            Message(role=Role.USER, text="merci"),
            Message(role=Role.BOT, text="ok"),
        ),
    )
    silent = Conversation(id="s", url=address, events=chat.events[1:])

    tree = Tree(page_of([chat, silent])).root

    assert not [
        one for one in tree.all("a") if not str(one.attributes["href"]).startswith("#")
    ]
