"""Sound: the kitchen radio and the headphones."""

import math

from goods import Goods
from materials import Nodes, brass, leather, linear, paint, pane, plain, plastic, rubber, steel, weave, wood
from shapes import box, group, lathe, plate, ring, rounded, text, tube
from studio import View

CASE = {"green": "#5f7a69", "cream": "#e6dcc6", "red": "#9c3329"}


def radio(colour):
    coat, timber, metal, gold = paint(CASE[colour], 0.36), wood("oak", "X", 0.45, 1.0), steel(0.16), brass(0.22)
    dark = plain("#1c1d1e", 0.5)
    wide, deep, high = 27.0, 9.5, 15.5
    outline = rounded([(-wide / 2, -high / 2, 2.4), (wide / 2, -high / 2, 2.4), (wide / 2, high / 2, 2.4), (-wide / 2, high / 2, 2.4)], closed=True, steps=10)
    inner = rounded([(-wide / 2 + 0.9, -high / 2 + 0.9, 1.7), (wide / 2 - 0.9, -high / 2 + 0.9, 1.7), (wide / 2 - 0.9, high / 2 - 0.9, 1.7), (-wide / 2 + 0.9, high / 2 - 0.9, 1.7)], closed=True, steps=10)
    body = [
        plate(outline, deep, coat, edge=0.35),
        plate(inner, 0.5, timber, at=(0, 0, deep - 0.28), edge=0.12),
    ]
    front = deep + 0.2
    # The loudspeaker behind cloth, in a ring; its threads are seen close by.
    cloth = weave("#6d6458", 5, contrast=0.45, depth=0.06)
    cx = -5.2
    body.append(lathe([(5.3, 0), (5.7, 0.1, 0.1), (5.7, 0.5, 0.15), (5.2, 0.55, 0.1), (5.1, 0.1)], gold, at=(cx, 0, front)))
    body.append(lathe([(5.2, 0.12), (3, 0.26, 2), (0, 0.3)], cloth, at=(cx, 0, front)))
    # The dial: a pane over a scale, lit from behind.
    dx = 6.2
    body.append(box((9.6, 4.6, 0.2), dark, at=(dx, 3.2, front), edge=0.08))
    face = Nodes("scale", "#efe3c3", 0.6)
    face.set("Emission Color", (*linear("#ffdf9e"), 1))
    face.set("Emission Strength", 0.35)
    body.append(box((9.0, 4.0, 0.1), face.material, at=(dx, 3.2, front + 0.1), edge=0.02))
    ink = plain("#33291f", 0.7)
    for n in range(41):
        x = dx - 4.0 + 8.0 * n / 40
        long = 0.7 if n % 5 == 0 else 0.38
        body.append(box((0.05, long, 0.01), ink, at=(x, 3.0 + long / 2, front + 0.16), edge=0))
    for n, figure in enumerate(("88", "92", "96", "100", "104", "108")):
        body.append(text(figure, 0.62, ink, at=(dx - 3.8 + 7.6 * n / 5, 4.3, front + 0.155), depth=0.003))
    body.append(text("MHz", 0.45, ink, at=(dx + 3.7, 1.8, front + 0.155), depth=0.003))
    body.append(text("HOLDFAST", 0.5, ink, at=(dx - 2.7, 1.8, front + 0.155), depth=0.003, spacing=1.2))
    body.append(box((0.09, 3.4, 0.04), plain("#b8321f", 0.4), at=(dx + 1.15, 3.2, front + 0.2), edge=0))
    body.append(box((9.2, 4.2, 0.06), pane(), at=(dx, 3.2, front + 0.3), edge=0))
    # Two knobs, knurled.
    for x, size in ((3.6, 1.75), (8.8, 1.75)):
        knob = [
            lathe([(size + 0.25, 0), (size + 0.25, 0.12, 0.05), (size, 0.16)], gold),
            lathe([(size - 0.05, 0.1), (size, 0.2, 0.05), (size - 0.1, 1.5, 0.2), (size - 0.45, 1.7, 0.1), (0, 1.62)], dark),
            box((0.1, 1.0, 0.05), plain("#e9dfc8"), at=(0, size - 0.7, 1.68), edge=0),
        ]
        for n in range(48):
            a = 2 * math.pi * n / 48
            knob.append(box((0.12, 0.12, 1.0), dark, at=((size - 0.04) * math.cos(a), (size - 0.04) * math.sin(a), 0.85), turn=(0, 0, math.degrees(a)), edge=0.03, segments=1))
        body.append(group(knob, at=(x, -3.1, front)))
    # Upright, on four feet.
    group(body, at=(0, deep / 2, high / 2 + 0.6), turn=(90, 0, 0))
    for x in (-10, 10):
        for y in (-2.8, 2.8):
            lathe([(0.9, 0, 0.1), (1.0, 0.5, 0.1), (0.9, 0.9)], rubber("#242526"), at=(x, y, 0), steps=48)
    strap = leather("#7d4c2b")
    arc = [(-9.8, 0, high + 0.4), (-9.4, 0, high + 2.6), (-6.5, 0, high + 4.2), (0, 0, high + 4.7), (6.5, 0, high + 4.2), (9.4, 0, high + 2.6), (9.8, 0, high + 0.4)]
    tube(arc, 0.4, strap, flat=(2.4, 0.5))
    for x in (-9.7, 9.7):
        box((1.0, 3.0, 1.2), gold, at=(x, 0, high + 0.9), edge=0.2)


