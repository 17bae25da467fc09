"""Who appears in a sample contract: companies, people and places. Every company and person is invented."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from whereas_local.samples.truth import TrueParty, TruePerson, TruePlace

_STEMS = (
    "Norvane", "Calderwick", "Thistledon", "Quillmark", "Velstrand", "Marrowby", "Dunholt", "Ferrowick", "Ternbridge", "Wexcombe",
    "Larkspan", "Orrinvale", "Stavemoor", "Gildenhall", "Kestrowe", "Pellmoor", "Harrowgale", "Brindlecote", "Osterlyn", "Yarrowmead",
)  # fmt: skip
_TRADES = (
    "Systems",
    "Logistics",
    "Instruments",
    "Castings",
    "Analytics",
    "Properties",
    "Foods",
    "Process Engineering",
    "& Daughters",
    "Works",
)
_FIRST = ("Maren", "Tobias", "Ines", "Callum", "Priya", "Odile", "Rufus", "Saskia", "Emeka", "Yuki", "Leonor", "Anselm", "Freya", "Dmitri")
_LAST = (
    "Halvorsen-Pike", "Abernethy", "Kowalczyk", "Ostrander", "Mbeki-Lowe", "Fairweather", "Lindqvist", "Tanabe", "O'Rourke", "Vandermeer",
    "Castellanos", "Whitlock", "Iyer", "Brandvold",
)  # fmt: skip
_POSTS = (
    "Chief Executive Officer",
    "Managing Director",
    "Vice President, Procurement",
    "General Counsel",
    "President",
    "Chief Operating Officer",
)
_STREETS = (
    "Foundry Lane",
    "Tollgate Road",
    "Quarry Street",
    "Millrace Avenue",
    "Harbour View",
    "Larch Way",
    "Copperfield Square",
    "Old Ropewalk",
)


@dataclass(frozen=True, slots=True)
class Place:
    """A town with what a contract says of it: how companies there are described, addressed, called and paid."""

    city: str
    after_city: str
    country: str
    company: str
    forms: tuple[str, ...]
    phone: str
    currency: str
    american: bool

    def address(self, rng: Random) -> str:
        """Return a street address on one line."""
        number, street = rng.randint(3, 980), rng.choice(_STREETS)
        if self.american:
            return f"{number} {street}, Suite {rng.randint(100, 990)}, {self.city}, {self.after_city}"
        return f"{rng.randint(1, 120)} {street}, {self.city} {self.after_city}, {self.country}"


@dataclass(frozen=True, slots=True)
class Law:
    """A governing law as it is phrased, its name and code, and the seat of courts that lies elsewhere where that is usual."""

    phrase: str
    place: TruePlace
    courts: str


AMERICAN = (
    Place(
        "Portland", "Oregon 97209", "United States", "an Oregon corporation", ("Inc.", "Corporation"), "+1 (503) 555-01{:02d}", "USD", True
    ),
    Place("Columbus", "Ohio 43215", "United States", "an Ohio limited liability company", ("LLC",), "+1 (614) 555-01{:02d}", "USD", True),
    Place(
        "Wilmington", "Delaware 19801", "United States", "a Delaware corporation", ("Inc.", "Corp."), "+1 (302) 555-01{:02d}", "USD", True
    ),
    Place("Austin", "Texas 78701", "United States", "a Texas limited partnership", ("L.P.",), "+1 (512) 555-01{:02d}", "USD", True),
)
EUROPEAN = (
    Place("Leeds", "LS1 4DY", "England", "a private limited company registered in England and Wales", ("Limited", "Ltd"),
          "+44 113 496 0{:03d}", "GBP", False),
    Place("Rotterdam", "3011 AA", "the Netherlands", "a private company with limited liability under Dutch law", ("B.V.",),
          "+31 10 555 01{:02d}", "EUR", False),
    Place("Augsburg", "86150", "Germany", "a limited liability company organised under the laws of Germany", ("GmbH",),
          "+49 821 555 01{:02d}", "EUR", False),
    Place("Cork", "T12 X8N6", "Ireland", "a company incorporated in Ireland", ("Limited",), "+353 21 555 01{:02d}", "EUR", False),
)  # fmt: skip
LAWS = {
    True: (
        Law("laws of the State of New York", TruePlace("New York", "US-NY"), "Philadelphia, Pennsylvania"),
        Law("internal laws of the State of Delaware", TruePlace("Delaware", "US-DE"), "Boston, Massachusetts"),
        Law("laws of the Commonwealth of Massachusetts", TruePlace("Massachusetts", "US-MA"), "Suffolk County"),
        Law("laws of the State of Oregon", TruePlace("Oregon", "US-OR"), "Multnomah County"),
    ),
    False: (
        Law("laws of England and Wales", TruePlace("England and Wales", "GB-EAW"), "London"),
        Law("laws of Switzerland", TruePlace("Switzerland", "CH"), "Zurich"),
        Law("laws of the Federal Republic of Germany", TruePlace("Germany", "DE"), "Munich"),
        Law("laws of Ireland", TruePlace("Ireland", "IE"), "Dublin"),
    ),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """A party with what the clauses need to speak of it. ``reference`` is "the Supplier" or "Norvane"."""

    truth: TrueParty
    place: Place
    introduction: str
    reference: str
    short: str
    email: str
    phone: str


class Cast:
    """Draws names from a seed without drawing one twice."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._stems = rng.sample(_STEMS, len(_STEMS))
        self._first = rng.sample(_FIRST, len(_FIRST))
        self._last = rng.sample(_LAST, len(_LAST))

    def company_name(self, place: Place) -> tuple[str, str]:
        """Return a company's full name and the short name made of it."""
        stem = self._stems.pop()
        form = self._rng.choice(place.forms)
        comma = "," if form in {"Inc.", "LLC", "L.P."} else ""
        return f"{stem} {self._rng.choice(_TRADES)}{comma} {form}", stem

    def person_name(self) -> str:
        """Return a person's name, sometimes with a middle initial."""
        middle = self._rng.choice(("", "", " J.", " R."))
        return f"{self._first.pop()}{middle} {self._last.pop()}"

    def company(self, place: Place, role: tuple[str, str] | None) -> Actor:
        """Return a company; ``role`` is (defined term, role), or None where the short name stands for it."""
        name, short = self.company_name(place)
        address = place.address(self._rng)
        signatory = TruePerson(self.person_name(), self._rng.choice(_POSTS))
        aliases: tuple[str, ...] = (role[0],) if role else (short,)
        if role and self._rng.random() < 0.4:
            aliases = (short, role[0])
        seat = self._rng.choice(("with its principal place of business at", "having its registered office at", "whose address is"))
        defined = " or the ".join(f"“**{alias}**”" for alias in aliases)
        introduction = f"**{name}**, {place.company} {seat} {address} ({'the ' if role and len(aliases) == 1 else ''}{defined})"
        truth = TrueParty(name, "organization", (role[1],) if role else (), aliases, address, signatory)
        user = signatory.name.split()[0].lower()
        return Actor(
            truth, place, introduction, f"the {role[0]}" if role else short, short, f"{user}@{short.lower()}.example", self._phone(place)
        )

    def individual(self, place: Place, role: tuple[str, str]) -> Actor:
        """Return a person who is a party in their own name."""
        name = self.person_name()
        address = place.address(self._rng)
        truth = TrueParty(name, "person", (role[1],), (role[0],), address, TruePerson(name, role[0]))
        introduction = f"**{name}**, an individual residing at {address} (the “**{role[0]}**”)"
        user = name.lower().replace("'", "").split()[-1]
        return Actor(truth, place, introduction, f"the {role[0]}", name.split()[-1], f"{user}@post.example", self._phone(place))

    def _phone(self, place: Place) -> str:
        return place.phone.format(self._rng.randint(10, 99))
