#!/usr/bin/env python3
"""Makes the tables beside it from Debian's unicode-data (15.0.0).

    apt-get install unicode-data
    python3 src/check/language/tables/recipe.py

standard.txt: the 8,105 characters of 通用规范汉字表 (2013), Unihan kTGH.
ordinary.txt: a radical or compatibility ideograph, then the ordinary character:
    EquivalentUnifiedIdeograph.txt for U+2E80–2FD5, canonical decompositions of
    UnicodeData.txt for U+F900–FAFF and U+2F800–2FA1F. The twelve of
    U+FA0E–FA29 that are ordinary characters have no decomposition.
variants.txt: a traditional or variant character, then the standard one that is
    meant, where Unihan_Variants knows just one (kSimplifiedVariant, else
    kSemanticVariant and kZVariant).
"""

import bz2
import os

HERE = os.path.dirname(os.path.abspath(__file__))
UNICODE = "/usr/share/unicode/"


def write(name, items, per_line):
    lines = ["".join(items[i : i + per_line]) for i in range(0, len(items), per_line)]
    with open(os.path.join(HERE, name), "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def standard():
    with bz2.open(UNICODE + "Unihan_OtherMappings.txt.bz2", "rt") as unihan:
        return sorted(chr(int(line.split()[0][2:], 16)) for line in unihan if "\tkTGH\t" in line)


def variants(standard):
    """Of each character outside the standard the only standard one that it varies."""
    found = {}
    with bz2.open(UNICODE + "Unihan_Variants.txt.bz2", "rt") as unihan:
        for line in unihan:
            fields = line.split()
            if len(fields) < 3 or not fields[0].startswith("U+"):
                continue
            rank = {"kSimplifiedVariant": 0, "kSemanticVariant": 1, "kZVariant": 2}.get(fields[1])
            c = chr(int(fields[0][2:], 16))
            if rank is None or c in standard:
                continue
            others = {chr(int(other.split("<")[0][2:], 16)) for other in fields[2:]} & standard
            if len(others) == 1:
                found.setdefault(c, {}).setdefault(rank, others.pop())
    return [c + ranks[min(ranks)] for c, ranks in sorted(found.items())]


def ordinary():
    pairs = {}
    with open(UNICODE + "EquivalentUnifiedIdeograph.txt") as file:
        for line in file:
            fields = line.split("#")[0].split(";")
            if len(fields) == 2:
                first, _, last = fields[0].strip().partition("..")
                for point in range(int(first, 16), int(last or first, 16) + 1):
                    if 0x2E80 <= point <= 0x2FD5:
                        pairs[point] = int(fields[1], 16)
    with open(UNICODE + "UnicodeData.txt") as file:
        for line in file:
            fields = line.split(";")
            point = int(fields[0], 16)
            if (0xF900 <= point <= 0xFAFF or 0x2F800 <= point <= 0x2FA1F) and fields[5]:
                pairs[point] = int(fields[5], 16)
    return [chr(a) + chr(b) for a, b in sorted(pairs.items())]


write("standard.txt", standard(), 60)
write("ordinary.txt", ordinary(), 30)
write("variants.txt", variants(set(standard())), 30)
