"""Phrases around a duration that make it the length of a renewal or the notice against one, or that say that it is neither.

Read against the small letters of a sentence before or after the duration.
"""

from __future__ import annotations

from typing import Final

from whereas.resolution.view import small_rx

_RENEW = r"(?:renew(?:s|ed|al|als|ing)?|extend(?:s|ed)?|extension|prolong(?:s|ed)?)"
_CONTRACT = (
    r"(?:(?:this|such|said) (?:\w+ ){0,3}|the (?:(?:initial|original|then-current|current) )?)"
    r"(?:agreement|contract|term|appointment|engagement|license|franchise)"
)
_MUTUAL = (
    r"(?:upon|by|pursuant to|with|subject to|through|if|by way of) (?:the |a )?(?:parties'? )?(?:\w+ ){0,2}"
    r"(?:mutual (?:\w+ ){0,2}(?:agreement|consent|understanding)|mutually agree(?:d|s)?(?! (?:terms|conditions|upon terms)))"
)

AGAIN: Final = small_rx(r"\b(?:successive|additional|automatically|further|another|subsequent)\b[^.;]{0,50}$")
CALLED_PERIOD: Final = small_rx(r" ?(?:each )?(?:terms?|periods?|renewal|extension|increments?|intervals?)\b")
RENEWS_CONTRACT: Final = small_rx(
    rf"\b(?:{_RENEW} {_CONTRACT}|{_CONTRACT} (?:shall|will|may)(?: \w+){{0,3}} {_RENEW}(?: itself)?|"
    rf"{_RENEW} automatically) (?:for|by)\b[^.;]{{0,40}}$"
)
"""The contract itself is what is renewed "for …", or something renews by itself."""
RENEWS_ON: Final = small_rx(rf"\b{_RENEW}(?: automatically)? (?:on|for|in) (?:an? )?$")
GOES_ON: Final = small_rx(
    rf"\b(?:this|the|said|it|term|agreement|contract)\b[^.;]{{0,160}}\b(?:{_RENEW}|continues?|continuing|thereafter|(?:be|and) (?:in "
    r"effect|effective)|be effective)\b[^.;]{0,80}$|"
    rf"\b{_RENEW} (?:automatically )?(?:from |on an? )?$"
)
"""Before "year to year": what goes on is the contract."""
EVERY: Final = small_rx(rf"\b{_RENEW}(?: tacitly| automatically)? (?:for )?every $")
BEFORE_EXPIRY: Final = small_rx(r"[^.;]{0,12}\b(?:prior to|before)\b")
NOT_A_RENEWAL: Final = small_rx(
    r"\binitial(?: term of)?(?: \(?)$|"
    r"\"(?:(?:contract|license|agreement|fiscal|calendar) )?(?:year|quarter)\" (?:shall )?(?:means?|be)\b[^.;]{0,110}$|"
    r"\b(?:terms?|periods?|basis) (?:for )?up to (?:another |a total of |an additional )?$|"
    r"\b(?:extend|renew)\w* the term of (?:the|such|each|any) (?:\w+ ){0,4}(?:program(?:me)?|project|lease|loan|study|plan)\b.{0,140}$"
)
"""The first term, a defined year, the cap on all renewals together, and a term of what is not the contract."""
RENEWED: Final = small_rx(r" ?(?:term|period)\b")
PROLONGED: Final = small_rx(r"\b(?:extend|prolong|renew)(?:ing)? (?:such|said|this|that) $")
MUTUAL_BEFORE: Final = small_rx(rf"\b{_MUTUAL}\b[^.;]{{0,100}}$|\bby mutual\b[^.;]{{0,60}}$")
MUTUAL_AFTER: Final = small_rx(rf"[^.;]{{0,40}}\b(?:{_MUTUAL}|will be negotiated)\b")
"""Both must agree anew: nobody has a right to such a renewal, and CUAD's lawyers answer that there is none."""
BY_ITSELF: Final = small_rx(r"\bautomatic\w*|\bunless (?:either|one|any|a) party\b")