SHELL = {"black": "#1b1c1e", "cream": "#e3dac6", "blue": "#2c4a6b"}


def headphones(colour):
    """They stand on their cushions, leaning a little: 17 cm wide, 19 high."""
    coat, metal = plastic(SHELL[colour], 0.38), steel(0.2)
    hide = leather("#2a2523" if colour == "black" else "#6d4630", 0.5)
    dark = plain("#161617", 0.7)
    things = []
    # The band: a padded arc with a steel spring on both sides.
    arc = [(8.1 * math.cos(a), 0, 10.6 + 8.4 * math.sin(a)) for a in [math.radians(d) for d in range(0, 181, 12)]]
    things.append(tube(arc, 0.4, coat, flat=(2.9, 0.42)))
    pad = [(7.35 * math.cos(a), 0, 10.6 + 7.65 * math.sin(a)) for a in [math.radians(d) for d in range(24, 157, 6)]]
    n = len(pad)
    cushion = tube(pad, 0.72, hide, radii=[0.55 + 0.45 * math.sin(math.pi * k / (n - 1)) ** 0.5 for k in range(n)])
    cushion.scale = (1, 1.6, 1)
    things.append(cushion)
    for side in (-1, 1):
        # The slider and the yoke that holds the cup.
        things.append(box((0.28, 1.5, 5.6), metal, at=(side * 8.22, 0, 9.2), edge=0.1))
        things.append(box((0.75, 2.7, 2.6), coat, at=(side * 8.2, 0, 10.6), edge=0.25))
        yoke = [(side * 8.35, 4.55 * math.cos(a), 4.9 + 4.75 * math.sin(a)) for a in [math.radians(d) for d in range(0, 181, 12)]]
        things.append(tube(yoke, 0.3, metal))
        for y in (-4.3, 4.3):
            things.append(lathe([(0, 0), (0.5, 0, 0.1), (0.45, 0.5, 0.1), (0, 0.5)], metal, at=(side * 8.35, y * 0.98, 4.9), turn=(90 if y < 0 else -90, 0, 0), steps=40))
        cup = [
            lathe([(3.9, 0), (4.2, 0.1, 0.1), (4.25, 1.3, 0.5), (3.7, 2.1, 0.5), (2.6, 2.3, 0.2), (2.5, 2.2, 0.05), (0, 2.2)], coat),
            lathe([(2.45, 2.15), (2.45, 2.4, 0.08), (2.2, 2.45, 0.08), (2.1, 2.36, 0.1), (0, 2.36)], metal),
            lathe([(3.9, 0.05), (3.9, -0.25), (4.0, -0.35)], dark),
        ]
        group(cup, at=(side * 7.1, 0, 4.9), turn=(0, side * 90, 0))
        ring_ = ring(2.95, 1.2, hide, at=(side * 6.2, 0, 4.9), turn=(0, 90, 0))
        ring_.scale = (1, 1, 0.85)
        things.append(ring_)
        things.append(lathe([(0, 0), (3, 0)], weave("#27282a", 8), at=(side * 6.6, 0, 4.9), turn=(0, 90, 0)))
    group(things, turn=(0, 0, 0))


GOODS = [
    Goods(
        "kitchen-radio",
        radio,
        {"": View(-26, 15, 0.82), "front": View(0, 10, 0.82), "detail": View(-22, 14, close=(6, -5, 10), span=16)},
        ("green", "cream", "red"),
    ),
    Goods(
        "over-ear-headphones",
        headphones,
        {"": View(-52, 16, 0.78), "front": View(-12, 14, 0.8), "detail": View(-66, 12, close=(7.5, 0, 6.4), span=15)},
        ("black", "cream", "blue"),
    ),
]
