"""For the wash stand: the soap and the brush."""

import math
import random

from goods import Goods
from materials import Nodes, linear, plain, shade, wood
from shapes import box, fibres, group, plate, rounded, text, upended
from studio import View

SOAP = {"olive": "#9aa06b", "oat": "#d9c7a3", "charcoal": "#3c3d3f"}


def soap(colour):
    made = Nodes("soap", SOAP[colour], 0.4, subsurface_weight=0.35, subsurface_scale=0.4)
    place = made.place()
    base = linear(SOAP[colour])
    made.colour(made.ramp(made.noise(place, 1.4, 4, 0.65), (0.3, shade(base, 0.86)), (0.7, shade(base, 1.1))))
    made.bump(made.noise(place, 0.8, 4), 0.05, 0.3)
    material = made.material
    dark = Nodes("pressed", shade(SOAP[colour], 0.62), 0.5).material
    outline = rounded([(-4.6, -2.9, 0.9), (4.6, -2.9, 0.9), (4.6, 2.9, 0.9), (-4.6, 2.9, 0.9)], closed=True, steps=8)

    def bar():
        return [
            plate(outline, 2.6, material, edge=0.55),
            text("HOLDFAST", 1.05, dark, at=(0, 0.45, 2.585), depth=0.02, spacing=1.12),
            text("SOAP · 150 g", 0.55, dark, at=(0, -0.85, 2.585), depth=0.02, spacing=1.1),
        ]

    # One on a tray of slats, one leaning on it.
    oak = wood("oak", "X", 0.5, 1.6)
    for n in range(5):
        box((13.0, 1.25, 0.7), oak, at=(0, -3.2 + n * 1.6, 1.25), edge=0.14)
    for x in (-4.8, 4.8):
        box((1.2, 7.8, 0.9), oak, at=(x, 0, 0.45), edge=0.12)
    group(bar(), at=(0.2, 0, 1.62), turn=(0, 0, -7))


def brush(_):
    """A hand brush of beech with bristles that show how they were drawn in."""
    timber = wood("beech", "X", 0.5, 1.4)
    pig = plain("#d9c39b", 0.6)
    chance = random.Random(8)
    # It lies on its side of bristles: the back is up.
    outline = rounded(
        [(-6.2, -2.3, 1.6), (-2, -2.65, 6), (4.2, -2.3, 2.2), (7.2, -1.35, 1.2), (14.6, -1.05, 0.9), (15.4, 0, 0.6), (14.6, 1.05, 0.9), (7.2, 1.35, 1.2), (4.2, 2.3, 2.2), (-2, 2.65, 6), (-6.2, 2.3, 1.6)],
        closed=True,
        steps=8,
    )
    hole = [(13.6 + 0.42 * math.cos(a), 0.42 * math.sin(a)) for a in [2 * math.pi * n / 32 for n in range(32)]]
    plate(outline, 1.7, timber, at=(0, 0, 3.0), edge=0.6, holes=[hole])
    strands = []
    for n in range(13):
        for m in range(6):
            x, y = -5.2 + n * 0.78, -1.75 + m * 0.7
            if abs(y) > 2.2 - 0.1 * max(n - 8, 0):
                continue
            for _ in range(34):
                a, r = chance.uniform(0, 2 * math.pi), 0.22 * math.sqrt(chance.random())
                dx, dy = r * math.cos(a), r * math.sin(a)
                lean = chance.gauss(0, 0.14)
                out = 0.5 * (x + 0.5) / 6 + dx * 1.6 + lean
                side = 0.55 * y / 2 + dy * 1.6 + chance.gauss(0, 0.14)
                strands.append(
                    [(x + dx, y + dy, 3.1), (x + dx + out * 0.4, y + dy + side * 0.4, 1.5), (x + dx + out, y + dy + side, chance.uniform(0.0, 0.16))]
                )
    fibres(strands, 0.035, pig, tip=0.7)


GOODS = [
    Goods(
        "soap-bar",
        soap,
        {"": View(-28, 28, 0.78), "above": View(-8, 62, 0.78), "detail": View(-30, 32, close=(0.6, 0, 3.2), span=12.5)},
        ("olive", "oat", "charcoal"),
    ),
    Goods(
        "beech-brush",
        brush,
        {"": View(-30, 24, 0.84), "side": View(-8, 8, 0.84), "bristles": View(-36, 32, 0.84)},
        laid={"bristles": upended(brush)},
    ),
]
