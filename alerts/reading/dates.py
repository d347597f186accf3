"""On which day did it happen?

Of the days a text names, some are those of a statement, a departure or a deadline. What is left is the event's, the
first one first. A day after publication is no day of an event.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from alerts.reading.days import Day, days_after, days_in
from alerts.reading.lexicon import Hit, Hits, Lexicon, load
from alerts.reading.model import Item
from alerts.reading.text import Sentence, Text

_TAGS = ("announced", "limit", "start", "place_name", "departed", "to_come", "afterwards", "mask_day_of_last_week")
WORDS = Lexicon({tag: load("calendar")[tag] for tag in _TAGS}, "calendar")

_HAPPENED = ("attack", "ambush", "ied", "blast", "accident", "kidnap", "burning", "shipwreck", "boat_mishap")
_REACH = 40  # characters from a word to the day it speaks of
_SMALL = frozenset({"", "le", "on", "ce", "du", "the", "last", "this", "of", "late", "early", "dans la nuit de", "a"})
_BOUND = _SMALL - {"on", "of"}
_THIS = (" ce ", " this ")
_SINCE = ("since", "depuis")
_NIGHT = ("night", "overnight", "nuit")
_AGENCY = re.compile(r" ?\([A-ZÀ-Ý][\w/ .-]{1,20}\) *(?:[-–—:]|$)")
_TOWN = re.compile(r"^(?:d[eu'’] ?|from |for )?[A-ZÀ-Ý][\w'’-]+(?: [A-ZÀ-Ý][\w'’-]+)*(?: le| on| ce)?$")
_THAT = (" que ", " qu ", " that ")
# Whom something was told, or what was claimed or condemned, between the verb and its day ("told AFP on Monday").
_OBJECT = re.compile(
    r" (?:(?:a|au|aux|to|par|by|via) )?(?:(?:l|la|les?|the|nos?|notre|sa|its) )?"
    r"(?:(?:afp|reuters|rfi|ap|associated press|bbc|voa|efe|dpa|xinhua|presse|press|media|medias|reporters|journalistes"
    r"|journalists|confreres|redaction|radio|antenne|telephone|phone|it|them|this|attaque|attack|attacks|embuscade"
    r"|ambush"
    r"|assaut|assault|raid|responsibility|responsabilite|enlevement|abduction|kidnapping),? ?(?:(?:by|par"
    r"|over the) )?){1,2}"
    r"(?: for (?:it|the (?:attack|ambush|raid|assault|blast|kidnapping)))?,? ?(?:(?:le|on|ce|late|early|late on"
    r"|early on) )?$"
)
# Who said it, behind the verb ("a indiqué le maire lundi", "said an official on Monday").
_SPEAKER = re.compile(
    r",? (?:(?:l|le|la|les|un|une|des|the|a|an|its|sa|son) )?(?:[a-z]+ )?(?:elue?s?|gouverneure?|gouvernorat|ministere"
    r"|ministre|maire|prefet|armee|etat major|syndicats?|sources?|porte parole|responsables?|chauffeurs?|habitants?"
    r"|temoins?|onu|minusma|president|gouvernement|police|gendarmerie|direction|mairie|officials?|army|governor|mayor"
    r"|ministry|minister|spokes(?:man|woman|person)|residents?|drivers?|union|councillor|deputy|witness(?:es)?|un"
    r"|government)(?: (?:de|du|d|des|of|in|a|au|la|l|the|[a-z]+)){0,3}?,? (?:(?:le|on|ce|late|early) )?"
)
_OWNS = re.compile(r" s (?!statement|announcement|press|message|video|communique)[a-z]")
_COMMUNIQUE = re.compile(
    r"\b(?:communique|note|decision|arrete|decret|statement) (?:n[o°]?|no|number)[^.;:\n]{0,30} (?:du|of) $"
)
_ATTACKS = (
    r"(?:attaque|attack|embuscade|ambush|assaut|assault|raid|tuerie|massacre|killings?|explosion|blast|bombing"
    r"|accident|crash|enlevement|abduction|kidnapping|drame|naufrage|sinking|collision|clash|fighting|combat"
    r"|affrontement|losses|pertes|shelling|tragedy|tragedie)"
)
_ATTACK = re.compile(rf"(?:(?:deadly|dawn|twin|mass|bus|road) )?{_ATTACKS}")
_ATTACK_OF = re.compile(
    rf"\b{_ATTACKS}s?(?: (?!and|et|que|qui|that|which|dit|said)[a-z]+){{0,4}}(?: (?:de|du|d|of|on))?(?: ce| le)? $"
)
_AFTER = re.compile(
    r"\b(?:apres|after|following|suite a|a la suite d[eu]?|in the wake of|in response to)"
    r" (?!minuit|midnight|midi|noon|dawn|l aube|le lever|la priere|prayers?|sunset|sunrise|\d)[^,.;:\n]{3,70}$"
)
# Of a first event of the kind, before the one that is told: "had been injured in a first explosion on Wednesday".
_EARLIER = re.compile(
    r"\b(?:had (?:already |also |just )?(?:been )?[a-z]+"
    r"|(?:avai(?:t|ent)|etai(?:t|ent)) (?:deja |aussi )?(?:ete )?[a-z]+)"
    r"\b[^.;:\n]{0,40}\b(?:first|earlier|previous|similar|another|premiere?|precedente?|autre|similaire)\b[^.;:\n]{0,30}$"
)
# Of earlier ones of the kind: "two earlier explosions since Wednesday".
_EARLIER_ONES = re.compile(
    r"\b(?:earlier|previous|similar|prior) [a-z]+ (?:since|on|from|last) $"
    r"|\b(?:precedente?s?|autres?|anterieure?s?|similaires?) [a-z]+ (?:depuis|de|du|le) $"
    r"|\b(?:explosion|attaque|embuscade|enlevement|incident)s? (?:precedente?|anterieure?|similaire)s? "
    r"(?:depuis|de|du|le) $"
)
_BODIES = r"\b(?:corps|cadavres?|depouilles?|bodies|body|corpses?|remains)\b"
_LATE = re.compile(
    rf"{_BODIES}[^.;:\n]{{0,60}}\b(?:(?:re)?trouve|decouvert|repeche|extrait|identifie|ramene|remis|rendu|rapatrie|found|recovered"
    r"|discovered|retrieved|pulled|identified|brought|handed(?: over)?|returned|flown)e?s?\b[^,.;:\n]{0,25}$"
    rf"|\b(?:repeche|(?:re)?trouve|decouvert|found|recovered|retrieved|pulled)\b[^,.;:\n]{{0,25}}{_BODIES}[^,.;:\n]{{0,25}}$"
    r"|\b(?:encore visibles?|still (?:be )?(?:seen|visible|smouldering|burning)|fumaient encore)[^,.;:\n]{0,20}$"
    r"|\b(?:bless|injured|wounded|survivors?|rescapes?)[a-z]*(?:(?! and | et )[^,.;:\n]){0,45}"
    r" (?:died|(?:est|sont) (?:morte?s?|decedee?s?)|ont rendu l ame|n ont pas survecu)[^,.;:\n]{0,25}$"
)
_MEETINGS = r"(?:sommet|summit|reunion|meeting|foire|fair|marche|market|match|scrutin|vote|prayers?|priere|talks)"
_MEETING = re.compile(rf"(?: s)? (?:(?!l |la |le |les |un |une |the |a |an |au |du |cette )[a-z]+ )?{_MEETINGS}\b")
_MEETING_OF = re.compile(rf"\b{_MEETINGS}s?(?: hebdomadaires?| d [a-z]+| de [a-z]+)? (?:de|du|d)(?: ce)? $")
_HAS_BEGUN = re.compile(
    r"\b(?:(?:was|were|been|a ete|ont ete) (?:closed|shut|suspended|halted|banned|barred|blocked|sealed|cut|stopped"
    r"|imposed|ferme|suspendu|interdit|coupe|bloque|arrete|instaure|interrompu)e?s?"
    r"|began|started|took effect|came into (?:force|effect)|entree?s? en vigueur|commence|debute)\b[^.;:\n]{0,40}$"
)
_CLOSED = re.compile(
    r"\b(?:coupe|ferme|interrompu|suspendu|bloque|closed|cut|shut|blocked|suspended|halted)e?s? "
    r"(?:(?:le|ce|on|since|depuis|last) )*$"
    r"|\b(?:coupe|ferme|interrompu|suspendu|bloque|closed|cut|shut|blocked|suspended|halted)e?s? "
    r"[^,.;:\n]{1,40} (?:since|depuis) (?:le )?$"
)
_OPEN_SINCE = re.compile(r"\b(?:ouvert|open)(?:e|s|es)?\b[^,.;:\n]{0,40} (?:since|depuis)\b")
_FUTURE = re.compile(
    r"\b(?:will|shall|is to|are to|is due to|are due to|going to|[a-z]{2,}(?:era|ira|dra|ura)|[a-z]{2,}ront|sera"
    r"|aura|ira"
    r"|doit|doivent|devrait|devraient) (?:(?!que |that )[a-z]+ ){0,5}$"
)
_WANTED = re.compile(
    r"\b(?:want|demand|call(?:s|ed|ing)? (?:for|on)|urg(?:e|ing)|ask|press(?:es|ing)? for|hop(?:e|ing)|pleads?|must"
    r"|should|exig|reclam|demand|appel|souhait|esper|plaid|doi(?:t|vent)|press)"
    r"[a-z]*\b[^.;:\n]{0,60}$"
)
_OPENING = 12  # characters of a sentence in which a day opens it


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """A day where it stands."""

    text: Text
    hits: Hits
    sentence: Sentence
    day: Day

    @property
    def rank(self) -> tuple[bool, bool, int, bool, int]:
        """The lower, the more it says: a mere weekend or one something has gone on since says least."""
        day = self.day
        return self.is_weak, self.follows("start", _SMALL), self.sentence.number, not day.absolute, day.start

    @property
    def is_weak(self) -> bool:
        """Whether any other day is better: a weekend, "left on Monday", "after … on Monday", that of a funeral."""
        day = self.day
        before = self.text.flat[max(self.sentence.start, day.start - 2 * _REACH) : day.start]
        if any(beside.search(before) for beside in (_AFTER, _EARLIER, _EARLIER_ONES)):
            return True
        said = self.hits.has("announced", day.end, day.end + 2) or self.hits.has(
            "ceremony", self.sentence.start, day.start
        )
        return day.is_vague or said or self.follows("departed", _SMALL)

    def before(self, tag: str) -> list[Hit]:
        """The hits of a word list shortly before it, in its sentence."""
        return self.hits.of(tag, max(self.sentence.start, self.day.start - _REACH), self.day.start)

    def follows(self, tag: str, between: frozenset[str]) -> bool:
        """Whether such a word stands right before it, but for the small words `between`."""
        return any(self.text.flat[hit.end : self.day.start].strip() in between for hit in self.before(tag))


def event_day(
    text: Text, hits: Hits, item: Item, sentences: Iterable[Sentence], *, late: bool
) -> tuple[date | None, str]:
    """The day that `sentences` give the event, with its words; days of announcements don't count.

    With `late`, the day may be one on which bodies were found or a wounded person died: better than none.
    """
    named = list(_named(text, hits, item, sentences))
    said_on = {one.day.other for one in named if one.day.beside < 0 and _is_eve_of_a_word(one)}
    own = (one for one in named if one.day.start not in said_on and not (_is_announced(one) or _is_other(one)))
    return _first((one for one in own if late >= _is_late(one)), item)


def day_announced(text: Text, hits: Hits, item: Item, sentences: Iterable[Sentence]) -> tuple[date | None, str]:
    """The day of the statement: where authorities or a union decide something, it is the day of the event too."""
    return _first((one for one in _named(text, hits, item, sentences) if _is_announced(one)), item)


def day_of_name(text: Text, hits: Hits, item: Item) -> tuple[date | None, str]:
    """The day an attack is called by ("since Sunday's ambush"), where no sentence tells it otherwise."""
    sentences = [one for one in text.sentences if not hits.has("background", one.start, one.end)]
    return _first((one for one in _named(text, hits, item, sentences) if _names_an_attack(one)), item)


def day_before_another(text: Text, hits: Hits, item: Item) -> tuple[date | None, str]:
    """The eve, or so many days before, of a statement, a decision or a departure ("said on Monday … a day earlier")."""
    named = list(_named(text, hits, item, text.sentences))
    beside = {one.day.start for one in named if _is_announced(one) or _is_other(one) or _is_late(one)}
    return _first((one for one in named if one.day.beside < 0 and one.day.other in beside), item)


def day_counted_from(text: Text, hits: Hits, item: Item, begins: Iterable[int]) -> tuple[date | None, str]:
    """So many days before, where the event only dates what came after it ("seen a day after gunmen burned a bus").

    `begins` are where the facts of the event begin.
    """
    if item.published is None or item.published_month_only:
        return None, ""
    for sentence in text.sentences:
        told = [at for at in begins if sentence.start <= at < sentence.end]
        after = days_after(text, item, sentence)
        if after and (min(told) >= after.end if told else _speaks_of_an_attack(text, hits, after.end)):
            return after.day, after.words
    return None, ""


def _speaks_of_an_attack(text: Text, hits: Hits, start: int) -> bool:
    comma = text.flat.find(",", start, start + _REACH)
    return any(hits.has(tag, start, comma if comma >= 0 else start + _REACH) for tag in _HAPPENED)


def newest_year(text: Text, item: Item) -> int | None:
    """The year an item is written in: of its publication, else the latest it names."""
    if item.published:
        return item.published.year
    years = [int(year) for year in re.findall(r"\b20[0-3]\d\b", text.flat)]
    return max(years) if years else None


def _named(text: Text, hits: Hits, item: Item, sentences: Iterable[Sentence]) -> Iterator[_Named]:
    for sentence in sentences:
        for day in days_in(text, item, sentence):
            yield _Named(text=text, hits=hits, sentence=sentence, day=day)


def _first(days: Iterable[_Named], item: Item) -> tuple[date | None, str]:
    """The first day that is known and not to come."""
    known = [one for one in days if one.day.day is not None and not _to_come(one.day.day, item)]
    chosen = min(known, key=lambda one: one.rank, default=None)
    return (chosen.day.day, chosen.day.words) if chosen else (None, "")


def _is_eve_of_a_word(one: _Named) -> bool:
    """Whether it is counted from the day on which somebody told it ("confirmed on Monday an attack a day earlier")."""
    other = one.day.other
    return other >= one.sentence.start and one.hits.has("announced", other, one.day.start)


def _names_an_attack(one: _Named) -> bool:
    own = _OWNS.match(one.text.flat, one.day.end)
    if own and _ATTACK.match(one.text.flat, own.end() - 1):
        return True
    return _ATTACK_OF.search(one.text.flat[max(one.sentence.start, one.day.start - _REACH) : one.day.start]) is not None


def _is_announced(one: _Named) -> bool:
    """The day of a statement: "said on Monday", or "On Monday the army said that"; not "claimed Monday's attack"."""
    if _OWNS.match(one.text.flat, one.day.end):
        return False
    if one.follows("announced", _SMALL) or _is_of_a_paper(one) or _is_dateline(one) or _is_told_to(one):
        return True
    if one.day.start > one.sentence.start + _OPENING:
        return False
    said = one.hits.of("announced", one.day.end, min(one.sentence.end, one.day.end + _REACH))
    return any(one.text.flat.startswith(_THAT, hit.end) for hit in said)


def _is_of_a_paper(one: _Named) -> bool:
    """Whether a communiqué with its number is of that day."""
    start = max(one.sentence.start, one.day.start - 2 * _REACH)
    return _COMMUNIQUE.search(one.text.flat[start : one.day.start]) is not None


def _is_told_to(one: _Named) -> bool:
    """Whether somebody tells or is told on that day, or an attack is claimed or condemned ("claimed it on Monday")."""
    told = one.before("announced")
    return any(form.fullmatch(one.text.flat, hit.end, one.day.start) for hit in told for form in (_OBJECT, _SPEAKER))


def _is_dateline(one: _Named) -> bool:
    """The day an agency sent it: "BAMAKO, 12 oct (AFP)"."""
    opens = one.day.start <= one.sentence.start + _REACH
    return opens and _AGENCY.match(one.text.plain, one.day.end) is not None


def _is_other(one: _Named) -> bool:
    """The day of a departure, a burial or a deadline, one that names a street, one to come, or hostages' first day."""
    if one.follows("afterwards", _SMALL) or _will_be(one):
        return True
    if _are_freed(one) and one.follows("kidnap", _SMALL):
        return True
    if _is_reopened(one):
        return True
    if one.follows("limit", _BOUND) or one.follows("place_name", _SMALL) or _is_departure(one) or _may_be_ahead(one):
        return True
    if _is_of_a_meeting(one):
        return True
    day = one.day
    return one.hits.has("to_come", day.end, day.end + 2) or one.text.flat[: day.start].endswith("next ")


