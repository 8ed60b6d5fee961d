"""Enamelled steel for the table: the mug and the milk pan."""

import math

from goods import Goods
from materials import enamel
from shapes import lathe, ring, tube
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


GOODS = [
    Goods(
        "enamel-mug",
        mug,
        {"": View(-38, 20, 0.62), "detail": View(-64, 16, close=(2.5, -1, 6), span=11)},
        ("green", "cream", "blue"),
    ),
]
