"""Paper and ink: the notebook and the fountain pen."""

import math

from goods import Goods
from materials import Nodes, linear, paper, plain, shade, steel, weave
from shapes import box, flowing, grid, group, lathe, plate, rounded, text, tube
from studio import View

CLOTH = {"blue": "#2f4a68", "green": "#3f5b4b", "red": "#8f3029"}


def _book(colour, pages=1.35):
    cloth = weave(CLOTH[colour], 16, contrast=0.7, depth=0.02)
    leaves = Nodes("leaves", "#ece4d2", 0.85)
    lines = leaves.wave(leaves.place(), 9, "Z", 0.8, 2, 1)
    leaves.colour(leaves.ramp(lines, (0.1, linear("#cfc5ae")), (0.6, linear("#efe8d8"))))
    leaves.bump(lines, 0.02, 0.5)
    # A5: 14.8 by 21 cm.
    wide, high, board = 14.8, 21.0, 0.22
    things = [
        box((wide - 0.5, high - 0.6, pages), leaves.material, at=(-0.1, 0, board + pages / 2), edge=0.03),
    ]
    outline = rounded([(-wide / 2, -high / 2), (wide / 2, -high / 2, 0.7), (wide / 2, high / 2, 0.7), (-wide / 2, high / 2)], closed=True, steps=8)
    for z in (0, board + pages):
        things.append(plate(outline, board, cloth, at=(0, 0, z), edge=0.07))
    # The spine is round.
    rows = []
    for n in range(15):
        a = math.pi / 2 + math.pi * n / 14
        half = (pages + 2 * board) / 2
        rows.append([(-wide / 2 + 0.05 + 0.42 * math.cos(a), y, half + half * math.sin(a) * 0.985) for y in (-high / 2, high / 2)])
    things.append(grid(rows, cloth, thickness=0.14))
    # Elastic, ribbon and a label.
    band = weave(shade(CLOTH[colour], 0.45), 18)
    x, top = wide / 2 - 1.6, pages + 2 * board
    things.append(box((0.62, high + 0.16, 0.07), band, at=(x, 0, top + 0.03), edge=0.03))
    for y in (-1, 1):
        things.append(box((0.62, 0.07, top + 0.08), band, at=(x, y * (high / 2 + 0.05), top / 2 + 0.02), edge=0.03))
    label = paper("#efe7d3")
    things.append(box((6.2, 3.6, 0.03), label, at=(-0.8, 4.4, top + 0.012), edge=0.01))
    ink = plain("#2b2a28", 0.7)
    things.append(text("TIDEMARK", 0.82, ink, at=(-0.8, 4.95, top + 0.03), depth=0.003, spacing=1.15))
    things.append(box((4.8, 0.025, 0.004), ink, at=(-0.8, 4.3, top + 0.03), edge=0))
    things.append(text("NOTEBOOK", 0.45, ink, at=(-0.8, 3.75, top + 0.03), depth=0.003, spacing=1.3))
    ribbon = plain("#b23c2c", 0.6)
    things.append(tube([(-2.2, -high / 2 + 0.6, board + pages * 0.55), (-2.2, -high / 2 - 0.4, board + pages * 0.5), (-2.0, -high / 2 - 1.6, 0.12), (-2.3, -high / 2 - 3.2, 0.1)], 0.1, ribbon, flat=(0.55, 0.05)))
    return things


def notebook(colour):
    group(_book(colour))


INK = {"blue": "#1f3d66", "black": "#151617", "red": "#7e1f22"}


