"""What became of an entry of a feed, and why? Looked up once the service has read it, for the transcript."""

from collections.abc import Iterable

from alerts.incidents.independence import adds_a_voice, voices
from alerts.incidents.model import Incident, Report
from alerts.reading.model import Item
from alerts.reading.reader import Reader
from alerts.safety.screen import Origin, screen
from bot.demo.story import Entry


def fate_of(entry: Entry, incidents: Iterable[Incident], reader: Reader) -> str:
    """One English sentence on what the service made of `entry`; it is the reader's own word where it was ignored."""
    for incident in incidents:
        reports = [one for one in incident.reports if _is_of(one, entry)]
        if reports:
            return _joined(incident, reports[0])
    reading = reader.read(Item(id=entry.title, title=entry.title, summary=entry.summary, published=entry.published))
    hit = screen(f"{entry.title}\n{entry.summary}", origin=Origin.FEED)
    also = f"; {hit.reason}" if hit else ""
    return f"ignored: {reading.reason}{also}"


def _is_of(report: Report, entry: Entry) -> bool:
    return report.source_id == entry.outlet and report.title == entry.title


def _joined(incident: Incident, report: Report) -> str:
    others = tuple(other for other in incident.reports if other.id != report.id)
    standing = f"incident {incident.id}, {incident.trust}, {_voices(incident)}"
    if report.held:
        return f"held for the desk: {report.held} ({standing})"
    if others and not adds_a_voice(report, others):
        return f"a reprint: no new voice, no new message ({standing})"
    return standing if not others else f"a further independent voice ({standing})"


def _voices(incident: Incident) -> str:
    count = len(voices(incident.reports))
    reports = len(incident.reports)
    return f"{count} independent source{'s' * (count != 1)} in {reports} report{'s' * (reports != 1)}"
