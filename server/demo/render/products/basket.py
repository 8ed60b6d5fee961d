"""The willow basket, rod by rod."""

import math

from goods import Goods
from materials import Nodes, linear, shade
from shapes import laid, lathe, tube
from studio import View



def _willow(code):
    made = Nodes("willow", code, 0.42)
    base = linear(code)
    place = made.place()
    made.colour(made.ramp(made.noise(place, 0.5, 5, 0.7), (0.25, shade(base, 0.62)), (0.75, shade(base, 1.25))))
    made.bump(made.noise(place, 6, 3), 0.03, 0.4)
    return made.material


def _radius(z):
    """Of the wall, at a height."""
    return 15.5 + 4.2 * math.sin(min(z / 22, 1) * math.pi / 2)


def basket(_):
    rods = [_willow(code) for code in ("#a9794a", "#9c6c40", "#b58652")]
    thick = _willow("#8a5c35")
    stakes, high = 30, 22.0

    def weave_row(z, phase, radius, rod, material):
        points, steps = [], stakes * 4
        for n in range(steps):
            a = 2 * math.pi * n / steps
            wave = math.cos(stakes / 2 * a + phase)
            r = radius + 0.62 * wave
            points.append((r * math.cos(a), r * math.sin(a), z + 0.06 * math.sin(3 * a + 5 * z)))
        curve = tube(points, rod, material, closed=True)
        curve.data.resolution_u, curve.data.bevel_resolution = 3, 3

    for n in range(stakes):
        a = 2 * math.pi * n / stakes
        points = [(_radius(z) * math.cos(a), _radius(z) * math.sin(a), z) for z in (0.4, 5, 10, 15, 20, high + 0.6)]
        tube(points, 0.36, thick)
    rows = 29
    for row in range(rows):
        z = 0.7 + row * (high - 1.2) / (rows - 1)
        weave_row(z, math.pi * (row % 2), _radius(z), 0.41, rods[(row * 7 + row // 3) % 3])
    # Foot and border are plaited from three rods.
    for z, r, size in ((0.5, 15.7, 0.36), (high + 0.5, _radius(high) + 0.05, 0.5)):
        ring = [(r * math.cos(a), r * math.sin(a), z) for a in [2 * math.pi * n / 360 for n in range(361)]]
        laid(ring, 4, size, 5.5, rods[0], around=10)
    # The floor.
    for n in range(34):
        r = 0.6 + n * 0.44
        weave_row(0.9, math.pi * (n % 2), r, 0.3, rods[n % 3]) if n > 8 else None
    lathe([(0, 0.8), (15, 0.8)], thick)
    # The handle: a bow wrapped by thinner rods.
    bow = []
    for n in range(181):
        a = math.pi * n / 180
        bow.append(((_radius(high) - 0.2) * math.cos(a), 0, high - 3 + 21 * math.sin(a) ** 0.8))
    laid(bow, 4, 0.52, 7.0, rods[2], around=10)
    for side in (-1, 1):
        x = side * (_radius(high) - 0.1)
        for k in range(5):
            z = high - 2.0 + k * 0.85 + 1.2
            points = [(x - side * 0.2 + 1.25 * math.cos(a), 1.25 * math.sin(a), z + 0.15 * math.sin(a)) for a in [2 * math.pi * n / 12 for n in range(12)]]
            tube(points, 0.26, rods[1], closed=True)


GOODS = [
    Goods(
        "willow-basket",
        basket,
        {"": View(-32, 22, 0.82), "above": View(-58, 52, 0.8), "detail": View(-30, 16, close=(2, -19, 16), span=24)},
    ),
]
