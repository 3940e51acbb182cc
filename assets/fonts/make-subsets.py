#!/usr/bin/env python3
"""Make the four subset fonts that are embedded in the program.

Needs Python 3.9+ and fonttools (the committed files: see README.md for the
version). Building the program does not need this script: its results are
committed next to it.

Sources, by Debian package (defaults of the options below):
  fonts-noto-cjk      Noto Serif CJK Regular and Bold, Noto Sans CJK Regular
  fonts-lxgw-wenkai   LXGW WenKai Regular
  unicode-data        Unihan, field kTGH

The output depends only on the input files and on the fonttools version: running
the script again gives the same bytes.

    python3 make-subsets.py              write the fonts next to this script
    python3 make-subsets.py --out DIR    write them elsewhere (to compare)
    python3 make-subsets.py --text FILE  also check that FILE is fully covered
"""

import argparse
import bz2
import hashlib
import os
import re
import sys

from fontTools import subset
from fontTools import version as fonttools_version
from fontTools.otlLib.builder import SingleSubstBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTCollection, TTFont
from fontTools.ttLib.tables import otTables as ot

# 2022-01-27 00:00:00 UTC, in seconds since 1904-01-01 (the epoch of `head`).
HEAD_MODIFIED = 1643241600 + 2082844800

# Layout features kept. Typst compresses CJK punctuation by itself, so the
# width features (halt, palt, ...) and vertical forms are not needed.
FEATURES = ["ccmp", "kern", "liga"]

# Characters outside TGH and GB2312 that must be in every face. Python's gb2312
# codec maps 0xA1A4 and 0xA1AA to U+30FB and U+2015, so the middle dot U+00B7
# and the dash U+2014 are listed here.
REQUIRED = (
    "".join(map(chr, range(0x20, 0x7F)))  # ASCII
    + "".join(map(chr, range(0xA1, 0xAD)))  # Latin-1 without NBSP and SHY
    + "".join(map(chr, range(0xAE, 0x100)))
    + "\u00a0\u3000"
    + "\u2013\u2014\u2015\u2026\u00b7\u2018\u2019\u201c\u201d\u203b\u30fb\u2022\u2030"
    + "●○■□▲△★☆◆◇▼▽◎"
    + "、。〃々〇〈〉《》「」『』【】〔〕〖〗"
    + "".join(map(chr, range(0xFF01, 0xFF5F)))  # full-width ASCII
    + "￠￡￣￥"
    + "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
    + "".join(map(chr, range(0x2474, 0x249C)))  # ⑴..⒇ and ⒈..⒛
    + "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
    + "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"
    + "≥≤≠≈≡±×÷−∞√∑∏∫∈∵∴°′″℃№"
    + "㎡㎏㎎㎜㎝㎞"
    + "→←↑↓"
    + "¥$€£"
    # Non-standard forms met in published disclosures.
    + "別"
)

# Taken where the source face has them, never an error.
OPTIONAL_RANGES = [
    (0x02C6, 0x02DD),  # tone marks
    (0x2000, 0x206F),  # general punctuation, spaces
    (0x2070, 0x209F),  # superscripts, subscripts
    (0x20A0, 0x20BF),  # currency
    (0x2100, 0x214F),  # letterlike
    (0x2150, 0x218B),  # number forms
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematical operators
    (0x2460, 0x24FF),  # enclosed alphanumerics
    (0x25A0, 0x25FF),  # geometric shapes
    (0x2605, 0x2612),  # stars, ballot boxes
    (0x2713, 0x2718),  # check marks
    (0x2776, 0x277F),  # negative circled digits
    (0x2E3A, 0x2E3B),  # long dashes
    (0x3000, 0x303F),  # CJK symbols and punctuation
    (0x3200, 0x32FF),  # enclosed CJK
    (0x3300, 0x33FF),  # CJK compatibility units
    (0xFE30, 0xFE4F),  # CJK compatibility forms
    (0xFE50, 0xFE6B),  # small form variants
    (0xFF01, 0xFFEE),  # full-width and half-width forms
]
# Hangul in the two CJK blocks above: not needed.
EXCLUDED_RANGES = [(0x3200, 0x321E), (0x3260, 0x327F), (0xFFA0, 0xFFDC)]

# Appended to the copyright record of the renamed face; no other name record
# may hold the Reserved Font Names.
KAI_RESERVED = (
    "\nReserved Font Names of the Original Version: "
    "\u201c\u971e\u9e5c\u201d and \u201cLXGW\u201d."
)


def read_tgh(path):
    """Code points with a kTGH value in Unihan_OtherMappings.txt[.bz2]."""
    opener = bz2.open if path.endswith(".bz2") else open
    with opener(path, "rt", encoding="utf-8") as f:
        found = {
            int(m.group(1), 16)
            for m in (re.match(r"U\+([0-9A-F]+)\tkTGH\t", line) for line in f)
            if m
        }
    if len(found) != 8105:
        sys.exit(f"{path}: {len(found)} kTGH entries, 8105 expected")
    return found


