"""What does a warning in the Common Alerting Protocol (CAP 1.1 and 1.2) say, replace, or take back?

A met service's index feed leads to one document for each warning. Only what was issued to the public and is meant
is read: a test or an exercise must not pass for a storm. Documents are XML from outside: with a document type or an
entity of its own one is refused.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from alerts.sources.dates import from_iso
from alerts.sources.model import Fault
from alerts.sources.parsed import ParsedFeed, ParseFailed, RawEntry, RawFeed, finished

_NOTHING = ParsedFeed()


def parse_cap(body: bytes, *, title_only: bool, language: str | None, now: datetime) -> ParsedFeed | ParseFailed:
    """One entry that warns, the ids that are cancelled, or nothing where the document warns nobody now.

    An entry that updates others names them in `replaces`.
    """
    try:
        alert = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return ParseFailed(reason="not readable as a CAP document")
    if _name(alert) != "alert" or not _said(alert, "identifier"):
        return ParseFailed(reason="XML, but not a CAP document")
    if _said(alert, "status") != "Actual" or (_said(alert, "scope") or "Public") != "Public":
        return _NOTHING
    match _said(alert, "msgType"):
        case "Cancel":
            return replace(_NOTHING, ended=_references(alert))
        case "Alert" | "Update":
            return _warning(alert, title_only=title_only, language=language, now=now)
        case _:
            return _NOTHING


def _warning(alert: Element, *, title_only: bool, language: str | None, now: datetime) -> ParsedFeed | ParseFailed:
    info = _info(alert, language)
    if info is None:
        return ParseFailed(reason="a CAP document that says nothing", fault=Fault.EMPTY)
    expires = from_iso(_said(info, "expires"))
    if expires is not None and expires <= now:
        return _NOTHING
    raw = RawFeed(entries=(_entry(alert, info),))
    found = finished(raw, title_only=title_only, language=language, now=now)
    if isinstance(found, ParseFailed):
        return found
    return replace(found, items=tuple(replace(item, replaces=_references(alert)) for item in found.items))


def _entry(alert: Element, info: Element) -> RawEntry:
    where = "; ".join(said for area in _all(info, "area") if (said := _said(area, "areaDesc")))
    what = _said(info, "headline") or _said(info, "event")
    return RawEntry(
        guid=_said(alert, "identifier"),
        link=_said(info, "web"),
        title=f"{what} : {where}" if where else what,
        summary=" ".join(filter(None, (_said(info, "description"), _said(info, "instruction")))),
        dates=((_said(alert, "sent"), None),),
        language=_said(info, "language"),
    )


def _info(alert: Element, language: str | None) -> Element | None:
    """The block in the wanted language, else the first; an all-clear is no warning."""
    blocks = [info for info in _all(alert, "info") if "AllClear" not in map(_text, _all(info, "responseType"))]
    spoken = (info for info in blocks if language and _said(info, "language").lower().startswith(language))
    return next(spoken, blocks[0] if blocks else None)


def _references(alert: Element) -> tuple[str, ...]:
    """The identifiers of the earlier messages that this one is about ("sender,identifier,sent" each)."""
    parts = (reference.split(",") for reference in _said(alert, "references").split())
    return tuple(reference[1] for reference in parts if len(reference) == 3)  # noqa: PLR2004 -- the standard's three


def _all(parent: Element, name: str) -> Iterator[Element]:
    """The children of this name, whatever namespace (or none) the document is in."""
    return (child for child in parent if _name(child) == name)


def _said(parent: Element, name: str) -> str:
    return next((text for child in _all(parent, name) if (text := _text(child))), "")


def _text(element: Element) -> str:
    return " ".join((element.text or "").split())


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]
