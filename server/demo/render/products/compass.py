"""The pocket compass, lid up."""

import math

from goods import Goods
from materials import Nodes, brass, pane, plain
from shapes import box, group, lathe, ring, solid, text, tube
from studio import View


def _dial():
    face = plain("#efe8d6", 0.6)
    dark, red = plain("#23211e", 0.6), plain("#9c2b22", 0.6)
    things = [lathe([(0, 0), (2.12, 0, 0.02), (2.12, 0.04, 0.01), (0, 0.04)], face)]
    for degree in range(0, 360, 5):
        a = math.radians(degree)
        long = 0.26 if degree % 30 == 0 else 0.16 if degree % 10 == 0 else 0.09
        wide = 0.028 if degree % 30 == 0 else 0.014
        r = 2.02 - long / 2
        things.append(box((long, wide, 0.01), dark, at=(r * math.cos(a), r * math.sin(a), 0.042), turn=(0, 0, degree), edge=0))
    for n, letter in enumerate("NESW"):
        a = math.radians(90 - 90 * n)
        things.append(text(letter, 0.5, red if letter == "N" else dark, at=(1.42 * math.cos(a), 1.42 * math.sin(a), 0.045), depth=0.004))
    # A rose of four long and four short points, each half light and half dark.
    for n in range(8):
        long = 0.98 if n % 2 == 0 else 0.6
        for side, material in ((1, dark), (-1, plain("#b9ad93", 0.6))):
            a = math.radians(45 * n)
            b = a + side * math.radians(45 / 2)
            waist = 0.22
            solid(
                [(0, 0, 0.046), (long * math.cos(a), long * math.sin(a), 0.046), (waist * math.cos(b), waist * math.sin(b), 0.046)],
                [(0, 1, 2)],
                material,
            )
    return things


def compass(_, lid_at=-112):
    metal = brass(0.2)
    # 5 cm across, 1.4 cm deep.
    lathe(
        [(0, 0.05), (2.0, 0.05), (2.3, 0, 0.1), (2.5, 0.2, 0.15), (2.5, 1.15, 0.08), (2.42, 1.3, 0.08), (2.2, 1.32, 0.06), (2.14, 1.1, 0.03), (2.14, 0.7), (0, 0.7)],
        metal,
    )
    for degree in range(0, 360, 4):
        a = math.radians(degree)
        box((0.05, 0.07, 0.26), metal, at=(2.5 * math.cos(a), 2.5 * math.sin(a), 0.92), turn=(0, 0, degree), edge=0.02, segments=1)
    group(_dial(), at=(0, 0, 0.72), turn=(0, 0, 14))
    # The needle: blued steel to the south, red to the north.
    def needle(tip, material):
        return solid(
            [(0, -0.19, 0), (0, 0.19, 0), (tip, 0, 0), (0, 0, 0.07), (tip, 0, 0.02)],
            [(0, 2, 4, 3), (1, 3, 4, 2), (0, 3, 1)],
            material,
        )
    group(
        [needle(1.62, plain("#a8281e", 0.3)), needle(-1.62, Nodes("blued", "#28384f", 0.25, 0.9).material), lathe([(0, 0), (0.2, 0, 0.05), (0.14, 0.14, 0.05), (0, 0.16)], metal)],
        at=(0, 0, 0.95),
        turn=(0, 0, 62),
    )
    lathe([(0, 1.2), (2.16, 1.2), (2.16, 1.24), (0, 1.24)], pane())
    # The lid stands open behind, on a hinge; its outside is engraved.
    lid = lathe(
        [(0, 0.42), (2.1, 0.42, 0.2), (2.5, 0.22, 0.12), (2.5, 0.0, 0.04), (2.36, 0.0, 0.04), (2.34, 0.16, 0.1), (2.0, 0.3, 0.1), (0, 0.31)],
        metal,
        at=(0, -2.62, 0),
    )
    engraved = plain("#5a4320", 0.6)
    rose = [lid, *(ring(r, 0.016, engraved, at=(0, -2.62, 0.42)) for r in (1.9, 1.78))]
    for n in range(8):
        a = math.radians(45 * n)
        long, waist = (1.6, 0.4) if n % 2 == 0 else (1.0, 0.4)
        # Half of each point is cut, the other half drawn.
        polar = ((0, a), (waist, a - math.pi / 8), (long, a), (waist, a + math.pi / 8))
        corners = [(r * math.cos(b), r * math.sin(b) - 2.62, 0.424) for r, b in polar]
        rose.append(solid(corners, [(0, 1, 2)], engraved))
        rose.append(tube([corners[3], corners[2]], 0.014, engraved, smooth=False))
    group(rose, at=(0, 2.62, 1.38), turn=(lid_at, 0, 0))
    tube([(-0.8, 2.62, 1.32), (0.8, 2.62, 1.32)], 0.16, metal, smooth=False)
    # The bow one hangs it by, in front of a crown.
    lathe([(0.32, 0), (0.34, 0.5, 0.1), (0.46, 0.56, 0.08), (0.46, 1.0, 0.1), (0, 1.02)], metal, at=(0, -2.4, 0.66), turn=(90, 0, 0))
    ring(0.85, 0.11, metal, at=(0, -3.75, 0.36), turn=(16, 0, 0))


GOODS = [
    Goods(
        "pocket-compass",
        compass,
        {"": View(-26, 36, 0.8), "closed": View(-26, 44, 0.78), "detail": View(-40, 38, close=(0, -0.3, 0.9), span=6.4)},
        laid={"closed": lambda colour: compass(colour, lid_at=0)},
    ),
]
