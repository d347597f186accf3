"""Is a way or a place open again, or only said to open one day?

A reopening that is promised, planned or announced for a day to come opens nothing and lifts nothing: who took it for
one would drive into what still bars the road. So does one that is over ("reopened, then closed again") or that lets
only some pass. In doubt it is no reopening, and the desk looks.
"""

import re

from alerts.incidents.words import Reopenings, fold, words

_SENTENCES = re.compile(r"(?<=[.!?;])\s+|\s[|]\s")
# A time after a comma belongs to what stands before it: "rouverte, à partir de lundi".
_DAYS = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
_TIME_FIRST = rf"(?!(?:a partir|a compter|des|demain|from|as of|starting|tomorrow|{_DAYS})\b)"
_CLAUSES = re.compile(rf",\s{_TIME_FIRST}|\s?[:–—]\s|\s(?:mais|but|tandis que|while)\s")
_JUST_BEFORE = 4  # words between "doit être" and what it is to be
_BEFORE = 3  # words from "avait été" to "de nouveau fermée"


def says_reopened(text: str) -> bool:
    """Whether `text` says that a way or a place can be reached again. An escort that got through does not."""
    lexicon = words().reopening
    if _shut_again(text, lexicon):
        return False
    sentences = _sentences(text, lexicon)
    if any(_is_done(clause, lexicon) for sentence in sentences for clause in _CLAUSES.split(sentence)):
        return True
    told = [sentence for sentence in sentences if lexicon.weak.search(sentence)]
    return bool(told) and not any(_looks_ahead(sentence, lexicon) for sentence in sentences)


def ends_blockade(text: str) -> bool:
    """Whether what `text` says is over is a blockade, and not a closed road or a strike."""
    lexicon = words().reopening
    told = (
        hit[0]
        for sentence in _sentences(text, lexicon)
        for pattern in (lexicon.done, lexicon.weak)
        for hit in pattern.finditer(sentence)
    )
    return says_reopened(text) and any(lexicon.blockade.search(words_told) for words_told in told)


def reopening_ahead(text: str) -> str | None:
    """The words that foretell a reopening in a `text` that tells of none that is there; None without any."""
    if says_reopened(text):
        return None
    lexicon = words().reopening
    found = (_looks_ahead(sentence, lexicon) for sentence in _sentences(text, lexicon))
    return next(filter(None, found), None)


def reopening_undone(text: str) -> str | None:
    """The words by which what `text` tells as reopened is shut again, or open to some alone; None without any."""
    lexicon = words().reopening
    tells_one = any(_speaks_of_one(sentence, lexicon) for sentence in _SENTENCES.split(fold(text)))
    return _shut_again(text, lexicon) if tells_one else None


def without_reopenings_ahead(text: str) -> str:
    """`text` without the statements that only foretell a reopening."""
    lexicon = words().reopening
    kept = (_kept(sentence, lexicon) for sentence in _SENTENCES.split(text))
    return " ".join(filter(None, kept))


def _shut_again(text: str, lexicon: Reopenings) -> str | None:
    """What in `text` says that it is shut again, in any sentence, or open in part, beside the reopening itself."""
    for sentence in _SENTENCES.split(fold(text)):
        if undone := next((hit for hit in lexicon.undone.finditer(sentence) if _holds(hit, sentence, lexicon)), None):
            return undone[0]
        if (partial := lexicon.partial.search(sentence)) and _speaks_of_one(sentence, lexicon):
            return partial[0]
    return None


def _holds(undone: re.Match[str], sentence: str, lexicon: Reopenings) -> bool:
    """Whether it is still shut: it was not only so before, and no verb after it opens it."""
    before = " ".join(sentence[: undone.start()].split()[-_BEFORE:])
    if lexicon.earlier.search(before):
        return False
    opens = lexicon.finite.search(sentence, undone.end())
    return opens is None or lexicon.aside.search(sentence, undone.end(), opens.start()) is not None


def _kept(sentence: str, lexicon: Reopenings) -> str:
    if not _looks_ahead(fold(sentence), lexicon):
        return sentence
    clauses = [clause for clause in _CLAUSES.split(sentence) if not _speaks_of_one(fold(clause), lexicon)]
    return ", ".join(clauses)


def _speaks_of_one(clause: str, lexicon: Reopenings) -> bool:
    return any(pattern.search(clause) for pattern in (lexicon.done, lexicon.weak, lexicon.future))


def _sentences(text: str, lexicon: Reopenings) -> list[str]:
    return [lexicon.never.sub(" ", sentence) for sentence in _SENTENCES.split(fold(text))]


def _is_done(clause: str, lexicon: Reopenings) -> bool:
    done = lexicon.done.search(clause)
    if done is None or lexicon.ahead.search(clause) or lexicon.future.search(clause):
        return False
    modals = lexicon.modal.finditer(clause, 0, done.end())
    return all(len(clause[modal.end() : done.start()].split()) > _JUST_BEFORE for modal in modals)


def _looks_ahead(sentence: str, lexicon: Reopenings) -> str | None:
    """What in a sentence on a reopening says that it is still to come."""
    if future := lexicon.future.search(sentence):
        return future[0]
    if done := next((clause for clause in _CLAUSES.split(sentence) if lexicon.done.search(clause)), None):
        return _plan_of_done(done, lexicon)
    weak = lexicon.weak.search(sentence)
    if weak is None:
        return None
    rest = sentence[: weak.start()] + " " + sentence[weak.end() :]
    plan = lexicon.ahead.search(sentence) or lexicon.planned.search(rest)
    if plan is None and not lexicon.past.search(sentence):
        plan = lexicon.days.search(rest)
    return f"{weak[0]}, {plan[0]}" if plan else None


def _plan_of_done(clause: str, lexicon: Reopenings) -> str | None:
    done = lexicon.done.search(clause)
    if done is None or _is_done(clause, lexicon):
        return None
    ahead = lexicon.ahead.search(clause)
    return f"{done[0]}, {ahead[0]}" if ahead else done[0]
