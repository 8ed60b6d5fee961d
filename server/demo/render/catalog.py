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

from alt_texts import ANGLES, ANGLES_IN_GERMAN, OWN, SHOWN

HERE = Path(__file__).resolve().parent
FILE, PICTURES = HERE.parent / "catalog.csv", HERE.parent / "pictures"
GERMAN = HERE.parent / "german.csv"
COLUMNS = ("Image Src", "Image Position", "Image Alt Text", "Variant Image")

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
    own_angles = [name.removeprefix(f"{slug}-") for name in OWN if name.startswith(f"{slug}-")]
    for angle in dict.fromkeys([*ANGLES, *own_angles]):
        name = f"{slug}-{angle}"
        if name in there:
            said = OWN[name][0] if name in OWN else f"{words(slug, first)}, {ANGLES[angle]}"
            pictures.append((there[name], said))
    for colour in colours[1:]:
        pictures.append((there[f"{slug}-{colour.lower()}"], words(slug, colour)))
    own = [there[f"{slug}-{colour.lower()}"] if (colour := colour_of(row, slug, there)) else "" for row in rows]
    return pictures, own


def say_in_german(pages):
    """Puts angles behind the main picture they belong to, and takes those away that are not there any more. Rows keep
    their order. A page is the alternative texts of one product, the main picture's first."""
    said = {text for page in pages for text in page}
    own = dict(OWN.values())
    old = tuple(f", {english}" for english in ANGLES.values())
    with GERMAN.open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.reader(file) if row[1] in said or not (row[1].endswith(old) or row[1] in own)]
    known = {english: german for kind, english, german in rows if kind == "text"}
    more = {}
    for page in pages:
        for text in [text for text in page if text not in known]:
            german = own.get(text) or angle_in_german(text, page[0], known)
            if german:
                more.setdefault(page[0], []).append(["text", text, german])
            else:
                print(f"not in {GERMAN.name}: {text}")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for row in rows:
        writer.writerows([row, *(more.get(row[1], []) if row[0] == "text" else [])])
    GERMAN.write_text(text.getvalue(), encoding="utf-8")


def angle_in_german(text, main, known):
    """The main picture's German words and from where it is seen, or nothing."""
    for angle, german in ANGLES_IN_GERMAN.items():
        if main in known and text == f"{main}, {ANGLES[angle]}":
            return f"{known[main]}, {german}"
    return None


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
    pages = []
    for slug, rows in products.items():
        variants = [row for row in rows if row["Variant Price"]]
        pictures, own = shown(slug, variants, there)
        pages.append([alt for _, alt in pictures])
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
    say_in_german([page for page in pages if page])


if __name__ == "__main__":
    main()