def gb2312():
    """All characters of GB2312 as Python maps them (6,763 Han, 682 others)."""
    found = set()
    for hi in range(0xA1, 0xF8):
        for lo in range(0xA1, 0xFF):
            try:
                found.add(ord(bytes((hi, lo)).decode("gb2312")))
            except UnicodeDecodeError:
                pass
    return found


def is_han(cp):
    return 0x3400 <= cp <= 0x9FFF or 0x20000 <= cp <= 0x323AF


def open_face(path, family):
    """The face with this family name, out of a collection or a single file."""
    number = -1
    with open(path, "rb") as f:
        is_collection = f.read(4) == b"ttcf"
    if is_collection:
        with TTCollection(path, lazy=True) as ttc:
            names = [f["name"].getDebugName(1) for f in ttc.fonts]
        if family not in names:
            sys.exit(f"{path}: no face {family!r} (found: {', '.join(names)})")
        number = names.index(family)
    font = TTFont(path, fontNumber=number, lazy=True, recalcTimestamp=False)
    if font["name"].getDebugName(1) != family:
        sys.exit(f"{path}: not {family!r}")
    return font


def rename(font, family, style, copyright_suffix=""):
    """Write one plain English set of names; drop every other name record."""
    ps_name = f"{family.replace(' ', '')}-{style}"
    full = family if style == "Regular" else f"{family} {style}"
    old = font["name"]
    version = re.match(r"Version [0-9.]+", old.getDebugName(5)).group(0)
    records = {
        0: old.getDebugName(0) + copyright_suffix,
        1: family,
        2: style,
        3: f"{version.split()[1]};subset;{ps_name}",
        4: full,
        5: f"{version};subset",
        6: ps_name,
    }
    for name_id in (7, 8, 9, 10, 11, 12, 13, 14):  # trade mark, authors, licence
        text = old.getDebugName(name_id)
        if text:
            records[name_id] = text
    old.names = []
    for name_id, text in sorted(records.items()):
        old.setName(text, name_id, 3, 1, 0x409)
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames = [ps_name]
        top = cff.topDictIndex[0]
        for key, text in (("FullName", full), ("FamilyName", family)):
            if hasattr(top, key):
                setattr(top, key, text)
        if hasattr(top, "FDArray"):
            for i, fd in enumerate(top.FDArray):
                if hasattr(fd, "FontName"):
                    fd.FontName = f"{ps_name}-{i}"


def add_tabular_digits(font):
    """Give digits of unequal width a `tnum` feature, so that columns of figures
    line up with `#set text(number-width: "tabular")`.

    Noto Serif has no tabular figures (its 1 is narrower than its 0). The feature
    swaps a digit for a copy centred in the width of the widest one. Copies, and
    not positioning, because a gap between two digits reads as a space when text
    is extracted from the PDF. The default look stays as it is.
    """
    cmap, hmtx = font.getBestCmap(), font["hmtx"]
    glyphs = [cmap[ord(c)] for c in "0123456789"]
    widest = max(hmtx[g][0] for g in glyphs)
    if all(hmtx[g][0] == widest for g in glyphs):
        return

    top = font["CFF "].cff.topDictIndex[0]
    strings, glyph_set = top.CharStrings, font.getGlyphSet()
    next_cid = max(int(g[3:]) for g in top.charset if g.startswith("cid")) + 1
    mapping = {}
    for glyph in glyphs:
        width, bearing = hmtx[glyph]
        if width == widest:
            continue
        shift = (widest - width) // 2
        old, fd = strings.getItemAndSelector(glyph)
        private = top.FDArray[fd].Private
        pen = T2CharStringPen(widest - private.nominalWidthX, None)
        glyph_set[glyph].draw(TransformPen(pen, (1, 0, 0, 1, shift, 0)))
        copy = f"cid{next_cid:05d}"
        next_cid += 1
        new = pen.getCharString(private, old.globalSubrs)
        strings.charStrings[copy] = len(strings.charStringsIndex)
        strings.charStringsIndex.append(new)
        top.FDSelect.append(fd)
        top.charset.append(copy)
        mapping[glyph] = copy
        hmtx[copy] = (widest, bearing + shift)
    top.CIDCount = max(top.CIDCount, next_cid)
    font.setGlyphOrder(list(top.charset))
    font["maxp"].numGlyphs = len(top.charset)

    builder = SingleSubstBuilder(font, None)
    builder.mapping = mapping
    gsub = font["GSUB"].table
    gsub.LookupList.Lookup.append(builder.build())
    gsub.LookupList.LookupCount = len(gsub.LookupList.Lookup)
    record = ot.FeatureRecord()
    record.FeatureTag = "tnum"
    record.Feature = ot.Feature()
    record.Feature.FeatureParams = None
    record.Feature.LookupListIndex = [gsub.LookupList.LookupCount - 1]
    record.Feature.LookupCount = 1
    # Last of the list: "tnum" sorts after "ccmp" and "liga".
    index = len(gsub.FeatureList.FeatureRecord)
    gsub.FeatureList.FeatureRecord.append(record)
    gsub.FeatureList.FeatureCount = index + 1
    for script_record in gsub.ScriptList.ScriptRecord:
        script = script_record.Script
        systems = [r.LangSys for r in script.LangSysRecord]
        if script.DefaultLangSys is not None:
            systems.append(script.DefaultLangSys)
        for system in systems:
            if index not in system.FeatureIndex:
                system.FeatureIndex.append(index)
                system.FeatureCount = len(system.FeatureIndex)


