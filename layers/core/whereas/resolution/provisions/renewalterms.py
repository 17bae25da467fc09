"""Which durations are the length of a renewal, and which the notice that stops a renewal or ends a contract that runs on."""

from __future__ import annotations

from whereas.resolution.candidates import Candidate
from whereas.resolution.provisions import renewaltermcues as cue
from whereas.resolution.provisions import termcues
from whereas.resolution.view import View


def sentence_parts(view: View, found: Candidate) -> tuple[str, str]:
    """Return the candidate's sentence before and after it, in small letters."""
    start, end = view.sentence(found.start, reach=700)
    return view.lower[start : found.start], view.lower[found.end : end]


def renewal_rule(view: View, found: Candidate) -> float | None:
    """The rules' score of a duration as the length of one renewal; None where it can be none, whatever a model says."""
    before, after = sentence_parts(view, found)
    if _no_renewal(before, after):
        return None
    score = 0.0
    if termcues.RENEW_STRONG.search(before[-160:]):
        score += 0.45
    elif termcues.RENEW.search(before[-160:]):
        score += 0.25
    score += 0.2 * bool(cue.AGAIN.search(before))
    score += 0.1 * bool(cue.CALLED_PERIOD.match(after))
    score += 0.2 * bool(cue.RENEWS_CONTRACT.search(before[-160:]))
    if found.rule == "period-recurrent":  # "renewing annually", "automatic annual renewals", "extended on a yearly basis"
        score += 0.2 * bool(termcues.RENEW_STRONG.search(before[-80:])) + 0.6 * ("renewal" in view.lower[found.start : found.end])
        score += 0.4 * bool(cue.RENEWS_ON.search(before[-40:]))
    elif found.rule == "period-to-period" and cue.GOES_ON.search(before[-200:]):
        score += 0.75
    elif cue.EVERY.search(before[-100:]):
        score += 0.4
    other = termcues.AGAINST.search(before[-60:].replace("option", "right"))  # an option of renewal is a renewal
    if other or termcues.AS_NOTICE.match(after) or cue.BEFORE_EXPIRY.match(after):
        score -= 0.45
    if str(found.value).endswith("D"):
        score -= 0.3
    return max(0.0, min(0.95, score))


def _no_renewal(before: str, after: str) -> bool:
    """Whether the words say outright that this is no length of a renewal of the contract."""
    if termcues.NO_RENEWAL.search(before[-160:]) or cue.NOT_A_RENEWAL.search(before[-120:]):
        return True
    if cue.RENEWED.match(after) and cue.PROLONGED.search(before[-30:]):  # "extend such three-year term by six months"
        return True
    mutual = cue.MUTUAL_BEFORE.search(before[-160:]) or cue.MUTUAL_AFTER.match(after)
    return bool(mutual) and not cue.BY_ITSELF.search(before[-300:] + after[:160])


def notice_rule(view: View, found: Candidate) -> float | None:
    """The rules' score of a duration as the notice that stops a renewal; None where it can be none, whatever a model says."""
    before, after = sentence_parts(view, found)
    if ends_running(view, found):
        return 0.85
    if termcues.SUCH_NOTICE.match(before):
        # "Such notice must be given …": what the notice is for stands in the sentence before.
        start = found.start - len(before)
        before = view.lower[max(0, start - 300) : found.start]
    around = before[-400:] + " " + after[:250]
    if _no_notice(before[-400:], after[:250]) or cue.STATUTE.search(view.lower, max(0, found.start - 240), found.start):
        return None
    if not termcues.RENEW.search(around):
        at_the_end = (cue.NOTICE_OF_END.search(before[-160:]) and cue.BEFORE_TERM_ENDS.match(after)) or cue.ENDS_AT_TERM.match(after)
        return 0.7 if at_the_end else 0.0
    score = 0.3 if termcues.RENEW_STRONG.search(around) else 0.2
    score += 0.2 * bool(termcues.NOTICE.search(around))
    score += 0.2 * bool(termcues.NOT_RENEW.search(around))
    score += 0.15 * bool(cue.NOTICE_AFTER.match(after))
    score += 0.08 * bool(cue.AT_LEAST.search(before))
    if any(other.search(before[-120:]) for other in (cue.FOR_CAUSE, cue.AT_WILL, cue.PRICE)):
        score -= 0.3
    if str(found.value).endswith("Y"):
        score -= 0.25
    return max(0.0, min(0.95, score))


def _no_notice(before: str, after: str) -> bool:
    """Whether the notice is for another thing: to use an option of renewal, to end the contract at any time, under a statute."""
    around = before + " " + after
    if cue.TO_RENEW.search(around) and not cue.AGAINST_RENEWAL.search(around):
        return True
    return bool(
        termcues.NO_RENEWAL.search(around)
        or cue.ANY_TIME.match(after)
        or cue.TALKS.search(after[:120])
        or cue.NO_ACCORD.search(before[-160:])
        or cue.INSURANCE.search(before[-160:] + " " + after[:120])
    )


def ends_running(view: View, found: Candidate) -> bool:
    """Whether the duration is the notice that ends a contract that runs on, "thereafter until terminated on 30 days' notice".

    Nothing else stops such a contract: its notice does what the notice against a renewal does elsewhere.
    """
    before, after = sentence_parts(view, found)
    if not cue.WORD_OF_NOTICE.search(before[-80:] + after[:60]) or cue.FOR_CAUSE.search(before[-120:]):
        return False
    runs_on = cue.RUNS_ON.search(before[-400:]) and cue.UNTIL_ENDED.search(before[-200:])
    return bool(runs_on or cue.AFTER_TERM.match(before))
