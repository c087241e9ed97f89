#!/usr/bin/env python3
"""Makes the faces in this folder from Debian's font packages.

    apt-get install fonts-noto-cjk fonts-noto-cjk-extra fonts-lxgw-wenkai unicode-data
    pip install fonttools==4.68.0
    python3 fonts/recipe.py

Noto: the Simplified Chinese face is taken out of each collection, cut down to
GBK, all of 通用规范汉字表 (Unihan kTGH) and the punctuation of Chinese and
Latin text, without the shapes of other regions (locl), and named "Noto Serif
SC" / "Noto Sans SC". U+00B7, 0.33 em wide in
the originals, gets the half-width centred dot of U+FF65, as the separator dot
of Chinese names wants (CLREQ 3.1.2). LXGW WenKai is shipped untouched: its
licence reserves the name to unmodified fonts.

The signs of mathematics that GBK lacks, the minus first of all, are faces of
their own of a few kilobytes, "Noto Serif SC Math" and "Noto Sans SC Math".
"""

import bz2
import hashlib
import os
import shutil
import sys

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

HERE = os.path.dirname(os.path.abspath(__file__))
NOTO = "/usr/share/fonts/opentype/noto/"
WENKAI = "/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf"
UNIHAN = "/usr/share/unicode/Unihan_OtherMappings.txt.bz2"
FACES = [
    ("NotoSerifCJK-Regular.ttc", "noto-serif-sc/NotoSerifSC-Regular.otf"),
    ("NotoSerifCJK-SemiBold.ttc", "noto-serif-sc/NotoSerifSC-SemiBold.otf"),
    ("NotoSerifCJK-Black.ttc", "noto-serif-sc/NotoSerifSC-Black.otf"),
    ("NotoSansCJK-Regular.ttc", "noto-sans-sc/NotoSansSC-Regular.otf"),
    ("NotoSansCJK-Medium.ttc", "noto-sans-sc/NotoSansSC-Medium.otf"),
]
# Signs beside those of GBK: superior four, mathematical operators.
MATH = [(0x2074, 0x2074), (0x2200, 0x22FF)]
# Latin with pinyin, general punctuation, number forms, arrows, enclosed
# numbers, CJK symbols, full-width forms. U+2060 is set while laying out.
RANGES = [
    (0x20, 0x7E), (0xA0, 0x17F), (0x1CD, 0x1DC), (0x2010, 0x2027), (0x2030, 0x205E),
    (0x2060, 0x2060), (0x20AC, 0x20AC), (0x2100, 0x214F), (0x2150, 0x218F),
    (0x2190, 0x21FF), (0x2460, 0x24FF), (0x25A0, 0x26FF), (0x2E3A, 0x2E3B),
    (0x3000, 0x303F), (0x3200, 0x33FF), (0xFE10, 0xFE1F), (0xFE30, 0xFE4F),
    (0xFF01, 0xFFEE),
]
FEATURES = ["kern", "mark", "liga", "ccmp", "calt", "halt", "palt", "fwid", "hwid", "pwid", "vert", "vrt2"]


MATH_SIGNS = {c for first, last in MATH for c in range(first, last + 1)}


def math(target):
    return target.replace("SC-", "SCMath-")


def characters():
    wanted = {c for first, last in RANGES for c in range(first, last + 1)}
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            try:
                wanted.add(ord(bytes([lead, trail]).decode("gbk")))
            except UnicodeDecodeError:
                pass
    with bz2.open(UNIHAN, "rt") as unihan:
        wanted |= {int(line.split()[0][2:], 16) for line in unihan if "\tkTGH\t" in line}
    return wanted


def rename(font, family):
    """`family` stands for "CJK SC": "SC" or "SC Math"."""
    def renamed(name):
        return name.replace(" CJK SC", " " + family).replace("CJKsc", family.replace(" ", ""))

    names = font["name"]
    names.names = [n for n in names.names if n.nameID in (0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17)]
    for record in names.names:
        record.string = renamed(str(record)).replace("CJKSC", family.replace(" ", ""))
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames[0] = renamed(cff.fontNames[0])
        top = cff.topDictIndex[0]
        for key in ("FullName", "FamilyName"):
            if hasattr(top, key):
                setattr(top, key, renamed(getattr(top, key)))


def half_width_middle_dot(font):
    dot = font.getBestCmap()[0xFF65]
    for table in font["cmap"].tables:
        if table.isUnicode() and 0xB7 in table.cmap:
            table.cmap[0xB7] = dot


def make(source, target, wanted, family="SC"):
    collection = TTCollection(NOTO + source, lazy=True)
    font = next(f for f in collection.fonts if " CJK SC" in f["name"].getDebugName(4))
    options = subset.Options(
        layout_features=FEATURES, name_IDs=["*"], notdef_outline=True, hinting=False,
        glyph_names=False, recalc_timestamp=False, legacy_cmap=False,
    )
    half_width_middle_dot(font)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    rename(font, family)
    subset.save_font(font, os.path.join(HERE, target), options)


def main():
    wanted = characters()
    for source, target in FACES:
        make(source, target, wanted)
        make(source, math(target), MATH_SIGNS - wanted, "SC Math")
    kai = os.path.join(HERE, "lxgw-wenkai/LXGWWenKai-Regular.ttf")
    shutil.copyfile(WENKAI, kai)
    faces = [target for _, target in FACES]
    for path in [os.path.join(HERE, target) for target in faces + [math(face) for face in faces]] + [kai]:
        data = open(path, "rb").read()
        missing = wanted - set(TTFont(path).getBestCmap())
        print(hashlib.sha256(data).hexdigest(), len(data), os.path.relpath(path, HERE), "lacks", len(missing))
        hanzi = sorted(c for c in missing if 0x3400 <= c <= 0x9FFF or c > 0x1FFFF)
        print("  Han it lacks:", "".join(map(chr, hanzi)) or "none", file=sys.stderr)


if __name__ == "__main__":
    main()
