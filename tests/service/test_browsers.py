"""What is kept of what a browser says of itself: a word or two of ours."""

from __future__ import annotations

import random

import pytest

from jauge.service import browsers
from jauge.service.browsers import browser_of

_KIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
_MOBILE = "AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"
TOLD = {
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0":
        "Firefox, Linux",
    "Mozilla/5.0 (Android 14; Mobile; rv:130.0) Gecko/130.0 Firefox/130.0":
        "Firefox, Android",
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {_KIT} Chrome/130.0.0.0 Safari/537.36":
        "Chrome, Windows",
    f"Mozilla/5.0 (Windows NT 10.0) {_KIT} Chrome/130.0 Safari/537.36 Edg/130.0":
        "Edge, Windows",
    f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {_KIT} Chrome/130.0.0.0 Safari/537.36":
        "Chrome, ChromeOS",
    f"Mozilla/5.0 (Linux; Android 10; K) {_KIT} Chrome/130.0 Mobile Safari/537.36":
        "Chrome, Android",
    f"Mozilla/5.0 (Linux; Android 10; K) {_KIT} SamsungBrowser/27.0 Chrome/125.0":
        "Samsung Internet, Android",
    f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {_KIT} Version/18.0 Safari/605":
        "Safari, macOS",
    f"Mozilla/5.0 (Macintosh) {_KIT} Chrome/130.0.0.0 Safari/537.36 OPR/115.0":
        "Opera, macOS",
    f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) {_MOBILE} Safari/604.1":
        "Safari, iPhone",
    f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) {_MOBILE} CriOS/130.0":
        "Chrome, iPhone",
    f"Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) {_MOBILE} FxiOS/131.0":
        "Firefox, iPad",
    f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) {_MOBILE}": "iPhone",
    "curl/8.9.1": "curl",
    "python-httpx/0.27": "Python",
    "": "",
    "testclient": "",
}  # fmt: skip
OURS = {name for table in (browsers._BROWSERS, browsers._SYSTEMS) for _, name in table}


@pytest.mark.parametrize("header", TOLD)
def test_a_browser_is_named_with_its_system(header):
    assert browser_of(header) == TOLD[header]


def test_whatever_is_told_only_words_of_ours_are_kept():
    draw = random.Random(7)
    tables = (*browsers._BROWSERS, *browsers._SYSTEMS)
    marks = [mark for marks, _ in tables for mark in marks]
    hostile = ["<script>alert(1)</script>", "=cmd|' /C calc'!A0", "\x1b[31m", "\r\n"]
    hostile += ["'; DROP TABLE session; --", "\u202e", "\udcff", "rosa@example.org"]
    for _ in range(500):
        told = draw.choices([*marks, *hostile], k=draw.randint(1, 8))
        kept = browser_of(" ".join(told))

        assert not set(filter(None, kept.split(", "))) - OURS, told
        assert len(kept) <= 40


def test_an_endless_header_is_read_to_a_length():
    assert browser_of("x" * 10_000_000 + "Firefox/1 Linux") == ""
