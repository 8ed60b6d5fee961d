"""Thrown and glazed: bowl, teapot and vase."""

import math
import random

from goods import Goods
from materials import clay, glaze, pile, plain, steel
from mathutils import Vector
from shapes import box, flowing, grid, group, lathe, rumple, tube, upended
from studio import View

GLAZES = {
    "sand": ("#d3c2a2", "#6b5138", 0.7),
    "blue": ("#4f6f8a", "#1f2d3a", 0.5),
    "white": ("#e8e3d8", "#7d6a52", 0.6),
    "green": ("#66806a", "#2c3b30", 0.5),
    "pink": ("#cf9d93", "#7a4d42", 0.5),
    "grey": ("#545c62", "#22262a", 0.4),
}


def _glaze(colour):
    return glaze(*GLAZES[colour])


def bowl(colour):
    # 15 cm wide, 7 cm high, a foot that is not glazed.
    lathe([(0, 0.35), (3.0, 0.35), (3.1, 0, 0.1), (3.7, 0, 0.15), (3.8, 0.9, 0.2)], clay())
    body = lathe(
        [(3.78, 0.8), (4.2, 1.0, 0.4), (6.4, 3.0, 2.5), (7.35, 6.6, 0.3), (7.5, 7.0, 0.2), (7.25, 7.05, 0.15), (7.0, 6.6, 0.3), (6.0, 3.2, 2.5), (3.6, 1.5, 1.2), (0, 1.35)],
        _glaze(colour),
    )
    rumple(body, 0.09, 5)


def _spout(material):
    """A tube that narrows towards a cut lip."""
    path = [(5.6, 3.6), (7.4, 4.6), (8.7, 6.4), (9.7, 8.6), (10.6, 10.0)]
    radii = [2.1, 1.55, 1.15, 0.92, 0.9]
    fine = flowing([(*point, radius) for point, radius in zip(path, radii)], 8)
    rows = []
    for n, (x, z, radius) in enumerate(fine):
        x0, z0, _ = fine[max(n - 1, 0)]
        x1, z1, _ = fine[min(n + 1, len(fine) - 1)]
        length = math.hypot(x1 - x0, z1 - z0)
        tx, tz = (x1 - x0) / length, (z1 - z0) / length
        lean = 0.0 if n < len(fine) - 1 else 0.35
        row = []
        for k in range(40):
            a = 2 * math.pi * k / 40
            u = radius * math.cos(a)
            row.append((x - tz * u + tx * lean * u, radius * math.sin(a), z + tx * u + tz * lean * u))
        rows.append(row)
    return grid(rows, material, closed_v=True, thickness=0.28, subdivide=1)


def _pot(coat):
    """The teapot without its lid."""
    # 0.7 litres: 14 cm wide, 13 cm high without the knob.
    lathe([(0, 0.2), (3.6, 0.2), (3.7, 0, 0.1), (4.3, 0, 0.15), (4.4, 0.7, 0.1)], clay())
    lathe(
        [(4.38, 0.6), (4.8, 0.9, 0.4), (7.2, 4.2, 3.4), (6.6, 8.6, 3.0), (3.9, 10.4, 0.8), (3.7, 10.75, 0.15), (3.4, 10.7, 0.1), (3.3, 10.2)],
        coat,
    )
    _spout(coat)
    arc = [(-6.0, 0, 8.5), (-7.6, 0, 9.5), (-9.6, 0, 9.0), (-10.6, 0, 7.0), (-10.0, 0, 4.8), (-8.4, 0, 3.4), (-6.6, 0, 3.1)]
    tube(arc, 0.72, coat, radii=[1.25, 1.0, 0.95, 0.95, 0.95, 1.0, 1.2])


def _lid(coat):
    return lathe([(3.45, 10.62, 0.1), (3.4, 10.95, 0.3), (2.2, 11.9, 1.2), (0.75, 12.3, 0.3), (0.62, 12.7, 0.25), (1.15, 13.3, 0.5), (0.9, 13.85, 0.4), (0, 13.95)], coat)


def teapot(colour):
    coat = _glaze(colour)
    _pot(coat)
    _lid(coat)


