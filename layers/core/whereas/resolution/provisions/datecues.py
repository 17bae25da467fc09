"""Phrases that tell the agreement date and the effective date from the other dates of a contract."""

from __future__ import annotations

import re
from typing import Final

from whereas.resolution.view import rx, small_rx

MADE: Final = small_rx(
    r"\b(?:dated|made|entered(?: into)?|executed|signed|concluded|agreement date|date of (?:this )?agreement|date)(?: and "
    r"(?:is |made |entered into |executed )?effective)?"
    r"\b(?:[^.;]{0,60}?\b(?:as of|on|of|this|the|in|from)){0,2}\s{0,3}[:,]?\s{0,3}(?:the )?(?:day and year )?$"
)
THIS: Final = re.compile(r"\b(?:this|THIS)\b|\bAGREEMENT\b[^.;]{0,40}\Z")
OTHER_NAMED: Final = small_rx(
    r",?\s{0,3}(?:\((?!this)[^()\"]{0,40}\"[^\"]{1,40}(?:Agreement|Plan|Lease|Contract|NDA|Letter|License|Order)\"|,? (?:by "
    r"and )?(?:between|among) (?:the|such|such|said) )"
)
AS_OF: Final = small_rx(r"\b(?:as of|on|this|of)\s{0,3}(?:the )?(?:date of )?$")
EFFECTIVE_BEFORE: Final = small_rx(r"\b(?:effective|effect|commenc(?:e|es|ed|ing)|commencement date|begin(?:s|ning)?)\b[^.;]{0,50}$")
EFFECTIVE_STRONG: Final = small_rx(
    r"\beffective(?: date)?(?: of this agreement)?,?(?: is| as| as of| on| from| this| the| shall be| means| date| "
    r"of)*\s{0,3}[\"]?[):,]?\s{0,3}(?:the )?$"
)
DEFINED_BEFORE: Final = small_rx(r"\beffective date\b[^.;]{0,50}\b(?:means?|is|shall be|will be|shall mean|:|being|of)\b[^.;]{0,60}$")
TERM_BEGINS: Final = small_rx(
    r"\b(?:term\b|this agreement|agreement (?:shall|will)|joint venture|services|engagement|appointment|this (?:lease|license|"
    r"contract))\b[^.;]{0,120}\b(?:commenc\w+|begin\w*|"
    r"start\w*|come into force|take effect|become effective|effective)"
    r"(?: on| as of| from| as from| and effective| the|,){0,3}\s{0,3}$"
)
LAST_SIGNED: Final = rx(
    r"\beffective\b[^.;]{0,40}\b(?:last|latest|later|final)\b[^.;]{0,30}\b(?:signature|signatory|signing|signed|signs|"
    r"execution|executed|party to sign|dates? (?:set forth|below))\b"
)
TERMINATES: Final = small_rx(r"\bterminat\w+\b[^.;]{0,50}$")
NAMED_AFTER: Final = small_rx(
    r"[\s,]{0,3}\(?[^().;\"]{0,50}\"\s{0,2}(?:Effective|Commencement|Start) Date|[\s,]{0,3}\((?:the )?(?:Effective|Commencement) Date"
)
NAMED_OTHER: Final = small_rx(r"[\s,]{0,3}\([^().;\"]{0,40}\"\s{0,2}(?:Execution|Signing|Agreement|Contract) Date")
ANOTHER_PAPER: Final = small_rx(
    r"\b(?:that certain|original|prior|previous|existing|amended|amends?|amendment to|pursuant to|under|certain|supersedes?|"
    r"certificate|registration|filed|incorporated|patent|issued)\b[^.;]{0,120}$"
)
SEC_LINE: Final = small_rx(r"\b(?:Source|Filed|10-[KQ]|8-K|S-1|S-4|20-F|6-K|424B\d?|10SB\w*|10QSB|Form)\b[^\n]{0,60}$")
OWN_LINE: Final = re.compile(r"(?:^|\n)[ \t]{0,8}(?:Date[d]?:?\s{0,3}(?:as of\s{1,3})?)?$", re.I)
EXPIRY_BEFORE: Final = small_rx(r"\b(?:expir\w+|terminat\w+|until|through|end(?:s|ing)?|later than|no later|by)\b[^.;]{0,40}$")
EXECUTED: Final = small_rx(
    r"\b(?:executed|signed|entered into|set (?:his|her|their|its) hands?)(?: and delivered)?(?: on| to)? (?:this|the foregoing|these) "
    r"[^.;]{0,110}\b(?:as of|on|this|effective)(?: the)? ?$|"
    r"\b(?:accepted and agreed|agreed and accepted|acknowledged and agreed)[^.;]{0,40}\b(?:as of|on|this)(?: the)? ?$"
)
SIGNED_LABEL: Final = re.compile(r"(?:^|[\n\s-])(?:Signature |Signing )?(?:Date|Dated|DATE|DATED)\s{0,2}:?\s{0,4}\Z")
