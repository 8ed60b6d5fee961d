#!/usr/bin/env python3
"""Renders the pictures of the demo catalogue. Those that are there are not made again: delete one to have it made.

    python render.py                    all that are missing
    python render.py pocket-compass     those whose names begin so
    python render.py --draft DIR NAME   small and quick, to look at, always made
    python render.py --small            640 px of those of which there is nothing, until the full size is rendered
    python render.py --list             names, and which are missing
"""

import argparse
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import bpy  # noqa: E402, F401  (first: it brings bmesh and mathutils)
from PIL import Image  # noqa: E402

import goods  # noqa: E402
import studio  # noqa: E402

OUT = HERE.parent / "pictures"
ART = HERE.parents[2] / "style" / "public" / "art"
WIDTHS = (320, 640, 960)
SMALL = 640
QUALITY = 80
SAMPLES = 10


def finished(picture):
    if picture.bare:
        return ART / f"{picture.name.removeprefix('art-')}.webp"
    return OUT / f"{picture.name}.w{picture.width}.webp"


def make(picture, path, width, samples):
    studio.clear()
    picture.build()
    height = round(picture.height * width / picture.width)
    table = studio.Table(picture.paper or studio.PAPER, picture.sky, picture.exposure, picture.bare)
    return studio.shoot(picture.view, path, width, height, samples, table)


def keep(png, picture):
    """Writes the widths the shop serves, up to that of the file; the widest last, as it says that all are there."""
    if picture.bare:
        Image.open(png).save(finished(picture), "WEBP", quality=QUALITY, method=6)
        return
    image = Image.open(png).convert("RGB")
    for width in [width for width in WIDTHS if width < image.width] + [image.width]:
        height = round(image.height * width / image.width)
        small = image if width == image.width else image.resize((width, height), Image.LANCZOS)
        part = OUT / f".{picture.name}.part"
        small.save(part, "WEBP", quality=QUALITY, method=6)
        part.rename(OUT / f"{picture.name}.w{width}.webp")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--draft", type=Path)
    parser.add_argument("--width", type=int, default=300)
    parser.add_argument("--samples", type=int)
    parser.add_argument("--rank", type=int, help="0 main pictures, 1 angles, 2 colours, 3 scenes, 4 art")
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--list", action="store_true")
    given = parser.parse_args()
    wanted = [
        picture
        for picture in goods.pictures()
        if (not given.names or any(picture.name.startswith(name) for name in given.names))
        and (given.rank is None or picture.rank == given.rank)
    ]
    for picture in wanted:
        if given.list:
            print(("      " if finished(picture).exists() else "wanted"), picture.width, picture.name)
        elif given.draft:
            given.draft.mkdir(parents=True, exist_ok=True)
            seconds = make(picture, given.draft / f"{picture.name}.png", given.width, given.samples or 12)
            print(f"{picture.name}: {seconds:.1f} s", file=sys.stderr, flush=True)
        elif not finished(picture).exists():
            width = min(SMALL, picture.width) if given.small else picture.width
            if given.small and (OUT / f"{picture.name}.w{width}.webp").exists():
                continue
            with tempfile.TemporaryDirectory() as folder:
                png = Path(folder) / "picture.png"
                seconds = make(picture, png, width, given.samples or SAMPLES)
                keep(png, picture)
            print(f"{picture.name}: {seconds:.0f} s", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