def teapot_open(colour):
    """The lid lies before it; the strainer hangs in the mouth."""
    coat, metal = _glaze(colour), steel(0.25)
    _pot(coat)
    lathe([(3.4, 10.6), (3.3, 10.2, 0.2), (3.25, 9.9), (4.4, 9.3, 0.8), (6.4, 7.6, 1.5), (6.7, 4.4, 2.5), (4.2, 1.3, 0.8), (0, 1.1)], coat)
    lathe([(3.62, 10.78), (3.66, 10.86, 0.03), (3.3, 10.9, 0.06), (2.95, 10.7, 0.1), (2.85, 5.2, 0.6), (0, 5.0)], metal)
    black = plain("#191a1b", 0.8)
    for row in range(9):
        for n in range(30):
            a = 2 * math.pi * (n + 0.5 * (row % 2)) / 30
            box((0.05, 0.2, 0.2), black, at=(2.9 * math.cos(a), 2.9 * math.sin(a), 9.9 - 0.45 * row), turn=(0, 0, math.degrees(a)), edge=0)
    group([_lid(coat)], at=(6.5, -8.6, -10.62))


def vase(colour):
    lathe([(0, 0.2), (3.4, 0.2), (3.5, 0, 0.1), (4.2, 0, 0.15), (4.3, 0.9, 0.1)], clay())
    outside = [(4.28, 0.8), (5.2, 1.9), (6.9, 5.0), (7.6, 9.0), (6.9, 13.0), (4.6, 16.2), (2.7, 18.4), (2.25, 20.4), (2.6, 22.4), (3.15, 23.4)]
    inside = [(2.85, 23.3), (2.3, 22.3), (1.95, 20.4), (2.2, 18.0)]
    body = lathe([*flowing(outside), (3.05, 23.55), *flowing(inside)], _glaze(colour))
    rumple(body, 0.1, 6)


def with_catkins(colour):
    """Three branches of pussy willow."""
    vase(colour)
    bark, down, scale = plain("#5b4030", 0.7), pile("#c9c6bd", 16, 0.05), plain("#4a3123", 0.5)
    chance = random.Random(5)
    for turn, lean, high in ((196, 0.34, 19), (325, 0.22, 25), (80, 0.3, 15)):
        a = math.radians(turn)
        spots = []
        for n in range(9):
            t = n / 8
            out = -1.2 + 1.9 * t + lean * high * t**1.7
            side = 0.5 * math.sin(5 * t + turn)
            spots.append(Vector((out * math.cos(a) - side * math.sin(a), out * math.sin(a) + side * math.cos(a), 16 + (7.5 + high) * t)))
        tube([tuple(spot) for spot in spots], 0.27, bark, radii=[1 - 0.055 * n for n in range(9)])
        count = high // 3
        for n in range(count + 1):
            t = 0.42 + 0.58 * n / count
            at = min(int(t * 8), 7)
            along = (spots[at + 1] - spots[at]).normalized()
            spot = spots[at].lerp(spots[at + 1], t * 8 - at)
            b = n * 2.4 + chance.uniform(-0.3, 0.3)
            across = along.cross(Vector((math.cos(b), math.sin(b), 0.2))).normalized()
            heading = (along + across * (0.55 if n < count else 0.0)).normalized()
            size = chance.uniform(1.0, 1.3)
            aim = heading.to_track_quat("Z", "Y").to_euler()
            angles = tuple(math.degrees(angle) for angle in aim)
            foot = spot + across * (0.2 if n < count else 0.0)
            lathe([(0, 0), *flowing([(0.2, 0.05), (0.5, 0.55), (0.52, 1.1), (0.34, 1.75), (0.1, 2.1)]), (0, 2.12)], down, at=tuple(foot), turn=angles, steps=32).scale = (size,) * 3
            lathe([(0, -0.05), *flowing([(0.18, 0), (0.42, 0.3), (0.46, 0.55)])], scale, at=tuple(foot - heading * 0.06), turn=angles, steps=24).scale = (size,) * 3


GOODS = [
    Goods(
        "stoneware-bowl",
        bowl,
        {"": View(0, 24, 0.66), "above": View(0, 62, 0.64), "foot": View(0, 28, 0.66)},
        ("sand", "blue"),
        {"foot": upended(bowl)},
    ),
    Goods(
        "stoneware-teapot",
        teapot,
        {"": View(-18, 17, 0.74), "side": View(-160, 24, 0.74), "open": View(-24, 36, 0.8)},
        ("green", "white", "pink"),
        {"open": teapot_open},
    ),
    Goods(
        "stoneware-vase",
        vase,
        {"": View(0, 14, 0.76), "catkins": View(0, 12, 0.86), "detail": View(0, 20, close=(0, 0, 19.2), span=15)},
        ("grey", "white"),
        {"catkins": with_catkins},
    ),
]