def _are_freed(one: _Named) -> bool:
    """Whether hostages are free, not only called or hoped for to be ("want them released", "exige leur libération")."""
    flat = one.text.flat
    return any(not _WANTED.search(flat, max(0, hit.start - 2 * _REACH), hit.start) for hit in one.hits.of("freed"))


def _is_reopened(one: _Named) -> bool:
    """Whether a road that was closed on that day is open again ("coupée mercredi par les eaux, la RN6 a rouvert")."""
    before = one.text.flat[max(one.sentence.start, one.day.start - 2 * _REACH) : one.day.start]
    if not _CLOSED.search(before):
        return False
    after = one.day.end, one.sentence.end
    open_since = one.hits.has("reopened") and _OPEN_SINCE.search(one.text.flat, *after)
    return one.hits.has("reopened", *after) or bool(open_since)


def _is_late(one: _Named) -> bool:
    """Whether bodies were found on that day, or wounded died: the event was before."""
    return _LATE.search(one.text.flat[one.sentence.start : one.day.start]) is not None


def _is_of_a_meeting(one: _Named) -> bool:
    """Whether it is the day of a summit or a market ("since Saturday's summit", "the Monday market")."""
    if _MEETING.match(one.text.flat, one.day.end):
        return True
    return (
        _MEETING_OF.search(one.text.flat[max(one.sentence.start, one.day.start - _REACH) : one.day.start]) is not None
    )


