"""Seats of wood: the stool and the chair."""

import math

from goods import Goods
from materials import wood
from shapes import grid, lathe, tube, upended
from studio import View


def _leg(top, foot, thick, thin, material):
    """A round leg, thickest a third down."""
    points, radii = [], []
    for n in range(9):
        t = n / 8
        points.append(tuple(a + (b - a) * t for a, b in zip(top, foot)))
        radii.append((thin + (thick - thin) * math.sin(math.pi * min(t * 0.9 + 0.22, 1)) ** 0.8) / thick)
    return tube(points, thick, material, radii=radii, smooth=False)


def stool(kind):
    seat, legs = wood(kind, "X", 0.5, 0.55), wood(kind, "Z", 0.5, 0.55)
    # 45 cm high; the seat is 34 cm across and a little hollow.
    lathe([(0, 41.2), (14.2, 41.2, 0.6), (16.6, 42.2, 1.0), (17.0, 43.6, 0.9), (16.3, 45.0, 0.8), (13.5, 44.6, 3.0), (0, 43.9)], seat)
    feet = []
    for n in range(3):
        a = math.radians(120 * n + 90)
        top = (10.2 * math.cos(a), 10.2 * math.sin(a), 42.0)
        foot = (17.2 * math.cos(a), 17.2 * math.sin(a), 0)
        feet.append((top, foot))
        _leg(top, foot, 1.95, 1.35, legs)
        # The tenon shows in the seat, with its wedge.
        lathe([(0, 43.6), (1.25, 43.6), (1.25, 44.32, 0.1), (0, 44.36)], legs, at=(9.8 * math.cos(a), 9.8 * math.sin(a), 0), steps=48)
    spots = []
    for (top, foot), t in zip(feet, (0.62, 0.62, 0.62)):
        spots.append(tuple(a + (b - a) * t for a, b in zip(top, foot)))
    for n in range(3):
        a, b = spots[n], spots[(n + 1) % 3]
        lift = (0, 0, (n - 1) * 2.6)
        tube([tuple(p + q for p, q in zip(a, lift)), tuple(p + q for p, q in zip(b, lift))], 0.95, legs, smooth=False)


def chair(kind):
    flat, long, deep = wood(kind, "X", 0.48, 0.5), wood(kind, "Z", 0.48, 0.5), wood(kind, "Y", 0.48, 0.5)
    # 45 wide, 47 deep, seat at 45, back at 82.
    rows = []
    for n in range(25):
        v = n / 24
        y = -22.5 + 44 * v
        half = 22.5 - 2.2 * v
        row = []
        for m in range(25):
            u = 2 * m / 24 - 1
            hollow = 1.3 * (1 - u * u) * math.sin(math.pi * min(v * 1.15, 1))
            round_front = -1.4 * max(0, (0.12 - v) / 0.12) ** 2
            row.append((u * half, y, 45 - hollow + round_front))
        rows.append(row)
    seat = grid(rows, flat, thickness=2.2)
    seat.modifiers["sheet"].offset = -1
    bevel = seat.modifiers.new("bevel", "BEVEL")
    bevel.width, bevel.segments, bevel.angle_limit = 0.7, 3, math.radians(50)
    for side in (-1, 1):
        _leg((side * 18.2, -17.5, 43.6), (side * 20.5, -20.5, 0), 2.1, 1.5, long)
        # Hind leg and post are one piece, bent back.
        tube(
            [(side * 20.0, 24.0, 0), (side * 18.9, 20.6, 24), (side * 18.4, 19.4, 44), (side * 18.6, 21.2, 62), (side * 19.0, 25.2, 83)],
            2.0,
            long,
            radii=[0.72, 0.95, 1.05, 0.92, 0.74],
        )
        tube([(side * 19.5, -19.2, 19), (side * 19.1, 21.3, 19)], 1.15, deep, smooth=False)
    tube([(-19.4, 1, 19), (19.4, 1, 19)], 1.15, flat, smooth=False)
    tube([(-18.6, -17.5, 40.6), (18.6, -17.5, 40.6)], 1.25, flat, smooth=False)

    def slat(z, tall):
        rows = []
        for n in range(7):
            v = n / 6
            zz = z + (v - 0.5) * tall
            y = 20.6 + (zz - 58) * 0.19
            row = []
            for m in range(33):
                u = 2 * m / 32 - 1
                crown = 1.1 * (1 - u * u) * (1 if v > 0.5 else 0.2) * abs(2 * v - 1)
                row.append((u * 18.6, y + 3.4 * (1 - u * u), zz + crown))
            rows.append(row)
        made = grid(rows, flat, thickness=1.5)
        bevel = made.modifiers.new("bevel", "BEVEL")
        bevel.width, bevel.segments, bevel.angle_limit = 0.5, 3, math.radians(50)

    slat(77, 8.5)
    slat(66, 5.5)
    slat(56.5, 5.5)


GOODS = [
    Goods(
        "three-leg-stool",
        stool,
        {"": View(22, 18, 0.8), "above": View(-20, 46, 0.76), "beneath": View(22, 30, 0.8)},
        ("oak", "black"),
        {"beneath": upended(stool)},
    ),
    Goods(
        "plain-chair",
        chair,
        {"": View(-34, 15, 0.84), "back": View(-148, 17, 0.84), "side": View(-80, 9, 0.84)},
        ("oak", "walnut", "ash"),
    ),
]