def make(source, source_family, out, family, style, wanted, required, **kw):
    font = open_face(source, source_family)
    have = set(font.getBestCmap())
    missing = sorted(required - have)
    if missing:
        sys.exit(f"{source_family}: lacks " + " ".join(f"U+{c:04X}" for c in missing))

    options = subset.Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.desubroutinize = True
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.name_languages = ["*"]
    options.recalc_timestamp = False
    # The bytes must not depend on whether uharfbuzz happens to be installed.
    options.harfbuzz_repacker = False
    # Vertical setting is not used.
    options.drop_tables += ["vhea", "vmtx", "VORG"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted & have)
    subsetter.subset(font)

    add_tabular_digits(font)
    rename(font, family, style, kw.get("copyright_suffix", ""))
    if kw.get("vendor"):
        font["OS/2"].achVendID = kw["vendor"]
    font["head"].modified = HEAD_MODIFIED
    subset.save_font(font, out, options)
    font.close()


def report(path, tgh, gb):
    font = TTFont(path, lazy=True)
    cmap = set(font.getBestCmap())
    with open(path, "rb") as f:
        digest = hashlib.sha256(f.read()).hexdigest()
    digits = {font["hmtx"][font.getBestCmap()[ord(c)]][0] for c in "0123456789"}
    tabular = "tabular" if len(digits) == 1 else "proportional, tnum"
    han = {c for c in gb if is_han(c)}
    print(
        f"{os.path.basename(path)}: {os.path.getsize(path)} bytes, "
        f"{font['maxp'].numGlyphs} glyphs, {len(cmap)} code points, "
        f"TGH {len(tgh & cmap)}/{len(tgh)}, GB2312 Han {len(han & cmap)}/{len(han)}, "
        f"GB2312 all {len(gb & cmap)}/{len(gb)}, "
        f"digits {tabular}, "
        f"sha256 {digest[:16]}"
    )
    return cmap


def main():
    noto = "/usr/share/fonts/opentype/noto/"
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("--serif-regular", default=noto + "NotoSerifCJK-Regular.ttc")
    ap.add_argument("--serif-bold", default=noto + "NotoSerifCJK-Bold.ttc")
    ap.add_argument("--sans-regular", default=noto + "NotoSansCJK-Regular.ttc")
    ap.add_argument(
        "--kai", default="/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf"
    )
    ap.add_argument(
        "--unihan", default="/usr/share/unicode/Unihan_OtherMappings.txt.bz2"
    )
    ap.add_argument("--out", default=os.path.dirname(os.path.abspath(__file__)))
    ap.add_argument("--text", action="append", default=[], metavar="FILE")
    args = ap.parse_args()

    tgh, gb = read_tgh(args.unihan), gb2312()
    required = tgh | gb | set(map(ord, REQUIRED))
    wanted = set(required)
    for first, last in OPTIONAL_RANGES:
        wanted.update(range(first, last + 1))
    for first, last in EXCLUDED_RANGES:
        wanted.difference_update(range(first, last + 1))
    wanted |= required
    print(f"fonttools {fonttools_version}; required {len(required)} code points")

    os.makedirs(args.out, exist_ok=True)
    serif, sans = "Noto Serif CJK SC", "Noto Sans CJK SC"
    jobs = [
        ("NotoSerifSC-Regular.otf", args.serif_regular, serif, "Noto Serif SC", "Regular", {}),
        ("NotoSerifSC-Bold.otf", args.serif_bold, serif, "Noto Serif SC", "Bold", {}),
        ("NotoSansSC-Regular.otf", args.sans_regular, sans, "Noto Sans SC", "Regular", {}),
        # Modified versions may not carry the Reserved Font Names: new name,
        # new vendor tag ("    " = none).
        (
            "DisclosureKai-Regular.ttf", args.kai, "LXGW WenKai", "Disclosure Kai", "Regular",
            {"copyright_suffix": KAI_RESERVED, "vendor": "    "},
        ),
    ]
    uncovered = False
    texts = {}
    for path in args.text:
        with open(path, encoding="utf-8-sig") as f:
            texts[path] = {ord(c) for c in f.read() if c.isprintable()}
    for file, source, source_family, family, style, kw in jobs:
        out = os.path.join(args.out, file)
        make(source, source_family, out, family, style, wanted, required, **kw)
        cmap = report(out, tgh, gb)
        for path, chars in texts.items():
            lost = chars - cmap
            if lost:
                uncovered = True
                listed = " ".join(f"U+{c:04X} {chr(c)}" for c in sorted(lost))
                print(f"  {path}: not covered: {listed}")
    if uncovered:
        sys.exit(1)


if __name__ == "__main__":
    main()
