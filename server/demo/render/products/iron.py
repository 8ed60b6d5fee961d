"""The cast-iron pan."""

import math

from goods import Goods
from materials import Nodes, iron
from shapes import grid, group, lathe, plate, rounded, sphere
from studio import View


def pan(_):
    metal = iron()
    # 26 cm across the rim, 5 cm high, walls of 5 mm.
    lathe(
        [(0, 0.05), (9.8, 0.05), (10.2, 0, 0.2), (11.0, 0.1, 0.8), (13.0, 4.6, 0.5), (13.2, 4.95, 0.2), (12.85, 5.1, 0.2), (12.5, 4.7, 0.4), (10.6, 0.65, 0.9), (0, 0.6)],
        metal,
    )
    # The grip widens to an eye one hangs it by.
    eye = [(math.cos(a) * 1.75 + 25.0, math.sin(a) * 1.75) for a in [math.radians(d) for d in range(-120, 121, 12)]]
    outline = rounded([(12.0, 2.3), (14.0, 1.5, 2.0), (18.0, 1.15, 3.0), (22.6, 1.35, 2.0)][::-1])
    lower = [(x, -y) for x, y in outline[::-1]]
    shape = [*eye, *outline, *lower]
    hole = [(math.cos(a) * 1.15 + 24.6, math.sin(a) * 0.65) for a in [2 * math.pi * n / 40 for n in range(40)]]
    plate(shape, 1.05, metal, at=(0, 0, 4.0), turn=(0, -3, 0), edge=0.42, holes=[hole])
    # An ear to lift it with both hands.
    ear = rounded([(-12.2, 2.6), (-14.6, 1.9, 1.2), (-14.6, -1.9, 1.2), (-12.2, -2.6)])
    plate(ear, 0.75, metal, at=(0, 0, 4.05), edge=0.3)


def with_egg(_):
    """An egg that sets in it."""
    pan(_)
    made = Nodes("white of egg", "#e4ded0", 0.25, subsurface_weight=0.5, subsurface_scale=0.5)
    place = made.place()
    made.bump(made.noise(place, 0.7, 3), 0.12, 0.6)
    rows = []
    for n in range(17):
        t = n / 16
        row = []
        for m in range(96):
            a = 2 * math.pi * m / 96
            edge = 5.5 + 0.5 * math.sin(2 * a + 0.4) + 0.42 * math.sin(3 * a + 2) + 0.2 * math.sin(5 * a) + 0.1 * math.sin(9 * a + 1)
            r = edge * max(t, 0.004)
            # Thick around the yolk, thin towards its edge, which is raised a little.
            z = 0.62 + 0.5 * math.exp(-((r / 2.6) ** 2)) + 0.2 * (1 - t**6) + 0.05 * math.sin(4 * a) * t
            row.append((r * math.cos(a), r * math.sin(a), z))
        rows.append(row)
    low = [(x, y, 0.55) for x, y, _ in rows[-1]]
    white = grid([*rows, low], made.material, closed_v=True, subdivide=1)
    yolk = Nodes("yolk", "#e8921c", 0.12, subsurface_weight=0.4, subsurface_scale=0.6, coat_weight=0.4).material
    ball = sphere(1.9, yolk, at=(0.3, 0.2, 1.15), scale=(1, 1, 0.62))
    group([white, ball], at=(-1.4, -0.8, 0), turn=(0, 0, 35))


GOODS = [
    Goods(
        "iron-frying-pan",
        pan,
        {"": View(-35, 30, 0.8), "above": View(-60, 66, 0.78), "egg": View(-28, 46, 0.8)},
        laid={"egg": with_egg},
    ),
]
