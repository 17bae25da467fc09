"""Phrases that tell a term, a renewal, a notice or an expiry from the other durations and dates of a contract."""

from __future__ import annotations

from typing import Final

from whereas.resolution.view import rx, small_rx

RENEW: Final = small_rx(
    r"\b(?:further period|automatic(?:ally)?(?! (?:terminat|expir|ceas|end|laps)\w*)|successive|"
    r"renew(?:s|ed|al|als|able|ing)?|extend(?:s|ed)?|additional (?:terms?|periods?))\b"
)
RENEW_STRONG: Final = small_rx(
    r"\b(?:extend(?:s|ed)? (?:the|this|its|such) (?:\w+ )?(?:term|agreement|lease)|automatically(?! (?:terminat|expir|ceas|end|laps)\w*)|"
    r"successive|renew(?:s|ed|al|als|able|ing)?)\b"
)
NOTICE: Final = small_rx(r"\b(?:notice|notif(?:y|ies|ied|ication)|advis\w+ in writing|written)\b")
NOT_RENEW: Final = small_rx(
    r"\b(?:non-?renew\w*|not (?:to )?(?:be )?(?:renew|extend)\w*|intent(?:ion)? (?:not )?to|elects? not|unless|not wish|"
    r"terminat\w+|prior to|before|preceding|in advance)\b"
)
TERM: Final = small_rx(
    r"\b(?:term of this|term (?:shall|will|is|hereof)|initial term|\"term\"|this agreement (?:shall|will|is|has|and)\b|"
    r"(?:remain|continue)s?(?: in)? (?:full )?(?:force|effect)|in effect|expires?|shall terminate|"
    r"will terminate|period of|obligations? (?:hereunder|under|of|shall|set)|survive|commenc\w+|effective)\b"
)
TERM_STRONG: Final = small_rx(
    r"\b(?:(?:the )?(?:initial )?term (?:of (?:this|the) agreement|hereof|of the \w+|shall|will|is)|initial term|"
    r"this (?:letter )?(?:agreement|contract|lease|license)(?:,? [^.;]{0,80})? (?:shall|will) (?:be (?:effective|valid|in)|"
    r"remain|continue|expire|terminate|commence|have|last|become)|"
    r"remain in (?:full )?(?:force|effect)|continue in (?:full )?(?:force|effect)|shall (?:terminate|expire|continue|last|"
    r"survive)|will (?:terminate|expire)|terminates|expires)\b"
)
TERM_SUBJECT: Final = small_rx(
    r"(?:\b(?:(?:initial |primary |contract )?term of (?:this|the|your|his|her) (?:\w+ ){0,3}(?:agreement|contract|lease|"
    r"license|letter|franchise|appointment|engagement|employment|undertaking)|"
    r"(?:initial|primary|base) term|term hereof|duration of this \w+)|\"(?:initial )?term\"|\bterm:|\bterm (?:shall|will|is)\b|"
    r"\bterm(?: and termination)?\.)[^.;]{0,200}$"
)
AGREEMENT_SUBJECT: Final = small_rx(
    r"\b(?:this|the|such) (?:\w+ ){0,3}(?:agreement|contract|lease|license|letter|nda|undertaking|"
    r"venture|engagement|appointment|employment|tenancy)\b[^.;]{0,130}\b(?:terminat(?:e|es)|expires?|remains?|continues?|effective|"
    r"in effect|in force|commences?|valid|lasts?|begins?|applies|have no|ha(?:ve|s) (?:a|an initial) term|"
    r"(?:shall|will) be for|governs?|covers?)\b[^.;]{0,170}$"
)
# "shall expire on the earlier of (a) …; (b) two years": the events of the list stand between the verb and the time.
EARLIER_OF: Final = small_rx(
    r"\b(?:this|the) (?:\w+ ){0,2}(?:agreement|undertaking|nda|letter)\b[^.;]{0,160}\b(?:terminate|expire|cease|remain|continue|"
    r"effective|effect|force)\b[^.;]{0,90}(?:\b(?:earlie(?:r|st)|later|first) (?:of|to occur)|\(i\)|\(a\))[^.]{0,420}$"
)
ALL_OBLIGATIONS: Final = small_rx(
    r"\b(?:obligations?|covenants?|undertakings?|restrictions?|provisions|terms)\b[^.;]{0,60}"
    r"\b(?:hereunder|herein|hereof|(?:of|under|in|by) this (?:\w+ ){0,2}(?:agreement|undertaking|letter|nda))\b[^.;]{0,120}"
    r"\b(?:terminate|expire|cease|remain|continue|lapse)\b[^.;]{0,80}"
    r"(?:(?:\b(?:earlie(?:r|st)|later|first) (?:of|to occur)|\(i\)|\(a\))[^.]{0,420})?$"
)
OBLIGATIONS: Final = small_rx(
    r"\b(?:obligations?|covenants?|undertakings?|restrictions?|duty|duties|provisions|rights|agree[sd]?|terms of this|"
    r"bound)\b[^.;]{0,160}\b(?:terminat(?:e|es)|expires?|remains?|continues?|"
    r"surviv\w+|bind|period of|bound|in effect|in force)\b[^.;]{0,120}$"
)
SURVIVAL: Final = small_rx(
    r"\bsurviv\w+|\b(?:confidentiality|non-?disclosure|secrecy) obligations?\b|\bobligations? of confidentiality\b|\bduty to "
    r"protect\b|\bafter (?:the )?terminat\w+\b"
)
AGAINST: Final = small_rx(
    r"\b(?:non-?solicit\w*|non-?competit\w*|solicit|hire|employ(?:ee)?s?|standstill|stand still|warrant\w*|invoice|pay(?:ment|"
    r"able|s)?|salary|cure|breach|default|insurance|records|audit|interest|"
    r"option|royalt\w+|written notice|prior notice|notice of termination|terminate this agreement|without cause|arbitrat\w+|"
    r"approv\w+|calendar quarter|report|vest\w*|stock)\b"
)
AS_NOTICE: Final = small_rx(r"'? ?(?:prior |advance )?(?:written )?notice|'? ?(?:prior|advance|before|in advance)\b")
FROM_START: Final = small_rx(
    r"\s{0,3}(?:anniversary )?(?:,? (?:from|after|following|of|commencing|beginning|starting) (?:and )?(?:after )?(?:on |from |with |as of "
    r")?(?:the )?(?:such )?(?:date (?:hereof|of this|of the|first|set|that|above|written)|this agreement|effective|"
    r"execution|commencement|date$|such effective|signing|closing|hereof)|,? hereof|,? from and after the date|,? unless|,? "
    r"(?:\(the \"|thereafter))"
)
FROM_LATER: Final = small_rx(
    r",? (?:from|after|following|of|past)(?: and after)? (?:the )?(?:(?:date|first date|last date|day) (?:of|on which|that) "
    r")?(?:any |such |its |the |his |her |my |your |last |each )*"
    r"(?:disclos\w*|receipt|terminat\w*|expir\w*|company|employ\w*|designee|separation|return|cessation|date company|executive|"
    r"employee|\w+ ceases)|"
    r",? (?:from|after|following) (?:the )?(?:(?:earlie(?:r|st)|later?|latest) of[^.;]{0,12} (?:any |the |such )?"
    r"(?:terminat|expir|cessation)|effective date of (?:the|such|any|an) (?:order|terminat|judgment)|"
    r"date (?!hereof|of this|first)[^.;,]{1,70}\b(?:ceas|terminat|expir|no longer))"
)
PART_ONLY: Final = small_rx(
    r"\b(?:portion|part|covenant not to compete|restrictions (?:contained|set forth) in section [\d.]{1,8}) of "
    r"this agreement\b[^.;]{0,90}$"
)
PERIOD_BEFORE: Final = small_rx(r"\b(?:period of|term of|for|until|(?:expire|terminate|end)s?|expire on|earlier of|later of)\b[^.;]{0,40}$")
CALLED_TERM: Final = small_rx(r"[^.;()]{0,25}\((?:such \w+ |collectively,? )?(?:the )?\"(?:Initial |Primary |Contract )?(?:Term|Period)\"")
TERM_OF: Final = small_rx(r"\b(?:term) of(?: at least)?\s{0,3}$")
DURING_TERM: Final = small_rx(
    r"\bduring (?:the |its |such )?(?:\w+ )?(?:term|employment|engagement)\b[^.;]{0,80}\b(?:and|or)\b[^.;]{0,40}$|\bfor the "
    r"term of this agreement and\b[^.;]{0,30}$"
)
BEGINS_AND_ENDS: Final = small_rx(r"\b(?:begin|commenc|start)\w*\b[^.;]{0,60}\b(?:and|to|until)\b[^.;]{0,20}\bends?\b[^.;]{0,60}$")
HEADING: Final = small_rx(r"\b(?:term|duration|period|renewal|expiration)\b")
PERPETUAL: Final = rx(
    r"\b(?:perpetual(?:ly)?|in perpetuity|indefinite(?:ly)?|unlimited (?:period|term|duration)|no fixed (?:term|expiration))\b"
)
PERPETUAL_STEMS: Final = ("perpetual", "in", "indefinite", "unlimited", "no")
UNTIL: Final = rx(
    r"\buntil (?:it is )?(?:(?:earlier )?terminated|termination|cancel+ed)\b|\bunless (?:and until )?(?:earlier |sooner "
    r")?(?:terminated|cancel+ed)\b"
)
UNTIL_STEMS: Final = ("until", "unless")
EXPIRY: Final = small_rx(
    r"\b(?:expir(?:e|es|ing|ation)(?: date)?|terminat(?:e|es|ing|ion)(?: date)?|until|through(?: and including)?|end(?:s|"
    r"ing)?(?: date)?|up to|to)\b(?:[^.;]{0,45}?\b(?:on|at|of|is|as of|date))?\s{0,3}[:,]?\s{0,3}(?:midnight,? |the close of "
    r"business )?(?:on )?(?:the )?$"
)


BEGINS: Final = small_rx(
    r"\b(?:commenc\w+|begin\w*|start\w*|launch\w*|effective(?! date))\b(?:(?!expir|end|terminat|until|through)[^.;]){0,30}$"
)
REPORTING: Final = small_rx(r"\b(?:calendar year|fiscal year|quarter|contract year|minimum|transition)\b[^.;]{0,120}$")
ENDS_LABEL: Final = small_rx(r"\b(?:termination|expiration|expiry|end) date\s{0,2}:?\s{0,3}$|\b(?:contract|agreement) period\b[^.;]{0,60}$")
NO_RENEWAL: Final = small_rx(r"\b(?:has|have|is|was|been) not (?:been )?renewed\b[^.;]{0,80}$")
"""A condition, not a clause of renewal: "if the term has not been renewed for a year"."""
SUCH_NOTICE: Final = small_rx(r"^\s{0,3}(?:such|this|the|said|any such) (?:written )?(?:notice|notification)\b")
