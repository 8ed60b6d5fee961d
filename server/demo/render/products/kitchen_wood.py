"""Wood for the kitchen: the board, the knife and the pepper mill."""

import math
import random

from goods import Goods
from materials import brass, plain, steel, wood
from shapes import box, flowing, grid, group, lathe, plate, rounded, rumple, sphere
from studio import View


def board(kind):
    timber = wood(kind, "X", 0.5, 1.0)
    # 38 by 22 cm, 2.4 cm thick, with a grip cut through.
    half, deep = 19, 11
    outline = rounded([(-half, -deep, 2.0), (half, -deep, 2.0), (half, deep, 2.0), (-half, deep, 2.0)], closed=True, steps=8)
    hole = rounded([(14.6, -3.6, 1.1), (16.6, -3.6, 1.1), (16.6, 3.6, 1.1), (14.6, 3.6, 1.1)], closed=True, steps=8)
    plate(outline, 2.4, timber, edge=0.3, holes=[hole])


def knife(kind):
    """A cook's knife of 20 cm, lying on its side: the edge towards -y."""
    blade = steel(0.22, "X", "#d4d5d6")
    grip = wood(kind, "X", 0.42, 2.2)
    rows = []
    for n in range(61):
        x = -20 * (1 - n / 60)
        t = n / 60
        top = 2.1 - 1.15 * (1 - t) ** 2.6
        low = -2.5 + 3.45 * (1 - t) ** 3.2
        if n == 0:
            top, low = 0.96, 0.90
        thick = 0.03 + 0.11 * t
        middle = low + (top - low) * 0.55
        rows.append(
            [
                (x, top, thick), (x, middle, thick * 0.9), (x, low + 0.02, 0.012), (x, low, 0.0),
                (x, low + 0.02, -0.012), (x, middle, -thick * 0.9), (x, top, -thick),
            ]
        )
    grid([[*row] for row in rows], blade, closed_v=True)
    # The bolster.
    box((1.5, 2.3, 0.75), steel(0.16), at=(0.55, 0.95, 0), edge=0.22)
    shape = rounded(
        [(1.2, 0.0, 0.3), (5.5, 0.15, 3.0), (10.2, -0.35, 1.6), (12.9, -0.9, 0.7), (13.2, 0.9, 0.8), (11.0, 1.95, 2.0), (1.2, 2.0, 0.2)],
        closed=True,
        steps=8,
    )
    # The tang is as long and as wide as the handle, between its halves.
    plate(shape, 0.28, steel(0.2), at=(0, 0, -0.14), edge=0.03)
    for z in (0.14, -0.14 - 0.85):
        plate(shape, 0.85, grip, at=(0, 0, z), edge=0.3)
    for x in (3.0, 6.8, 10.6):
        lathe([(0, 0), (0.3, 0, 0.05), (0.3, 2.06, 0.08), (0, 2.08)], brass(0.2), at=(x, 0.85, -1.03), steps=40)


def _mill_body(kind):
    body = wood(kind, "Z", 0.36, 1.2)
    # 18 cm high; the head turns on the body, so a gap parts them.
    lathe(
        [(0, 0), (2.7, 0), (2.85, 0.15), *flowing([(2.9, 0.5), (2.75, 1.4), (2.2, 4.6), (1.85, 7.4), (2.05, 9.8), (2.3, 11.0), (2.2, 11.6)]), (2.0, 11.75), (1.55, 11.75), (1.45, 11.6), (1.45, 9.0), (0, 9.0)],
        body,
    )


def _mill_head(kind):
    body = wood(kind, "Z", 0.36, 1.2)
    return lathe(
        [(0, 11.9), (1.9, 11.9), *flowing([(2.2, 12.0), (2.1, 12.6), (1.65, 13.2), (1.7, 13.7), (2.25, 14.5), (2.4, 15.5), (2.0, 16.6), (1.0, 17.25), (0.2, 17.4)]), (0, 17.4)],
        body,
    )


def _nut():
    return lathe([(0.5, 17.2), (0.5, 17.5, 0.1), (0.62, 17.6, 0.1), (0.6, 18.0, 0.15), (0, 18.05)], steel(0.15))


def mill(kind):
    _mill_body(kind)
    lathe([(1.5, 11.7), (1.5, 11.95), (0, 11.95)], plain("black"))
    _mill_head(kind)
    _nut()


def mill_open(kind):
    """To be filled: head and nut lie beside it, and the shaft of the grinder stands in the corns."""
    _mill_body(kind)
    metal = steel(0.18)
    box((0.42, 0.42, 6.0), metal, at=(0, 0, 13.2), turn=(0, 0, 30), edge=0.05)
    lathe([(0.16, 16.1), (0.2, 16.2), (0.2, 17.3, 0.06), (0, 17.35)], metal, steps=32)
    group([_mill_head(kind)], at=(8.6, 0, -11.9))
    group([_nut()], at=(4.4, -5.2, -17.2))
    chance = random.Random(3)
    pepper = plain("#3a2c22", 0.75)
    spots = [(0.2, -5.6), (1.1, -5.0), (1.3, -6.3), (-0.9, -5.2), (2.2, -5.7), (-0.2, -6.6), (2.6, -4.6)]
    places = [(x, y, 0.23) for x, y in spots]
    for r, count in ((1.18, 15), (0.72, 9)):
        for n in range(count):
            a = 2 * math.pi * (n + chance.uniform(-0.2, 0.2)) / count
            places.append((r * math.cos(a), r * math.sin(a), 11.1 + chance.uniform(-0.12, 0.12)))
    lathe([(0, 10.98), (1.44, 10.98)], pepper)
    for place in places:
        rumple(sphere(chance.uniform(0.21, 0.25), pepper, at=place), 0.07, 0.12)


GOODS = [
    Goods(
        "cutting-board",
        board,
        {"": View(-28, 34, 0.8), "above": View(-8, 68, 0.8), "detail": View(-52, 24, close=(15, -4, 1.5), span=19)},
        ("oak", "walnut"),
    ),
    Goods(
        "cooks-knife",
        knife,
        {"": View(-32, 52, 0.84), "side": View(8, 64, 0.84), "detail": View(-38, 40, close=(4, 1, 0.5), span=15)},
        ("walnut", "oak"),
    ),
    Goods(
        "pepper-mill",
        mill,
        {"": View(10, 12, 0.78), "open": View(-14, 24, 0.8), "detail": View(30, 22, close=(0, 0, 14.4), span=13)},
        ("beech", "walnut"),
        {"open": mill_open},
    ),
]
