"""Makes the WOFF2 files in this folder; README.md tells how to call it."""

import io
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FONTS = ["inter", "outfit", "literata", "fraunces"]
# What text needs: kerning, ligatures, accents, and figures of one width or one height.
FEATURES = ["kern", "liga", "calt", "locl", "ccmp", "mark", "mkmk", "tnum", "lnum"]
LATIN = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *[0x131, 0x152, 0x153, 0x178, 0x2C6, 0x2DA, 0x2DC],
    *[0x2013, 0x2014, 0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E, 0x2020, 0x2022, 0x2026],
    *[0x2039, 0x203A, 0x2044, 0x20AC, 0x2122, 0x2190, 0x2192, 0x2212, 0x2215],
]
LATIN_EXT = [*range(0x100, 0x180), *range(0x218, 0x21C), 0x1E9E]
# Letters as often as English has them: how wide a text is on the average.
TEXT = "aaaabcdeeeefghiijklmnnoopqrrssttuvwxyz      "
FALLBACKS = {"Arial": 934.5116279069767 / 2048, "Times New Roman": 854.3953488372093 / 2048}


def made(source: Path, letters: list[int]) -> TTFont:
    font = TTFont(source)
    font = instancer.instantiateVariableFont(font, {"wght": (400, 400, 700)})
    # Read again: what was left out of the axis is gone from all tables then.
    plain = io.BytesIO()
    font.flavor = None
    font.save(plain)
    plain.seek(0)
    font = TTFont(plain)
    options = subset.Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17, 25]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    font.flavor = "woff2"
    return font


def metrics(font: TTFont) -> None:
    """Prints what makes a font of the system take the same room."""
    names, widths, em = font.getBestCmap(), font["hmtx"].metrics, font["head"].unitsPerEm
    average = sum(widths[names[ord(letter)]][0] for letter in TEXT) / len(TEXT) / em
    os2, hhea = font["OS/2"], font["hhea"]
    rise, fall, gap = hhea.ascent, -hhea.descent, hhea.lineGap
    if os2.fsSelection & 128:
        rise, fall, gap = os2.sTypoAscender, -os2.sTypoDescender, os2.sTypoLineGap
    for name, width in FALLBACKS.items():
        size = average / width
        parts = [f"{part / em / size:.2%}" for part in (rise, fall, gap)]
        print(f"  {name}: size-adjust {size:.2%}, ascent, descent, line gap {', '.join(parts)}")


packages, folder = Path(sys.argv[1]), Path(__file__).parent
for name in FONTS:
    for part, letters in [("latin", LATIN), ("latin-ext", LATIN_EXT)]:
        source = packages / name / "package" / "files" / f"{name}-{part}-wght-normal.woff2"
        font = made(source, letters)
        target = folder / f"{name}-{part}.woff2"
        font.save(target)
        print(target.name, target.stat().st_size)
        if part == "latin":
            metrics(font)
