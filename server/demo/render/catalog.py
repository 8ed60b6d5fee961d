#!/usr/bin/env python3
"""Writes the pictures that are there into the demo catalogue's picture columns, and touches nothing else of it.
Angles are said in German, too; of a new colour it tells what ../german.csv has yet to say.

Needs only Python: run it after render.py. Main picture first, then angles, then the other colours; a variant shows the
picture of its colour as soon as that is rendered.
"""

import csv
import io
import re
from pathlib import Path

HERE = Path(__file__).resolve().parent
FILE, PICTURES = HERE.parent / "catalog.csv", HERE.parent / "pictures"
GERMAN = HERE.parent / "german.csv"
COLUMNS = ("Image Src", "Image Position", "Image Alt Text", "Variant Image")

# What a picture shows, for those who cannot see it; {} is the colour.
SHOWN = {
    "enamel-mug": "{} enamel mug with a black rim",
    "stoneware-bowl": "{} speckled stoneware bowl on a bare clay foot",
    "stoneware-teapot": "{} round stoneware teapot with a knob on its lid",
    "iron-frying-pan": "Black iron frying pan with a hole in its handle",
    "cutting-board": "{} cutting board with a grip cut through one end",
    "cooks-knife": "Cook's knife with a broad blade and a {} handle with three brass pins",
    "pepper-mill": "Turned {} pepper mill with a steel nut on top",
    "stoneware-vase": "{} stoneware vase with a narrow neck",
    "three-leg-stool": "Round {} stool on three legs",
    "plain-chair": "{} chair with a hollowed seat and three slats in its back",
    "table-lamp": "Table lamp with a {} stoneware foot and a linen shade",
    "willow-basket": "Woven willow basket with a high handle",
    "wool-blanket": "Folded {} wool blanket with pale stripes",
    "beeswax-candle": "Lit beeswax candle in an enamelled holder with a handle",
    "twin-bell-alarm-clock": "{} alarm clock with two steel bells",
    "terry-towels": "Two {} terry towels, folded and stacked",
    "soap-bar": "{} soap bar on a tray of oak slats",
    "beech-brush": "Beech hand brush with natural bristles",
    "pocket-compass": "Brass pocket compass with its lid open",
    "ridge-tent": "{} ridge tent, pitched, with its door open",
    "ridge-torch": "{} hand torch with its light switched on",
    "holdfast-rope": "Coil of {} three-strand rope",
    "steel-bottle": "{} steel bottle with a beech lid and a loop",
    "storm-lantern": "{} storm lantern with its flame lit",
    "tidemark-notebook": "{} cloth-bound notebook with an elastic band and a label",
    "inlet-fountain-pen": "{} fountain pen, open, with its cap beside it",
    "desk-lamp": "{} desk lamp with two arms",
    "kitchen-radio": "{} table radio with a round loudspeaker and a leather handle",
    "over-ear-headphones": "{} over-ear headphones with leather cushions",
    "turned-yo-yo": "{} lacquered yo-yo on its string",
    "building-blocks": "Tower of wooden building blocks, bare and coloured",
}
ANGLES = {
    "above": "seen from above",
    "side": "seen from the side",
    "front": "seen from the front",
    "back": "seen from behind",
    "detail": "close up",
}
ANGLES_IN_GERMAN = {
    "above": "von oben gesehen",
    "side": "von der Seite gesehen",
    "front": "von vorn gesehen",
    "back": "von hinten gesehen",
    "detail": "aus der Nähe",
}


def widest():
    """Every picture by its name, in its widest file."""
    found = {}
    for path in PICTURES.glob("*.w*.webp"):
        name, width = path.name.removesuffix(".webp").rsplit(".w", 1)
        found[name] = max(found.get(name, 0), int(width))
    return {name: f"/media/demo/{name}.w{width}.webp" for name, width in found.items()}


def words(slug, colour):
    said = SHOWN[slug].format(colour.lower())
    said = re.sub(r"\ba (?=[aeiou])", "an ", " ".join(said.split()))
    return said[0].upper() + said[1:]


def colour_of(row, slug, there):
    for column in ("Option2 Value", "Option1 Value"):
        value = row[column]
        if value and f"{slug}-{value.lower()}" in there:
            return value
    return None


def shown(slug, rows, there):
    """The product's pictures as (address, alternative text), and the picture of each variant row."""
    colours = list(dict.fromkeys(filter(None, (colour_of(row, slug, there) for row in rows))))
    pictures = []
    first = colours[0] if colours else ""
    main = f"{slug}-{first.lower()}" if first else slug
    if main in there:
        pictures.append((there[main], words(slug, first)))
    for angle, said in ANGLES.items():
        if f"{slug}-{angle}" in there:
            pictures.append((there[f"{slug}-{angle}"], f"{words(slug, first)}, {said}"))
    for colour in colours[1:]:
        pictures.append((there[f"{slug}-{colour.lower()}"], words(slug, colour)))
    own = [there[f"{slug}-{colour.lower()}"] if (colour := colour_of(row, slug, there)) else "" for row in rows]
    return pictures, own


def say_in_german(said):
    """Puts angles behind what is seen from them, and takes those away that are not there any more. Rows keep their order."""
    old = tuple(f", {english}" for english in ANGLES.values())
    with GERMAN.open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.reader(file) if row[1] in said or not row[1].endswith(old)]
    known = {english: german for kind, english, german in rows if kind == "text"}
    more = {}
    for text in [text for text in said if text not in known]:
        endings = ((f", {ANGLES[angle]}", f", {german}") for angle, german in ANGLES_IN_GERMAN.items())
        ending, german = next((both for both in endings if text.endswith(both[0])), ("", ""))
        whole = text.removesuffix(ending)
        if ending and whole in known:
            more.setdefault(whole, []).append(["text", text, known[whole] + german])
        else:
            print(f"not in {GERMAN.name}: {text}")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for row in rows:
        writer.writerows([row, *(more.get(row[1], []) if row[0] == "text" else [])])
    GERMAN.write_text(text.getvalue(), encoding="utf-8")


def main():
    there = widest()
    with FILE.open(newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        columns = [*reader.fieldnames]
        products = {}
        for row in reader:
            products.setdefault(row["Handle"], []).append(row)
    if "Variant Image" not in columns:
        columns.append("Variant Image")
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n", restval="")
    writer.writeheader()
    said = []
    for slug, rows in products.items():
        variants = [row for row in rows if row["Variant Price"]]
        pictures, own = shown(slug, variants, there)
        said += [alt for _, alt in pictures]
        for row, picture in zip(variants, own):
            row.update(dict.fromkeys(COLUMNS, ""))
            row["Variant Image"] = picture
        more = [{"Handle": slug} for _ in pictures[len(variants) :]]
        for n, (row, (src, alt)) in enumerate(zip([*variants, *more], pictures)):
            row.update({"Image Src": src, "Image Position": n + 1, "Image Alt Text": alt})
        writer.writerows([*variants, *more])
        if not pictures:
            print(f"{slug} has no picture yet")
    FILE.write_text(text.getvalue(), encoding="utf-8")
    say_in_german(said)


if __name__ == "__main__":
    main()
