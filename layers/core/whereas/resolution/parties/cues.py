"""Phrases and forms that tell a party's name from the other names of a contract."""

from __future__ import annotations

import re
from typing import Final

RUN_START: Final = re.compile(r"(?<![\w&'./@-])(?:[A-Z0-9À-Þ]|[a-z]{1,3}[A-Z0-9]|[a-z]-[a-z]|[a-z][\w-]{2,20}\.(?:com|net|org)\b)")
LEAD_IN: Final = re.compile(
    r"(?:(?P<and>\band\b[\s,]{1,3}|\bAND\b[\s,:]{1,3}|&\s{1,3})|(?P<semi>[;:]\s{1,4}|[;:]\s{0,3}and\s{1,3})|"
    r"(?P<defined>\"\),\s{1,3})|(?P<after>[),\"]\s{1,3})|(?P<line>\n\s{0,4}))"
    r"(?:\(?(?:[ivx]{1,4}|[A-Ha-h]|\d{1,2})[).]\s{0,3})?(?:the\s{1,3})?(?:M(?:r|s|rs)\.\s{1,3})?\Z"
)
ENUMERATED: Final = re.compile(r"(?:^|[\s,;:])\(?(?:[ivx]{1,4}|[A-Ha-h]|\d{1,2})[).]\s{0,3}(?:the\s{1,3})?\Z")
FOREIGN: Final = re.compile(
    r"(?:\bof|\bin|\bat|\bunder|\bits|\bby its|\bpartner,?|\bmember,?|\bmanager,?|\bsubsidiary of|\bowned by|\bfrom|\bas|\bon|"
    r"\bto|\bto as|\bwith|\bincluding(?:,?\s{1,3}without\s{1,3}limitation,?|,?\s{1,3}but\s{1,3}not\s{1,3}limited\s{1,3}to,?)?|"
    r"\bSource:.{0,5})\s{1,3}(?:the\s{1,3})?\Z",
    re.I,
)
DESCRIBED: Final = re.compile(
    r"\s{0,3},?\s{0,3}(?:\([^()]{0,40}\)\s{0,3},?\s{0,2})?(?:an?|the|"
    r"AN?)\s{1,3}(?:[\w.,'&()/-]{1,25}\s{1,3}){0,12}?(?:corporation|compan(?:y|ies)|partnership|individual|person|"
    r"resident|association|trust|bank|institution|university|entity|organi[sz]ation|L\.?L\.?C|proprietorship|agency|authority|"
    r"society|foundation|venture|subsidiary|affiliate|"
    r"citizen|body|limited|member|unit|fund|firm|division)\b",
    re.I,
)
DEFINED_AFTER: Final = re.compile(
    r"\s{0,3},?\s{0,3}(?:[^\n()]{0,40})?\(\s{0,2}(?:(?:the|hereinafter|hereafter|herein|collectively|referred|\"|together|each|"
    r"as\s(?!defined|described)|\w+\s{1,2}or\s{1,2})|[A-Z][\w-]{2,25}\s{0,2}\))",
    re.I,
)
DEFINED_NEXT: Final = re.compile(
    r"(?:,?\s{1,3}(?:and\s{1,3}|including\s{1,3})?(?:any\s{1,3}of\s{1,3})?its\s{1,3}[^()\n]{0,90})?\s{0,3},?\s{0,3}(?:\((?:formerly|f/k/a|d/b/a)[^()]{0,60}\)\s{0,2})?\(\s{0,2}(?:(?:together|collectively|hereinafter|hereafter|herein|referred|acting)[^()\"]{0,60})?(?:the\s{1,2}|\"|as\s|(?-i:[A-Z]{3,20})\s?\))",
    re.I,
)
DEFINED_LATER: Final = re.compile(r"[^()\"]{0,260}\(\s{0,2}(?:the\s{1,2}|(?:hereinafter|together|collectively)[^()\"]{0,40})?\"")
GOES_ON: Final = re.compile(
    r"\s{0,3},?\s{0,3}\(?(?:having|with|whose|located|incorporated|organi[sz]ed|acting|on\s+behalf|by\s+and\s+through|residing|"
    r"together|as\s+|registered|doing\s+business|d/b/a|dba|"
    r"formerly|f/k/a|a/k/a|individually|each\s|both\s|and\s+its|and/or\s|or\s+one\s+of\s+its|for\s+itself|at\s+\d|of\s+\d|hereinafter|hereafter|through|"
    r"its\s|including|\d{2,5}\s[A-Z])",
    re.I,
)
DESCRIPTOR: Final = re.compile(r"(?:^|[\s,(])an?\s{1,3}\Z", re.I)
"""Before "Delaware Corporation" in ", a Delaware Corporation": what a party is, not who."""
PAPER: Final = re.compile(r"\s{1,3}(?:Agreement|AGREEMENT|Indenture|INDENTURE)s?\b")
"""After a name that is part of a paper's: "Restated Trust" of "Restated Trust Agreement"."""
FORMER: Final = re.compile(
    r"(?:\bformerly|\b(?:formerly|now|previously|also)\s{1,3}known\s{1,3}as|\bto\s{1,3}be\s{1,3}(?:re)?named(?:\s{1,3}as)?|"
    r"\bf/k/a|\bd/b/a|\bdba|\ba/k/a|\bsuccessor\s{1,3}(?:in\s{1,3}interest\s{1,3})?to)"
    r",?\s{1,3}(?:the\s{1,3})?\Z",
    re.I,
)
"""Before another name of a party, or its forerunner's."""
STOPS: Final = re.compile(r"\s{0,3}(?:[.;:]|\n|,?\s{0,3}and\b|,?\s{0,3}AND\b|\Z|\))")
OFFICE_OF: Final = re.compile(
    r"(?:(?:the\s{1,3})?(?:(?:Executive|Senior|Vice|Chief|Board|President|Chairman|Officer|Directors?|Executive|Operating|Financial|"
    r"Secretary|Chairperson|Member|Manager|Treasurer|General|Counsel)\s{1,3}(?:(?:and|of)\s{1,3}(?=[A-Z]))?){1,10})(?:of|for|at)\s{1,3}(?:the\s{1,3})?",
)
"""Before a body's name that the name's first word seems to be: "Board of Directors of Acme, Inc."."""
NO_NAME: Final = re.compile(
    r"(?:the\s+)?(?:part(?:y|ies)|agreement|company|companies|state|united states(?: of america)?|u\.s\.a?\.?|exhibit|section|"
    r"article|schedule|whereas|witnesseth|"
    r"effective date|recitals?|between|and|among|date|page|confidential(?: treatment)?(?: requested)?|source|execution (?:copy|"
    r"version)|amendment|address|notices?|"
    r"board(?: of directors)?|(?:securities )?(?:and )?exchange commission|commission|sec|congress|none|n/a|attention|"
    r"subsidiar(?:y|ies)|affiliates?|representatives|undersigned|"
    r"background|ladies|gentlemen|ladies and gentlemen|dear .{0,40}|re|very truly yours|sincerely|transaction|evaluation "
    r"material|confidential information|"
    r".{0,60}\bagreement|(?:state|city|county|commonwealth|province) of .{0,30}|.{0,40}\b(?:street|avenue|road|suite|floor|"
    r"boulevard|drive)\b.{0,20}|x{2,}|(?:[a-z]\.\s?){2,3}|"
    r"(?:first|second|third|other|receiving|disclosing|indemnified|undersigned) part(?:y|ies)|.{0,30}\b(?:officer|president|"
    r"director|chairman|counsel|manager|secretary)s?|\d[\d\s.,/-]*)[.,]?",
    re.I,
)
REPRESENTED: Final = re.compile(r"\s{0,4}(?:By|BY)\s{0,2}:")
"""A line of the chain through which a fund signs: "By: Acme GP LLC, its General Partner", under the party's own name."""
REPRESENTATIVE: Final = re.compile(r"\b(?:By|BY)\s{0,2}:?\s{1,3}(?:the\s{1,3})?\Z")
CAPACITY: Final = re.compile(
    r"\s{0,3},?\s{1,3}(?:as\s{1,3})?(?:its|the)\s{1,3}(?:sole\s{1,3})?(?:general\s{1,3}(?:partner|manager)|(?:managing\s{1,3})?member|manager|agent|"
    r"(?:co-?|investment\s{1,3})?(?:trustee|advis[eo]r|manager)|attorney)\b",
    re.I,
)
LABELLED: Final = re.compile(
    r"(?:^|(?<=\s))(?:The\s)?(?:Party\s[A-D1-4]|(?:Contract(?:ing)?\s)?Part(?:y|ies)|Licens(?:or|ee)|Buyer|Seller|"
    r"Purchaser|Supplier|Customer|Client|Vendor|Lessor|"
    r"Lessee|Landlord|Tenant|Lender|Borrower|Company|Consultant|Contractor|Distributor|Employer|Employee|Franchis(?:or|ee)|"
    r"Shipper|Carrier|Covenanter)"
    r"(?:\s?\([^()\n]{1,30}\)|/[\w-]{3,12})?\s{0,2}:\s{0,4}",
    re.I,
)
FIRST_PERSON: Final = re.compile(
    r"\b(?:I|you)\s{1,3}(?:hereby\s{1,3}|also\s{1,3}|further\s{1,3})?(?:agree|acknowledge|understand)\b|"
    r"\bmy\s{1,3}(?:employment|service)\b",
    re.I,
)
EMPLOYS: Final = re.compile(r"\"(?:Employee|Executive|Associate|Participant|Grantee|Optionee)\"|\bmy\s{1,3}relationship\b")
_EMPLOYMENTS = "EMPLOYEE|EXECUTIVE|CONSULTANT|PARTICIPANT|ASSOCIATE|INDIVIDUAL(?:LY)?|GRANTEE"
OWN_NAME: Final = re.compile(rf"\b(?:{_EMPLOYMENTS}|(?:SECOND|FIRST) PARTY|AGREED|ACCEPTED|ACKNOWLEDGED|DIRECTOR|RECIPIENT)\b", re.I)
EMPLOYED: Final = re.compile(rf"\b(?:{_EMPLOYMENTS}|SECOND PARTY)\b(?!\s{{1,3}}VICE)", re.I)
INDIVIDUAL_NEXT: Final = re.compile(
    r",?\s{0,3}(?:an\s{1,3}individual|\(\s{0,2}(?:[^()\"]{0,50}\")?(?:the\s{1,3}|you,?\s{1,3}|\")*"
    r"(?:Employee|Executive|Consultant|Participant|Associate|Optionee|Grantee|Individual|Officer|Shareholder|Stockholder)\b)",
    re.I,
)
"""After a person's name: defined as one who has an employment, not as the agent of a company."""
OFFICIAL: Final = re.compile(
    r"[\s,]{0,4}(?:(?:Its\s)?(?:President|Chief|CEO|CFO|Director|Vice|VP|SVP|EVP|Chairman|Manager|Managing|Officer|General|"
    r"Secretary|Treasurer|Title|Executive\s(?:Vice|Director)|Senior|Authorized)\b)",
    re.I,
)
WITNESSES: Final = (
    r"\b(?:WITNESS(?:ES|ED)?|Witness(?:es|ed)?|ATTEST(?:ED)?|Attest(?:ed)?)\b(?!\s{1,3}(?:WHEREOF|whereof|HEREOF|my|MY|to\b))"
    r"(?:\s{1,3}(?:BY|[Bb]y))?[^\n\w]{0,8}"
)
"""Before the signature or the column of those who sign as witnesses."""
POSTAL: Final = re.compile(r"\d{4,}\Z|\b[A-Z]{1,2}\d{1,2}[A-Z]?\s?\d[A-Z]{2}\b|\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b|\A\d{1,5}\s[A-Z]")
STATE_NEXT: Final = re.compile(r",?\s{1,3}(?:[A-Z]{2}\.?,?\s{1,3}\d{5}|[A-Z][a-z]+(?:\s[A-Z][a-z]+)?,?\s{1,3}\d{5}|[A-Z]{2},)")
EARLY: Final = 5000