def _pen(colour):
    """Barrel and cap, upright. 14 cm long."""
    resin = Nodes("resin", INK[colour], 0.12, coat_weight=0.7, coat_roughness=0.04)
    place = resin.place()
    base = linear(INK[colour])
    resin.colour(resin.ramp(resin.noise(place, 1.6, 4, 0.6, 1.5), (0.35, shade(base, 0.55)), (0.65, shade(base, 1.6))))
    material, metal = resin.material, steel(0.1, tint="#d9d9d6")
    gold = Nodes("gold", "#d2a95a", 0.16, 1.0).material
    barrel = [
        lathe([*flowing([(0.05, 0), (0.32, 0.12), (0.47, 0.8), (0.56, 2.4), (0.61, 4.6), (0.6, 7.0), (0.57, 8.2)]), (0.57, 8.3), (0, 8.3)], material),
        lathe([(0.57, 8.25), (0.6, 8.3, 0.02), (0.6, 8.5, 0.02), (0.5, 8.52)], gold),
        lathe([(0.5, 8.5), (0.47, 8.6), *flowing([(0.46, 8.7), (0.41, 9.6), (0.38, 10.3), (0.42, 10.55)]), (0.4, 10.62), (0, 10.62)], material),
    ]
    # The nib: a curved leaf with a slit and a breather hole, above its feed.
    rows = []
    for n in range(25):
        t = n / 24
        half = 0.36 * (1 - t**1.7) + 0.02
        z = 10.5 + 2.15 * t
        rows.append([(half * math.sin(a), -0.36 * (1 - 0.55 * t) * math.cos(a) + 0.12 * t, z) for a in [math.radians(-70 + 140 * m / 16) for m in range(17)]])
    barrel.append(grid(rows, gold, thickness=0.03))
    dark = plain("#0c0c0c", 0.4)
    barrel.append(box((0.02, 0.06, 1.2), dark, at=(0, -0.16, 11.95), turn=(-8.4, 0, 0), edge=0))
    barrel.append(lathe([(0.08, 0), (0.08, 0.04), (0, 0.04)], dark, at=(0, -0.24, 11.3), turn=(90, 0, 0), steps=24))
    barrel.append(lathe([(0.3, 10.4), (0.26, 11.2), (0.1, 12.2, 0.1), (0, 12.3)], dark, at=(0, 0.06, 0)))
    cap = [
        lathe([*flowing([(0.05, 6.4), (0.4, 6.3), (0.6, 5.8), (0.66, 4.6), (0.69, 2.6), (0.7, 0.7)]), (0.7, 0.6), (0.62, 0.5), (0.6, 1.2)], material),
        lathe([(0.7, 0.62), (0.735, 0.64, 0.02), (0.735, 1.15, 0.02), (0.7, 1.17)], gold),
        lathe([(0.7, 0.4), (0.735, 0.42, 0.02), (0.735, 0.5, 0.02), (0.62, 0.5)], gold),
        tube([(0, -0.55, 6.0), (0, -0.95, 5.75), (0, -0.93, 4.0), (0, -0.82, 2.1), (0, -0.78, 1.9)], 0.1, gold, radii=[1, 1.2, 1.1, 1.0, 1.5]),
        lathe([(0, 0), (0.2, 0, 0.05), (0.2, 0.12, 0.04), (0, 0.14)], gold, at=(0, 0, 6.36), steps=32),
    ]
    return barrel, cap


def pen(colour):
    """It lies open, the cap beside it."""
    barrel, cap = _pen(colour)
    group(barrel, at=(-6.2, -1.4, 0.62), turn=(0, 90, 0))
    group(cap, at=(-4.2, 1.6, 0.72), turn=(0, 90, 11))


def capped(colour):
    """It lies closed, its clip up."""
    barrel, cap = _pen(colour)
    whole = group([*barrel, group(cap, at=(0, 0, 7.9))], turn=(0, 0, -62))
    group([whole], at=(-7.1, 0, 0.745), turn=(0, 90, 0))


GOODS = [
    Goods(
        "tidemark-notebook",
        notebook,
        {"": View(-24, 40, 0.8), "above": View(-12, 72, 0.8), "detail": View(-58, 22, close=(4, -9, 1), span=14)},
        ("blue", "green", "red"),
    ),
    Goods(
        "inlet-fountain-pen",
        pen,
        {"": View(-24, 40, 0.84), "closed": View(-30, 34, 0.82), "detail": View(-40, 32, close=(4.6, -1.4, 0.7), span=6.5)},
        ("blue", "black", "red"),
        {"closed": capped},
    ),
]
