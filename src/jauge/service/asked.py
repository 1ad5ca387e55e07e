"""What a request says of where it comes from: the host, the origin, who is behind."""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from jauge.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from litestar.types import Scope

LOCAL_NAMES = ("127.0.0.1", "localhost", "::1")
_HOST = re.compile(r"(?:\[([0-9a-f:.]{2,45})\]|([a-z0-9._-]{1,253}))(?::(\d{1,5}))?")
_FORWARDED = (b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"via")
_LAST_PORT = 65_535
_SCHEMES = ("http", "https")
# Whoever has one address of IPv6 has the 2^64 of its network, too.
_IPV6_NETWORK = 64


class Sender(NamedTuple):
    """Who sent a request, as far as is known: an address, and by which scheme."""

    client: str
    scheme: str


def is_known_host(host: str, names: Collection[str]) -> bool:
    """Say whether a Host header names this site; its port does not matter.

    A page of another site can have its own name lead to this machine; browsers then
    take us for that site, but they still send its name.

    >>> is_known_host("localhost:8765", ["localhost"])
    True
    >>> is_known_host("[::1]:80", ["::1"])
    True
    >>> is_known_host("evil.example", ["localhost"])
    False
    """
    found = _HOST.fullmatch(host.lower())
    if found is None or int(found[3] or 0) > _LAST_PORT:
        return False
    return (found[1] or found[2]) in names


def checked_names(names: Iterable[str]) -> list[str]:
    """Give names of hosts as browsers write them.

    Raises:
        UsageError: one is none.

    >>> checked_names(["Jauge.Example", "café.example"])
    ['jauge.example', 'xn--caf-dma.example']
    """
    found = []
    for name in names:
        try:
            written = name.strip().lower().encode("idna").decode()
        except UnicodeError:
            written = ""
        if not is_known_host(written, [written]):
            msg = f"--allowed-host {name}: is no name. Example: jauge.example.com"
            raise UsageError(msg)
        found.append(written)
    return found


def is_own_origin(origin: str, scheme: str, host: str) -> bool:
    """Say whether an Origin header names the site that a request was sent to.

    Where a proxy that is not trusted speaks TLS, we see plain HTTP: then both schemes
    are ours.

    >>> is_own_origin("http://localhost:8765", "http", "localhost:8765")
    True
    >>> is_own_origin("http://localhost:8000", "http", "localhost:8765")
    False
    >>> is_own_origin("null", "http", "localhost:8765")
    False
    """
    try:
        told = urlsplit(origin)
    except ValueError:
        return False
    is_scheme_fit = told.scheme in (_SCHEMES if scheme == "http" else (scheme,))
    return is_scheme_fit and told.netloc.lower() == host.lower()


def is_forwarded(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Say whether a proxy says that it sent this on for somebody."""
    return any(name in _FORWARDED for name, _ in headers)


def sender_of(scope: Scope, *, trusts_proxy: bool) -> Sender:
    """Say who sent a request; of what a proxy tells, only its own word counts.

    The last entry is the one that the proxy wrote: those before it came from outside.
    """
    client = scope.get("client")
    sender = Sender(client[0] if client else "", scope["scheme"])
    if not trusts_proxy:
        return sender
    told = _last(scope, b"x-forwarded-for") or sender.client
    scheme = _last(scope, b"x-forwarded-proto").lower()
    return Sender(told, scheme if scheme in _SCHEMES else sender.scheme)


def method_of(scope: Scope) -> str:
    """Give the method of a request."""
    return str(scope.get("method", ""))


def address_of(scope: Scope) -> str:
    """Give the address that was asked for, from the first slash on.

    Litestar's own takes the Host header apart, which can be anything.
    """
    query = scope["query_string"].decode("latin-1")
    return scope["path"] + (f"?{query}" if query else "")


def network_of(client: str) -> str:
    """Give what to count the tries of a client by.

    >>> network_of("192.0.2.7"), network_of("2001:db8::1:2"), network_of("x")
    ('192.0.2.7', '2001:db8::/64', '')
    """
    try:
        address = ipaddress.ip_address(client.partition("%")[0])
    except ValueError:
        return ""
    if address.version == 4:  # noqa: PLR2004 - the version of the protocol
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    network = ipaddress.ip_network(f"{address}/{_IPV6_NETWORK}", strict=False)
    return str(network)


def _last(scope: Scope, name: bytes) -> str:
    found = [value for key, value in scope["headers"] if key == name]
    return found[-1].decode("latin-1").rpartition(",")[2].strip() if found else ""
