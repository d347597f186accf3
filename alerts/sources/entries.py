"""What identifies an entry of a feed for ever, whatever is tacked on to its address?

An entry is known by the identifier its feed gives it, else by its link, else by its title and date. Links change
their clothes (http or https, "www.", campaign parameters); the key of the seen set looks through that.
"""

import hashlib
from datetime import datetime
from urllib.parse import SplitResult, parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from alerts.reading.model import Item

_LONGEST_KEY = 200
_LONGEST_LINK = 2_000
_TRACKING = frozenset(
    {"cmpid", "dclid", "fbclid", "gclid", "igshid", "mc_cid", "mc_eid", "msclkid", "ocid", "traffic_source", "xtor"}
)
_TRACKING_FAMILIES = ("utm_", "at_", "ns_", "pk_", "mtm_")
_USUAL_PORTS = {"http": 80, "https": 443}


def entry_key(item: Item) -> str:
    """What the seen set remembers of `item`: its id, normalised if that is a link, and of bounded length."""
    key = normal_link(item.id)
    return key if len(key) <= _LONGEST_KEY else digest(key)


def normal_link(link: str) -> str:
    """`link` in a form that two addresses of one page share; anything but a web address as it is."""
    split = _split(link)
    return _normalised(split) if split else link


def entry_id(*, guid: str, link: str, title: str, published: datetime | None) -> str:
    """The feed's own identifier, else the link, else a digest of title and date."""
    if given := " ".join(_encodable(guid).split()):
        return given if len(given) <= _LONGEST_LINK else digest(given)
    return link or digest(f"{title}\n{published.isoformat() if published else ''}")


def link_key(link: str) -> str | None:
    """What the page behind `link` is known by; None for a site's front page, which any entry may lead to."""
    split = _split(link)
    if split is None or not (split.path.strip("/") or split.query):
        return None
    return digest(_normalised(split))


def digest(text: str) -> str:
    """A short name for `text`, the same for ever."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


def clean_link(link: str, *, base: str) -> str:
    """`link` made absolute against `base` and without tracking parameters; "" unless it is a web address."""
    given = "".join(_encodable(link).split())
    try:
        split = _split(urljoin(base, given)) if given else None
    except ValueError:
        return ""
    if split is None:
        return ""
    bare = urlunsplit(split._replace(query=_untracked(split.query), fragment=_untracked(split.fragment)))
    return bare if len(bare) <= _LONGEST_LINK else ""


def _encodable(text: str) -> str:
    """`text` without the lone halves of characters that no file and no database can hold."""
    return text.encode("utf-8", "ignore").decode("utf-8")


def _split(link: str) -> SplitResult | None:
    """The parts of a web address that names a host, or None."""
    try:
        split = urlsplit(link)
        named = split.scheme in _USUAL_PORTS and split.hostname
        split.port  # noqa: B018 -- raises for a port that is none
    except ValueError:
        return None
    return split if named else None


def _untracked(query: str) -> str:
    """A query, or a fragment used as one ("#xtor=RSS-1"), without what only counts visitors."""
    if not any(name in query.lower() for name in (*_TRACKING, *_TRACKING_FAMILIES)):
        return query  # left exactly as it is: decoding and encoding again can change it
    return urlencode([pair for pair in parse_qsl(query, keep_blank_values=True) if not _tracks(pair[0])])


def _tracks(parameter: str) -> bool:
    name = parameter.lower()
    return name in _TRACKING or name.startswith(_TRACKING_FAMILIES)


def _normalised(split: SplitResult) -> str:
    """An address without what does not tell two pages apart."""
    host = (split.hostname or "").removeprefix("www.")
    port = f":{split.port}" if split.port and split.port != _USUAL_PORTS[split.scheme] else ""
    asked = f"?{query}" if (query := _untracked(split.query)) else ""
    # Some sites number their articles behind the "#"; dropping it would make them one.
    part = f"#{fragment}" if (fragment := _untracked(split.fragment)) else ""
    return f"//{host}{port}{split.path.rstrip('/')}{asked}{part}"