def _may_be_ahead(one: _Named) -> bool:
    """Whether "from Monday" may be next Monday; "since Monday", "was closed from Monday" and "from today" are not."""
    if one.day.absolute or one.day.is_near or not one.follows("start", _SMALL):
        return False
    if _HAS_BEGUN.search(one.text.flat[max(one.sentence.start, one.day.start - 2 * _REACH) : one.day.start]):
        return False
    start = one.before("start")[-1].start
    if _OWNS.match(one.text.flat, one.day.end):  # "from Monday's attack"
        return False
    past = one.text.flat.startswith(_SINCE, start) or one.text.flat[:start].rstrip().endswith(_NIGHT)
    return not past and not one.text.flat[: one.day.start].endswith(_THIS)


def _will_be(one: _Named) -> bool:
    """Whether a verb of the future goes with a weekday ("the council will meet on Wednesday")."""
    start = max(one.sentence.start, one.day.start - _REACH)
    return not one.day.absolute and _FUTURE.search(one.text.flat[start : one.day.start]) is not None


def _is_departure(one: _Named) -> bool:
    """Whether "left" and the name of a town stand before it."""
    plain = one.text.plain
    return any(_TOWN.match(plain[hit.end : one.day.start].strip()) for hit in one.before("departed"))


def _to_come(day: date, item: Item) -> bool:
    return item.published is not None and day - item.published.date() > timedelta(days=1)
