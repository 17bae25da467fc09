"""Phrases that say whether a contract renews itself or only when somebody acts."""

from __future__ import annotations

from typing import Final

from whereas.resolution.view import rx

_RENEW = (
    r"(?:(?:renew(?:s|ed|al|als|ing)?|extend(?:s|ed)?(?! (?:to|beyond|over|into|until)\b)|exten(?:sion|sions|ding)|prolong(?:s|ed)?|"
    r"roll(?:s|ed)? over)\b)"
)
_LENGTH = r"(?:successive|consecutive|additional|further|subsequent|like|similar|equal|annual|yearly|one|two|three|five|an?|\d)"
_UNTEMPERED = r"(?:(?!\bmay\b|\bmutual)[^.;])"

NEVER: Final = (
    rx(
        rf"\b(?:shall|will|does|do|may|can) ?not (?:be )?(?:automatically |subject to )?(?:be )?(?:automatic(?:ally)? )?{_RENEW}"
        r"(?: automatically)?(?!,? (?:or |and )?(?:amended|supplemented|modified|waived|changed))"
        r"(?: (?:except|unless|without|only) [^.;]{0,60})?"
    ),
    rx(r"\b(?:no|without|neither) (?:automatic|right|obligation|option|duty|commitment)(?: of| to| for)? (?:automatic(?:ally)? )?renew\w*"),
    rx(r"\bnon-?renewable\b"),
)
"""Said in so many words that the contract does not renew by itself."""
CONDITION: Final = rx(
    r"\b(?:if|unless|notice|that|event|notif\w+|intent\w*|intends?|elects?|case|expires,?(?: and| or)?|should)\b[^.;]{0,70}$"
)

AUTOMATIC: Final = (
    rx(
        rf"\bautomatic(?:ally)? (?:and without (?:further )?(?:notice|action)[^.;]{{0,20}} )?(?:be )?(?:deemed )?(?:be )?"
        rf"(?:annual |successive )?{_RENEW}"
    ),
    rx(rf"\b{_RENEW} (?:itself |themselves )?(?:[^.;,]{{1,60}} )?automatically\b"),
    rx(r"\b(?:automatically (?:be )?continu(?:e|es|ed)|continu(?:e|es|ed) automatically)\b[^.;]{0,40}?\b(?:successive|additional|further|"
       r"year|month|annual)\w*"),
    rx(r"\btacit(?:ly)? (?:be )?(?:renew|exten)\w+|\b(?:renewed|extended) (?:by )?tacit(?:ly)?\b"),
    rx(r"\bevergreen (?:basis|renewal|term|contract|provision|agreement)\b|\bis evergreen\b"),
    rx(r"\b(?:continue|renew|extend|remain)\w*(?: in (?:full )?(?:force|effect))?[^.;]{0,80}"
       r"\b(?:year|month|quarter)[ -](?:to|by)[ -](?:year|month|quarter)\b"),
)  # fmt: skip
"""The contract renews without anybody's doing."""

UNLESS: Final = (
    rx(
        rf"\b(?:shall|will|is to|to|thereafter|then) (?:then |thereafter |also )?(?:be )?(?:deemed )?{_RENEW}"
        rf"{_UNTEMPERED}{{0,60}}\b(?:for|by|on|into) {_UNTEMPERED}{{0,30}}\b{_LENGTH}\b{_UNTEMPERED}{{0,260}}"
        r"\b(?:unless|until|provided that neither)\b"
    ),
    rx(
        rf"\bunless\b{_UNTEMPERED}{{0,260}}\b(?:shall|will) (?:then |thereafter )?(?:be )?{_RENEW}{_UNTEMPERED}{{0,60}}"
        rf"\b(?:for|by|on) {_UNTEMPERED}{{0,30}}\b{_LENGTH}\b"
    ),
    rx(
        rf"\bcontinue{_UNTEMPERED}{{0,60}}\bfor {_UNTEMPERED}{{0,30}}\b(?:successive|consecutive|additional|further|subsequent)\b"
        rf"{_UNTEMPERED}{{0,260}}\b(?:unless|until)\b"
    ),
    rx(r"\b(?:extendable|renewable) for [^.;]{1,40}, unless notice\b"),
)
"""It goes on unless somebody objects."""
RENEWS: Final = (
    rx(rf"\b(?:renews|shall renew|will renew|shall be renewed|will be renewed) {_UNTEMPERED}{{0,40}}\b(?:annually|{_LENGTH})\b"),
)

ON_DEMAND: Final = (
    rx(
        r"\b(?:may|can) (?:(?:mutually|also|only|then) |at its (?:sole )?(?:option|discretion),? ){0,3}(?:be )?"
        rf"(?:{_RENEW}|elect to (?:renew|extend))\b"
    ),
    rx(
        r"\b(?:option|right|opportunity) (?:\([^()]{0,30}\) )?(?:but not the obligation,? )?(?:to|of) (?:further |continue |annually )?"
        r"(?:renew\w*|exten(?:d|sion)\b)"
    ),
    rx(r"\b(?:renewal|extension) options?\b"),
    rx(
        r"\brenewable\b[^.;]{0,40}\b(?:upon|by|at|with|subject)\b[^.;]{0,30}\b(?:mutual|written|option|agreement|consent|election|approval)\b"
    ),
    rx(
        rf"\b{_RENEW}(?: or {_RENEW})?(?: (?:this|the|such) [^.;]{{0,40}})?[^.;]{{0,50}}\b(?:by|upon|with|subject to)\b[^.;]{{0,20}}"
        r"\b(?:mutual(?:ly)?|written|parties'?|prior)\b[^.;]{0,20}\b(?:agree\w*|consent|approval)\b"
    ),
    rx(r"\b(?:parties|they|both)\b[^.;]{0,60}\b(?:agree|negotiate|elect|discuss)\b[^.;]{0,40}\b(?:renew\w*|exten(?:d|sion)\b)"),
    rx(r"\bat (?:its|the|[A-Z][\w']{1,30}) ?(?:sole )?(?:option|discretion|election),? (?:to )?(?:renew|extend)\b"),
)
"""Somebody must act: an option, an agreement, a consent."""

SUBJECT: Final = rx(
    r"\b(?:this|the|such|said|initial|original|current|then-current|your) (?:\w+ ){0,4}(?:agreement|contract|term|lease|license|engagement|"
    r"appointment|undertaking|franchise|letter)\b|\bterm of\b|\bit (?:shall|will)\b|\binitial period\b"
)
OTHER_SUBJECT: Final = rx(
    r"\b(?:letters? of credit|insurance|polic(?:y|ies)|domain names?|registrations?|trademarks?|patents?|liens?|loans?|notes?|permits?|"
    r"warrant(?:y|ies)|interest period|copyrights?|financing statements?|visas?|certificates?|subscriptions?|options? to purchase|"
    r"deadlines?|times? (?:required|for|of|period|limit)|due date|delivery date|standstill|indebtedness|credit|governmental|"
    r"(?:review|cure|option|support|testing|notice|grace|negotiation) period|force majeure|delay|suspen\w+|arbitrat\w+|confidentiality|"
    r"statute of limitations|power of attorney|attorney-in-fact|contractors)\b"
)
"""What else is renewed or extended: papers, deadlines, rights."""
ASKED: Final = rx(r"\b(?:option|discretion|election|request|if agreed|mutual\w*|agree in writing|consent)\b")
"""Beside "shall renew", what makes it somebody's choice after all."""