TO_RENEW: Final = small_rx(
    r"\b(?:wish(?:es|ing)?|desir(?:es?|ing)|elects?|election|intent|intention|intends?|options?|right|decid(?:es?|ing)) (?:[^.;]{0,30} )?"
    r"(?:to|of) (?:seek to |further )?(?:renew|extend|renewing|extending)\b|"
    r"\bexercis(?:e|es|ing) (?:[^.;]{0,30} )?(?:options?|right)\b|"
    r"\bmay,? (?:by|upon|on)\b[^.;]{0,30}\bnotice\b[^.;]{0,160}\b(?:renew|extend)\b"
)
"""A notice by which somebody asks for the renewal, the reverse of the one that stops it."""
AGAINST_RENEWAL: Final = small_rx(
    r"\bnot (?:to )?(?:be )?(?:so )?(?:renew|extend)|\bnon-?renew|\bautomatic|\b(?:not|declin\w+) to grant\b|"
    r"\bunless (?:and until )?(?:either|one|any|a|the other|earlier|sooner|terminated)\b|\bnotice of (?:\w+ )?terminat|"
    r"\b(?:notice|notif\w+|intent\w*|elect\w*|wish\w*|desire\w*|decision)\b[^.;]{0,80} to (?:terminate|cancel)\b"
)
ANY_TIME: Final = small_rx(r"'? ?(?:prior |advance )?(?:written )?notice (?:at any time|during)\b")
STATUTE: Final = small_rx(r"\bstat\. ?(?:§|sec)|\bsubd\.|\b\w+ law (?:currently )?(?:provides|requires)\b")
TALKS: Final = small_rx(r"\b(?:discuss|negotiat\w+|meet)\b[^.;]{0,20}\bin good faith\b|\b(?:proposal|offer) (?:for|of|to) (?:the )?renew")
NO_ACCORD: Final = small_rx(r"\b(?:unable|fail(?:s|ed)?) to (?:reach (?:an )?agreement|agree)\b")
INSURANCE: Final = small_rx(r"\b(?:insur\w+|polic(?:y|ies))\b")
PRICE: Final = small_rx(r"\b(?:adjustments?|increases?|(?:change|revis)\w* (?:of|to|in) (?:the )?(?:rates?|prices?|fees?))\b[^.;]{0,100}$")
NOTICE_AFTER: Final = small_rx(r"[^.;]{0,25}\b(?:prior|before|notice|in advance|preceding)\b")
AT_LEAST: Final = small_rx(r"(?:at least|not (?:less|later) than|no later than|no less than|within|minimum of) [^.;]{0,12}$")
FOR_CAUSE: Final = small_rx(r"\b(?:breach|default|cure|insolven)\b")
AT_WILL: Final = small_rx(r"\b(?:without cause|for convenience)\b")
NOTICE_OF_END: Final = small_rx(r"\b(?:notice of (?:\w+ )?terminat|terminat\w+ by (?:\w+ )?notice)\w*[^.;]{0,120}$")
BEFORE_TERM_ENDS: Final = small_rx(
    r" ?(?:prior to|before) the (?:expir\w+|end)(?: date)? of (?:(?:the|any) (?:relevant|applicable|then|current|then-current)\b|"
    r"the (?:initial|original) term,? or\b)"
)
ENDS_AT_TERM: Final = small_rx(
    r"[^.;]{0,80}\b(?:terminate|cancel)\b[^.;]{0,40}\b(?:at|as of|effective(?: at| on| as of)?) the (?:end|expiration|expiry) of the "
    r"(?:initial|original|current|then)\b"
)
RUNS_ON: Final = small_rx(
    r"\b(?:thereafter|after that|indefinitely|(?:month|year)[ -]to[ -](?:month|year)|"
    r"(?:after|following|beyond) (?:the |such |said )?(?:initial|original|primary) (?:term|period))\b"
)
UNTIL_ENDED: Final = small_rx(
    r"\b(?:until|unless)\b[^.;]{0,60}\b(?:terminat\w+|cancel\w*)\b[^.;]{0,160}$|"
    r"\b(?:until|unless) (?:either|one|any) party gives\b[^.;]{0,80}$"
)
AFTER_TERM: Final = small_rx(
    r"[\d.()\s]{0,10}(?:\w+\. )?(?:after|following) (?:the |such )?(?:initial|original|primary) (?:term|period)[^.;]{0,60}"
    r"\b(?:may|can) (?:terminate|cancel)\b[^.;]{0,120}$"
)
WORD_OF_NOTICE: Final = small_rx(r"\b(?:notice|notif\w+)\b")
