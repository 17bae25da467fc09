"""Pairs of names with the truth whether they mean one body: invented names changed by seeded operations, and pairs written by hand.

    .venv/bin/python tests/unit/resolution/name_pairs.py

writes ``data/name_pairs.csv`` anew. A base name and all that is made of it lie in one half: ``tune``, on which thresholds and words were
chosen, or ``held``, which is only measured.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path

PAIRS = Path(__file__).parent / "data/name_pairs.csv"
BY_HAND = Path(__file__).parent / "data/name_pairs_by_hand.csv"
SEED = 20_260_101


@dataclass(frozen=True)
class Pair:
    left: str
    right: str
    same: bool
    family: str
    half: str


BASES = (
    "Quorvex Data Systems, Inc.",
    "Brenlow Packaging, LLC",
    "Tarnwick Marine Services Ltd",
    "Ostrava Glass Works GmbH",
    "Hollin & Pryce Engineering Limited",
    "Zymetra Therapeutics, Inc.",
    "Veldkamp Logistics B.V.",
    "Solmark Energy Corporation",
    "Larkspur Foods Company",
    "Corvane Medical Technologies, Inc.",
    "Nordhavn Shipping A/S",
    "Pellworth Dairy Products, Inc.",
    "Maribel Textile Manufacturing Co., Ltd.",
    "Drumlin Ridge Capital Partners, L.P.",
    "Ashgrove National Bank, N.A.",
    "Thistledown Insurance Company",
    "Kestrel Avionics Corp.",
    "Bluefern Hospitality Group, Inc.",
    "Ironquill Publishing LLC",
    "Vantrell Semiconductor, Inc.",
    "Ottermere Water Utilities Limited",
    "Farrowgate Property Management LLC",
    "Sandpiper International Freight, Inc.",
    "Eldridge Falls Brewing Company, LLC",
    "Novatrix Communications Holdings, Inc.",
    "Güntherwerk Maschinenbau GmbH",
    "Société Belcourt S.A.",
    "Ångfors Papper AB",
    "Peñaluz Energía, S.L.",
    "Kowalczyk Meble Sp. z o.o.",
    "Wexcombe Pharmaceuticals plc",
    "Ruthven Security Solutions, Inc.",
    "Calderbrook Investment Fund II, L.P.",
    "Marlstone Trust Company",
    "Glenavon University",
    "Triskelion Software Development, Inc.",
    "Juniper Hollow Farms LLC",
    "Oakhurst Steel & Wire Corporation",
    "Bexley Radiology Associates, P.C.",
    "Lindqvist Timber Oy",
    "Yarrowfield Seeds, Inc.",
    "Quillon Consulting Group LLP",
    "Harrowdene Rail Services Limited",
    "Mistral Bay Resorts, Inc.",
    "Pendrake Optical Networks, Inc.",
    "Severnside Chemical Industries Ltd.",
    "Tolland Brothers Construction, Inc.",
    "Umberleigh Electronics Pte. Ltd.",
    "Whitlock Aerospace Components, Inc.",
    "Xantor Biosciences, Inc.",
    "Fenmoor Advertising, LLC",
    "Galloway Crest Media, Inc.",
    "Inverlael Distillers Limited",
    "Brightwater Digital Marketing, Inc.",
    "Cobblestone Learning Centers, Inc.",
    "Draycott Financial Advisors, LLC",
    "Evanthia Cosmetics S.p.A.",
    "Fjellvik Seafood AS",
    "Orsini Restaurants S.r.l.",
    "Tsukimori Denki K.K.",
)
FORMS = {
    "Inc.": ("Incorporated", "INC", "Inc"),
    "LLC": ("L.L.C.", "Limited Liability Company", "L. L. C."),
    "Ltd": ("Limited", "LTD."),
    "Ltd.": ("Limited", "LTD"),
    "Limited": ("Ltd.", "LTD", "Ltd"),
    "Corporation": ("Corp.", "CORP"),
    "Corp.": ("Corporation", "CORP"),
    "L.P.": ("LP", "Limited Partnership"),
    "Company": ("Co.", "CO"),
    "B.V.": ("BV", "B. V."),
    "N.A.": ("NA", "National Association"),
    "plc": ("PLC", "P.L.C."),
    "S.A.": ("SA", "S. A."),
    "GmbH": ("GMBH", "G.m.b.H."),
    "S.p.A.": ("SpA", "S.P.A."),
    "S.r.l.": ("SRL", "Srl"),
    "A/S": ("AS", "A.S."),
    "K.K.": ("KK", "Kabushiki Kaisha"),
    "S.L.": ("SL", "S. L."),
    "P.C.": ("PC", "P. C."),
    "LLP": ("L.L.P.", "Limited Liability Partnership"),
}
SHORT = {
    "International": "Int'l",
    "Manufacturing": "Mfg.",
    "Services": "Svcs.",
    "Management": "Mgmt.",
    "Technologies": "Tech",
    "Group": "Grp.",
    "Pharmaceuticals": "Pharma",
    "National": "Nat'l",
    "Engineering": "Eng.",
    "Industries": "Ind.",
    "Communications": "Comm",
    "Brothers": "Bros.",
    "Systems": "Sys.",
    "Development": "Dev.",
    "Associates": "Assoc.",
    "Construction": "Constr.",
    "Laboratories": "Labs",
}
ASCII = str.maketrans("üéÅåñí", "ueAani")
CONFUSED = (("o", "0"), ("l", "1"), ("m", "rn"), ("rn", "m"), ("w", "vv"), ("s", "5"), ("O", "0"), ("d", "cl"))


def another_form(name: str, dice: random.Random) -> str | None:
    last = name.rsplit(" ", 1)
    return f"{last[0]} {dice.choice(FORMS[last[1]])}" if last[1] in FORMS else None


def without_form(name: str, _: random.Random) -> str | None:
    stem, last = name.rsplit(" ", 1)
    able = last in FORMS and last != "Company" and "Trust" not in stem and len(stem.split()) > 1
    return stem.rstrip(",") if able else None


def in_capitals(name: str, _: random.Random) -> str:
    return name.upper()


def with_article(name: str, _: random.Random) -> str:
    return f"The {name}"


def ampersand(name: str, _: random.Random) -> str | None:
    return name.replace("&", "and") if "&" in name else None


def plain_letters(name: str, _: random.Random) -> str | None:
    plain = name.translate(ASCII)
    return plain if plain != name else None


def as_umlaut(name: str, _: random.Random) -> str | None:
    return name.replace("ü", "ue") if "ü" in name else None


def abbreviated(name: str, _: random.Random) -> str | None:
    for long, short in SHORT.items():
        if long in name:
            return name.replace(long, short)
    return None


def misprint(name: str, dice: random.Random) -> str | None:
    word = name.split()[0]
    if len(word) < 6 or not word.isalpha():
        return None
    at = dice.randrange(2, len(word) - 1)
    other = dice.choice("aeiourstln")
    left_out, swapped = word[:at] + word[at + 1 :], word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    replaced, doubled = word[:at] + other + word[at + 1 :], word[: at + 1] + word[at:]
    made = dice.choice((left_out, swapped, replaced, doubled))
    return name.replace(word, made, 1) if made != word else None


def misread(name: str, dice: random.Random) -> str | None:
    stem = name.rsplit(" ", 1)[0]
    able = [(a, b) for a, b in CONFUSED if a in stem[1:]]
    if not able:
        return None
    a, b = dice.choice(able)
    return name[0] + name[1:].replace(a, b, 1)


def joined(name: str, _: random.Random) -> str | None:
    words = name.split()
    return words[0] + words[1].lower() + " " + " ".join(words[2:]) if len(words) > 2 and words[1].rstrip(",").isalpha() else None


def acronym(name: str, _: random.Random) -> str | None:
    words = [word.strip(",") for word in name.split()[:-1] if word[0].isalpha()]
    return "".join(word[0] for word in words).upper() if len(words) >= 3 and name.isascii() else None


def inside(name: str, word: str) -> str | None:
    stem, last = name.rsplit(" ", 1)
    return f"{stem.rstrip(',')} {word} {last}" if last in FORMS and word not in stem else None


def renumbered(name: str, _: random.Random) -> str | None:
    return name.replace(" II,", " III,") if " II," in name else inside(name, "II")


def holdings(name: str, _: random.Random) -> str | None:
    return inside(name, "Holdings")


def trust(name: str, _: random.Random) -> str | None:
    return inside(name, "Trust")


def of_a_place(name: str, dice: random.Random) -> str | None:
    return inside(name, dice.choice(("UK", "(UK)", "USA", "Europe", "Canada", "of Ohio", "(Singapore)")))


def of_another_trade(name: str, dice: random.Random) -> str | None:
    words = name.split()
    trade = dice.choice(("Plumbing", "Dental", "Robotics", "Leasing", "Catering", "Records"))
    return " ".join([words[0], trade, words[-1]]) if len(words) > 2 and words[1].rstrip(",").isalpha() else None


def of_another_name(name: str, dice: random.Random) -> str:
    first = dice.choice(("Amberline", "Corrigan", "Delphine", "Hartsfield", "Montrose", "Pemberton", "Quarrier", "Stanmore"))
    return " ".join([first, *name.split()[1:]])


Operation = Callable[[str, random.Random], str | None]
SAME: tuple[Operation, ...] = (
    another_form, without_form, in_capitals, with_article, ampersand, plain_letters, as_umlaut, abbreviated, misprint, misread, joined,
    acronym,
)  # fmt: skip
APART: tuple[Operation, ...] = (renumbered, holdings, trust, of_a_place, of_another_trade, of_another_name)


def make() -> Iterator[Pair]:
    dice = random.Random(SEED)
    for number, base in enumerate(BASES):
        half = "held" if number % 2 else "tune"
        for same, operations in ((True, SAME), (False, APART)):
            for operation in operations:
                made = operation(base, dice)
                if made and made != base and dice.random() < 0.75:
                    yield Pair(base, made, same, operation.__name__, half)
        # Two slips at once: what a scan of a form in capitals looks like.
        twice = misread(in_capitals(base, dice).replace("INC.", "INC"), dice) if number % 3 == 0 else None
        if twice:
            yield Pair(base, twice, True, "capitals misread", half)
    with BY_HAND.open(newline="", encoding="utf-8") as file:
        for number, row in enumerate(csv.DictReader(file)):
            yield Pair(row["left"], row["right"], row["same"] == "1", "by hand", "held" if number % 2 else "tune")


def read() -> list[Pair]:
    with PAIRS.open(newline="", encoding="utf-8") as file:
        return [Pair(row["left"], row["right"], row["same"] == "1", row["family"], row["half"]) for row in csv.DictReader(file)]


def write() -> None:
    with PAIRS.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(field.name for field in fields(Pair))
        writer.writerows((left, right, int(same), family, half) for left, right, same, family, half in map(astuple, make()))


if __name__ == "__main__":
    write()
