"""The forms of an address's parts: street lines, boxes, units, postcodes, states, countries, and the cues before an address.

Patterns alone; ``addresses.py`` reads an address with them. Every repetition is bounded.
"""

from __future__ import annotations

import re

STREET = (
    r"(?i:Street|St\.?|Avenue|Ave\.?|Road|Rd\.?|Boulevard|Blvd\.?|Drive|Dr\.?|Lane|Ln\.?|Way|Court|Ct\.?|Place|Pl\.?|Parkway|Pkwy\.?|"
    r"Highway|Hwy\.?|Freeway|Expressway|Expy\.?|Square|Sq\.?|Plaza|Circle|Cir\.?|Terrace|Trail|Row|Walk|Gate|Hill|Quay|Wharf|Close|"
    r"Gardens|Green|Mews|Embankment|Turnpike|Tpke\.?|Pike|Loop|Broadway|Crescent|Center|Centre|Park|Route|Alley|Bypass|Ridge|View|"
    r"Commons|Crossing|Point|Run)"
)
COMPASS = r"(?:North(?:east|west)?|South(?:east|west)?|East|West|[NS]\.?[EW]\.?|[NSEW]\.?)"
WORD = (
    r"(?:(?!(?:Inc|LLC|LLP|Ltd|Limited|Company|Corp|Corporation|The|Co|Attn|Attention)\b)[A-Z][\w.'-]{0,20}|"
    r"\d{1,3}(?:(?:st|nd|rd|th|t\s?h)\b|(?=\s{1,2}(?:St|Ave|Th|Street|Avenue)\b)))"
)
NUMBER = (
    r"(?:[l\d]\d{0,5}(?:[NSEW]\.(?=\s)|[A-Z]|-[A-Z\d]\d{0,4}|[/\\]\d{1,4})?|(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve|"
    r"Thirteen|Fourteen|Fifteen|Twenty|Thirty|Forty|Fifty|Sixty|Seventy|Eighty|Ninety)(?:[\s-](?:One|Two|Three|Five|Hundred))?)"
)
GAP = r"(?:,?\s{1,3})"
STREET_LINE = (
    rf"{NUMBER}{GAP}(?:{COMPASS}\s{{1,2}})?(?:(?:Avenue|Boulevard|Plaza)\s{{1,2}}(?:of|de)\s{{1,2}}(?:the\s{{1,2}})?{WORD}|"
    rf"(?:{WORD}\s{{1,2}}){{0,3}}?(?:Highway|Hwy\.?|Route|Interstate)\s{{1,2}}\d{{1,4}}(?![\w-])|"
    rf"(?:Rue|rue|Avenue|avenue|Via|via|Calle|Boulevard|boulevard|Quai|quai|Place|place|Route|route|Rua|Piazza|Viale|"
    rf"[Aa]ll[ée]e|[Cc]hemin|[Cc]ours|[Ii]mpasse)\s{{1,2}}"
    rf"(?:(?:de|du|des|la|le|di|della|del)\s{{1,2}}){{0,2}}{WORD}(?:\s{{1,2}}{WORD}){{0,2}}?(?=[,\s])|"
    rf"(?:{WORD}\s{{1,3}}(?:(?:of|de|la|el|del|and|&)\s{{1,3}}){{0,2}}){{1,5}}?{STREET}(?![\w])|Broadway\b)"
    rf"(?:,?\s{{1,2}}{COMPASS}(?![\w']))?"
)
BOX = r"(?:P\.?\s?[O0]\.?\s{0,2}B(?:ox|OX)|POB)\.?\s{0,3}\#?\d{1,7}"
ANCHOR = re.compile(
    rf"(?<![\w$,/-])(?<!\d\.)(?:(?={NUMBER}[,\s]){STREET_LINE}|(?=P\.?\s?[O0]){BOX}|(?:{WORD}\s)?(?:[A-ZÄÖÜ][\w.-]{{2,30}}(?:stra(?:ss|ß)e|[Ss]tr\.|straat|weg|gasse|laan|plein)|Stra(?:ss|ß)e)"
    rf"\s{{1,2}}\d{{1,4}}[a-z]?(?!\w)|(?:Via|Viale|Piazza|Calle|Rue|Avenida|Av\.|Rua|Paseo|Carrera|Jalan|Jl\.)\s"
    rf"(?:(?:de|del|di|da|la)\s){{0,2}}(?:{WORD}\s{{1,2}}(?:(?:de|da|do|dos|del)\s)?){{0,3}}?{WORD},?\s{{1,2}}(?:[Nn]\.?[o°º]?\.?\s?)?\d{{1,5}}(?!\w))"
)
# What a street line or box begins with, but for digits and the "l" that OCR makes of 1; what ends the name of a German or Dutch street.
ANCHOR_STEMS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fifteen", "twenty",
    "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "p", "po", "p0", "pob", "p0b", "via", "piazza", "calle", "rue",
    "avenida", "av", "rua", "paseo", "carrera", "jalan", "jl",
)  # fmt: skip
ELL = re.compile(r"l(?<!\w.)(?![a-z])")
STREET_ENDS = ("strasse", "straße", "str.", "straat", "weg", "gasse", "laan", "plein")
REGION = re.compile(
    rf"{WORD}(?:\s{{1,2}}{WORD})?\s{{1,2}}(?:District|Prefecture|Province|County|Municipality|Township|Town|City)(?=[,.;()\s]|\Z)"
)
BESIDE = re.compile(
    r"(?<=\d)\s{1,2}(?!(?:Att|Tel|Fax|Phone|FAX|TEL|ATT|E-?[Mm]ail))"
    r"(?:[A-ZÀ-Ý][^\W\d_]{1,20}[ -]){0,2}[A-ZÀ-Ý][^\W\d_]{1,20}(?=\n|\Z|[,.;)]|\s\()"
)
CUE = re.compile(
    r"\b(?:(?:[Ll]ocated|[Ss]ituated|[Oo]ffices?|business|headquarter(?:s|ed)|address(?:es)?|seat|residing|resident|domiciled)\s{1,3}"
    r"(?:(?:is|are|being|located|situated|which\s{1,3}is)\s{1,3}){0,2}(?:(?:at|of|in|is)\s{0,2}:?\s{0,3}(?:the\s{1,3})?|(?=\d))|"
    r"[Aa]ddress\s{0,40}:\s{0,40}|\br/o\.?\s{1,3})(?=[A-Z\d#])"
)
CUE_STEMS = ("located", "situated", "office", "business", "headquarter", "address", "seat", "resid", "domiciled", "r")
UNIT = re.compile(
    r"(?:(?:Suite|SUITE|suite|Ste|STE|Floor|Fl|Unit|Units|Room|Rm|Building|Bldg|Apt|Apartment|Tower|Block|Level|Flat|Bay|Office|Lot|Plot|Survey|Door|Shop|Wing|Sector|"
    r"Phase|Mail\s{1,2}(?:Stop|Code)|MS|M/S)\b\.?\s{0,2}(?:Nos?\.?\s?)?\#?\s?(?=[\w-]{0,8}\d|[A-Z]\b)[\w/&-]{1,12}(?:\s\d{1,4}\b)?|\#\s?\d[\w-]{0,8}|"
    r"\d{1,3}(?:st|nd|rd|th|t\s?h)?/?\s{0,2}(?:Floor|floor|Fl\.|FL\b|F\b)|(?:Ground|First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|"
    r"Ninth|Tenth|Top)\s{1,2}[Ff]loor|\d{1,3}(?:[A-Z]|f)\b|K[Mm]\.?\s?\d{1,3}(?:[.,]\d)?\b)"
)
POSTCODE = re.compile(
    r"(?:(?:Zip|ZIP|Postal|Post)\s{0,2}(?:[Cc]ode)?:?\s{0,2}|C[Ee][Pp]:?\s{1,2}|P\.?C\.?:?\s{1,2})?"
    r"(?:\d{5}\s?[\u00ad-]\s?\d{4}|\d{5}-\d{3}|[A-Z]{2}\d{5}|[A-Z]\d[A-Z]\s{0,2}\d[A-Z][\dIlP][l\dI]?|[A-Z]{1,2}\d[A-Z\d]?\s{1,2}\d[A-Z]{2}|\d{4}\s[A-Z]{2}(?=[\s,])|"
    r"(?:CH|DK|FI|NL|SE|NO|[DLAFBIS])\s?-\s?\d{4,5}|KY\d-\d{4}|\d{3}-\d{4}|\d{3}\s\d{3}|\d{4,7}|[A-Z]{2}\d{2})(?![\w])"
)
STATE = re.compile(
    r"(?:A[KLRZ]|C[AOT]|D[CE]|FL|Fla\.|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|Mass\.|N[CDEHJMVY]|O[HKR]|PA|PR|RI|S[CD]|T[NX]|UT|V[AIT]|"
    r"W[AIVY]|ON|BC|AB|QC|MB|SK|NS|NB|NSW|VIC|QLD|N\.Y\.|N\.J\.|D\.C\.|Ont\.|Alta\.|Calif\.|Cal\.|Tex\.)(?![\w&])"
)
COUNTRY = re.compile(
    r"(?:the\s{1,3})?(?:U\.S\.A\.?|U\.S\.|USA|US|UK|U\.K\.|PRC|P\.R\.C\.|P\.?\s?R\.?\s?China|England|Federal\s{1,2}Republic\s{1,2}of\s{1,2}"
    r"Germany)(?![\w])"
)
TOWN = re.compile(
    r"(?!(?:Attention|ATTENTION|Attn|ATTN|Att|Tel(?!\s{1,3}Aviv)|Telephone|TELEPHONE|Phone|Fax|FAX|Facsimile|Email|E-?[Mm]ail|EMAIL|With|WITH|Copy|Copies|"
    r"If|IF|Re|RE|Name|NAME|Title|TITLE|By|BY|The|THE|This|And|AND|Contact|Telecopy|Telecopier|Date|Source|Legal|Account|Page|Party|"
    r"Section|Article|Web|Website|To|WHEREAS|Whereas|Inc|LLC|Ltd|Corporation|Company|Mr|Ms|Dr|c/o|Mobile(?!,)|Exhibit|Registered|President|"
    r"Chief|General)\b)[A-ZÀ-Ý](?:[^\W\d_]|[.'-]){1,25}(?:\s(?:of|de|del|la|upon|on|am|an|der)(?=\s[A-Z]))?|No\.?\s?\d{1,5}|(?:of|de|la)\s(?=[A-Z])"
)
MORE = re.compile(rf"(?:{STREET_LINE}|{BOX})")
HOUSE = re.compile(r"\d{1,4}(?:-\d{1,4})?[a-zA-Z]?(?=,|\s{1,3}\d{4}\s?[A-Z]{2}\b)")
LINE = re.compile(rf"\d{{1,5}}\s(?:{WORD}\s){{0,2}}{WORD}(?=,\s)")
SEPARATOR = re.compile(r"(?:[,;]|\.(?=\s{1,2}\d{5}(?:[\s.,-]|\Z)))?(?:\s{1,90}(?![\s])|(?<=,)(?=\w))(?:-\s)?")
BEFORE = re.compile(
    rf"(?<![\w$])(?:(?:{UNIT.pattern}|No\.\s?\d{{1,5}}|(?:{WORD}\s{{1,2}}){{0,2}}{WORD}\s{{1,2}}(?:House|Building|Tower|Mansion|Court|"
    rf"Cent(?:er|re)|Plaza|Estate|Park)(?:\s{{1,2}}[A-Z\d]{{1,3}}\b)?)(?:,\s{{0,60}}|\s{{1,60}}(?:-\s{{1,2}})?)){{1,4}}\Z"
)
NUMBERED = re.compile(rf"(?<![\w$.,/-])(?:{NUMBER}|{UNIT.pattern}),?(?=\s{{1,3}}[A-Z])")
CLOSE = re.compile(r"(?<=[\s,])(?:\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}|[A-Z]\d[A-Z]\s?\d[A-Z]\d)(?![\w,-])")
STREET_WORD = re.compile(rf"\s{STREET}(?!\w)")
INSIDE = re.compile(
    r"(?=[^,]{0,40}\d|(?:[^,]{1,40},\s{1,3}){0,2}[^,]{0,40}\b(?:Building|Bldg|House|Tower|Square|University|Cent(?:er|re)|Plaza|Campus)\b)"
    r"(?:(?!(?:Inc|LLC|LLP|Ltd|Limited|Company|Corp|Corporation|Attn|Attention)\b)(?:[A-Z\d#][\w.'/-]{0,20}|of|the|and|&),?\s{1,2}){0,9}"
    r"(?:[A-Z\d#][\w.'-]{0,20}(?:,\s{1,3}|/\s{0,2})|Section\s{1,2}|Nos?\.\s{0,2})\Z"
)
UNIT_WORD = re.compile(r"(?<!\w)(?:Suite|Ste\.|Unit|Room|Apt\.?|Nos?\.|\#)\s{0,2}\Z")
CUE_START = re.compile(r"(?:\d{1,5}(?:[\\/-]\d{1,4}|-?[A-Z])?|[A-Z]-\d{1,4}),?\s{1,3}(?=[A-Z])")
UNNAMED = re.compile(r"(?:\d{1,3}(?:st|nd|rd|th)?\s|\d{4}\s)")
AFTER_TOWN = re.compile(
    r"\s{0,2}(?:[.;()\n\"]|,\s{1,3}(?:\(|and\b|a\b|an\b|or\b|\"|[a-z])|\Z|(?:Attention|Attn|Tel|Fax|Phone)\b|and\s{1,3}(?:its|his|her)\b)"
)
