"""Thrown and glazed: bowl, teapot and vase."""

import math

from goods import Goods
from materials import clay, glaze
from shapes import flowing, grid, lathe, rumple, tube
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


def teapot(colour):
    coat = _glaze(colour)
    # 0.7 litres: 14 cm wide, 13 cm high without the knob.
    lathe([(0, 0.2), (3.6, 0.2), (3.7, 0, 0.1), (4.3, 0, 0.15), (4.4, 0.7, 0.1)], clay())
    lathe(
        [(4.38, 0.6), (4.8, 0.9, 0.4), (7.2, 4.2, 3.4), (6.6, 8.6, 3.0), (3.9, 10.4, 0.8), (3.7, 10.75, 0.15), (3.4, 10.7, 0.1), (3.3, 10.2)],
        coat,
    )
    lathe([(3.45, 10.62, 0.1), (3.4, 10.95, 0.3), (2.2, 11.9, 1.2), (0.75, 12.3, 0.3), (0.62, 12.7, 0.25), (1.15, 13.3, 0.5), (0.9, 13.85, 0.4), (0, 13.95)], coat)
    _spout(coat)
    arc = [(-6.0, 0, 8.5), (-7.6, 0, 9.5), (-9.6, 0, 9.0), (-10.6, 0, 7.0), (-10.0, 0, 4.8), (-8.4, 0, 3.4), (-6.6, 0, 3.1)]
    tube(arc, 0.72, coat, radii=[1.25, 1.0, 0.95, 0.95, 0.95, 1.0, 1.2])


def vase(colour):
    lathe([(0, 0.2), (3.4, 0.2), (3.5, 0, 0.1), (4.2, 0, 0.15), (4.3, 0.9, 0.1)], clay())
    outside = [(4.28, 0.8), (5.2, 1.9), (6.9, 5.0), (7.6, 9.0), (6.9, 13.0), (4.6, 16.2), (2.7, 18.4), (2.25, 20.4), (2.6, 22.4), (3.15, 23.4)]
    inside = [(2.85, 23.3), (2.3, 22.3), (1.95, 20.4), (2.2, 18.0)]
    body = lathe([*flowing(outside), (3.05, 23.55), *flowing(inside)], _glaze(colour))
    rumple(body, 0.1, 6)


GOODS = [
    Goods(
        "stoneware-bowl",
        bowl,
        {"": View(0, 24, 0.66), "above": View(0, 62, 0.64), "detail": View(20, 14, close=(3, -3, 3.4), span=12)},
        ("sand", "blue"),
    ),
    Goods(
        "stoneware-teapot",
        teapot,
        {"": View(-18, 17, 0.74), "side": View(-160, 24, 0.74), "detail": View(-30, 26, close=(0, -1, 10.5), span=14)},
        ("green", "white", "pink"),
    ),
    Goods(
        "stoneware-vase",
        vase,
        {"": View(0, 14, 0.76), "above": View(0, 40, 0.72), "detail": View(0, 16, close=(0, -2, 19.5), span=13)},
        ("grey", "white"),
    ),
]
