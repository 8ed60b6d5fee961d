"""The rope, in a coil that is wrapped at the head."""

import math

from goods import Goods
from materials import Nodes, linear, plain, shade
from shapes import laid, ring, tube
from studio import View

DYE = {"blue": "#31587f", "red": "#9b3328"}


def _fibre(colour):
    made = Nodes("polyester", colour, 0.55, sheen_weight=0.3)
    place = made.place()
    base = linear(colour)
    made.colour(made.ramp(made.noise(place, 9, 3, 0.7), (0.3, shade(base, 0.72)), (0.7, shade(base, 1.2))))
    made.bump(made.noise(place, 16, 2), 0.03, 0.5)
    return made.material


def rope(colour):
    material = _fibre(DYE[colour])
    # 10 mm three-strand, laid in a flat coil of rings some 26 cm wide, as sold.
    path, turns, per = [], 9, 90
    plan = [(11.3, 0.55), (10.2, 0.6), (12.3, 0.6), (10.8, 1.5), (11.9, 1.55), (9.9, 1.6), (11.2, 2.4), (12.4, 1.7), (10.5, 2.45), (11.6, 3.2)]
    for n in range(turns * per + 1):
        turn = n / per
        k = min(int(turn), len(plan) - 2)
        t = turn - k
        ease = t * t * t * (t * (6 * t - 15) + 10)
        r = plan[k][0] * (1 - ease) + plan[k + 1][0] * ease
        z = plan[k][1] * (1 - ease) + plan[k + 1][1] * ease
        a = 2 * math.pi * turn - 0.6
        wob = 0.12 * math.sin(3 * a + k) + 0.08 * math.sin(5 * a + 2 * k)
        path.append(((r + wob) * math.cos(a), (r + wob) * math.sin(a), z))
    # The end comes away from the coil.
    a = 2 * math.pi * turns - 0.6
    last = path[-1]
    for n in range(1, 46):
        t = n / 45
        b = a + 0.95 * t
        r = 11.6 + 6.2 * t * t
        path.append((r * math.cos(b), r * math.sin(b), last[2] * (1 - t) ** 1.5 + 0.52 * (1 - (1 - t) ** 1.5)))
    laid(path, 3, 0.27, 3.4, material, around=12)
    # Whipping on the end.
    (x0, y0, _), (x1, y1, z1) = path[-4], path[-1]
    cord = plain("#e4dcc8", 0.8)
    heading = math.degrees(math.atan2(y1 - y0, x1 - x0))
    for k in range(7):
        t = k * 0.14
        ring(0.57, 0.085, cord, at=(x1 - math.cos(math.radians(heading)) * (t + 0.25), y1 - math.sin(math.radians(heading)) * (t + 0.25), z1), turn=(0, 90, heading))
    # Three bands of cord hold the coil.
    for degrees in (62, 182, 302):
        b = math.radians(degrees)
        for k in range(5):
            c = b + (k - 2) * 0.024
            loop = [(11.2 + 2.0 * math.cos(t), 1.75 + 1.75 * math.sin(t)) for t in [2 * math.pi * m / 14 for m in range(14)]]
            points = [(r * math.cos(c), r * math.sin(c), max(z, 0.02)) for r, z in loop]
            tube(points, 0.13, cord, closed=True)


GOODS = [
    Goods(
        "holdfast-rope",
        rope,
        {"": View(20, 38, 0.82), "above": View(-30, 72, 0.82), "detail": View(34, 26, close=(4, -11, 1.5), span=14)},
        ("blue", "red"),
    ),
]
