"""May this address be connected to?

A feed's address is text from outside, and so is every redirect. Without this check a feed could make the service
talk to the machine it runs on, or to its neighbours, and read back what they say.
"""

import ipaddress
import socket
from collections.abc import Sequence

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from yarl import URL

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

# Addresses that carry an IPv4 address in their last 32 bits, through a translator on the way (RFC 6052, RFC 8215).
_TRANSLATED = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))


class AddressRefusedError(OSError):
    """A name leads to an address that may not be connected to.

    An OSError, so that aiohttp takes it for a failed look-up and hands it on inside its own error.
    """


def is_public(address: IPAddress) -> bool:
    """Whether `address` is an ordinary one of the public Internet, seen through the forms that embed another."""
    if inner := _embedded(address):
        return all(is_public(each) for each in inner)
    return address.is_global and not address.is_multicast and not address.is_reserved


def _embedded(address: IPAddress) -> tuple[IPAddress, ...]:
    if isinstance(address, ipaddress.IPv4Address):
        return ()
    if any(address in network for network in _TRANSLATED):
        return (ipaddress.IPv4Address(int(address) & 0xFFFFFFFF),)
    candidates = (address.ipv4_mapped, address.sixtofour, *(address.teredo or ()))
    return tuple(each for each in candidates if each is not None)


def why_not(url: URL, *, allow_private: bool) -> str | None:
    """Why `url` may not be asked, as far as its text tells; None if it may. Names are looked up later."""
    if url.scheme not in {"http", "https"}:
        return "its address is neither http nor https"
    host = url.raw_host
    if not host:
        return "its address names no host"
    if ":" not in host and not host.replace(".", "").isdigit():
        return None
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        # "127.1", "2130706433" and the like: forms the system's look-up would complete in its own way.
        return "its address is not written as a plain host"
    return None if allow_private or is_public(address) else "its address is not public"


class CheckedResolver(AbstractResolver):
    """Looks names up and lets through only addresses that may be connected to.

    The connection is made to what this returns, so there is no second look-up that could answer otherwise.
    One refused address refuses the name: a public site has no business naming a private machine.
    """

    def __init__(self, *, allow_private: bool, inner: AbstractResolver | None = None) -> None:
        self._allow_private = allow_private
        self._inner = inner or ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The checked addresses of `host`.

        Raises:
            AddressRefusedError: one of them is not public.
            OSError: the name could not be looked up.
        """
        found = await self._inner.resolve(host, port, family)
        if not self._allow_private and not _all_public(found):
            raise AddressRefusedError(f"{host} leads to an address that is not public")
        return found

    async def close(self) -> None:
        """Close the resolver inside."""
        await self._inner.close()


def _all_public(found: Sequence[ResolveResult]) -> bool:
    return all(is_public(ipaddress.ip_address(result["host"])) for result in found)
