"""Enamelled steel for the table: the mug and the milk pan."""

import math
import random

from goods import Goods
from materials import Nodes, enamel
from shapes import lathe, ring, sphere, tube
from studio import View


def mug(colour):
    coat, inside, rim = enamel(colour), enamel("white"), enamel("black")
    # 9 cm wide, 8 cm high; sheet steel of 1 mm.
    lathe([(0, 0.25), (3.6, 0.25, 0.1), (4.1, 0.0, 0.1), (4.38, 0.35, 0.5), (4.42, 7.8, 0.1), (4.55, 8.0)], coat)
    lathe([(4.32, 7.95), (4.3, 0.8, 0.6), (0, 0.6)], inside)
    ring(4.46, 0.13, rim, at=(0, 0, 8.0))
    arc = [(4.3 + 2.75 * math.cos(t), 0, 4.2 + 2.55 * math.sin(t)) for t in [math.pi * (n / 8 - 0.5) for n in range(9)]]
    arc[0], arc[-1] = (4.2, 0, 1.75), (4.2, 0, 6.7)
    tube(arc, 0.45, coat, flat=(1.5, 0.5))


def with_coffee(colour):
    mug(colour)
    made = Nodes("coffee", "#23120a", 0.06, ior=1.33)
    lathe([(0, 6.55), (4.1, 6.55), (4.31, 6.6)], made.material)
    # Froth has drifted to one side.
    froth, chance = Nodes("froth", "#8f6744", 0.4).material, random.Random(4)
    for _ in range(46):
        a, r = chance.gauss(2.3, 0.55), 4.22 - abs(chance.gauss(0, 0.28))
        size = chance.uniform(0.03, 0.12)
        sphere(size, froth, at=(r * math.cos(a), r * math.sin(a), 6.57), scale=(1, 1, 0.5))


GOODS = [
    Goods(
        "enamel-mug",
        mug,
        {"": View(-38, 20, 0.62), "detail": View(-64, 16, close=(2.5, -1, 6), span=11), "coffee": View(-52, 44, 0.66)},
        ("green", "cream", "blue"),
        {"coffee": with_coffee},
    ),
]
