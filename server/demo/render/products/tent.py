"""The ridge tent, pitched on a light ground sheet."""

import math

from goods import Goods
from materials import Nodes, plain, shade, steel
from shapes import box, grid, tube
from studio import View

FLY = {"green": "#5d7352", "yellow": "#cf9c34"}
HALF, LONG, HIGH = 80.0, 105.0, 118.0


def _cloth(colour, dim=1.0):
    made = Nodes("ripstop", shade(colour, dim), 0.62, sheen_weight=0.15)
    place = made.place()
    one = made.wave(place, 0.35, "Y", 0.0)
    made.bump(one, 0.1, 0.12)
    made.bump(made.noise(place, 0.03, 3), 3.0, 0.35)
    return made.material


def _slope(side, material, low=3.0, overhang=7.0):
    """One half of the fly: it hangs a little between ridge, corners and pegs."""
    rows = []
    for n in range(41):
        v = n / 40
        y = -LONG + 2 * LONG * v
        ends = abs(2 * v - 1)
        row = []
        for m in range(33):
            u = m / 32
            x = (HALF + overhang) * u
            z = HIGH - (HIGH - low) * u
            sag = 5.2 * math.sin(math.pi * u) * (1 - 0.35 * ends)
            ridge = 3.4 * math.sin(math.pi * v) * (1 - u)
            # Between its pegs the hem curves in.
            hem = 3.2 * u**4 * abs(math.sin(2 * math.pi * v))
            pull = 7.0 * (u**2) * (1 if v > 0.5 else -1) * ends**3
            row.append((side * (x - sag * 0.55 - hem), y + pull, z - sag * 0.75 - ridge + hem * 0.7))
        rows.append(row)
    return grid(rows, material, thickness=0.25)


def _door(end, side, material, open_to):
    """Half of a gable; the one in front is rolled aside."""
    rows = []
    for n in range(25):
        v = n / 24
        # The hind wall reaches the ground, so that no light comes in.
        z = 4 + (HIGH - 10) * v if end < 0 else 1 + (HIGH - 7) * v
        edge = (HALF - 1) * (1 - v)
        row = []
        for m in range(17):
            u = m / 16
            x = edge * (open_to + (1 - open_to) * u)
            fold = 1.6 * math.sin(u * 9 + v * 2) * (1 - v) * (1 if open_to else 0.25)
            row.append((side * x, end * (LONG - 7) - end * 2 * math.sin(math.pi * u) * (1 - v) + fold, z))
        rows.append(row)
    return grid(rows, material, thickness=0.2)


def tent(colour, door=(0.62, 0.55)):
    fly = _cloth(FLY[colour])
    inner = _cloth(FLY[colour], 0.9)
    floor = plain("#4d5052", 0.7)
    for side in (-1, 1):
        _slope(side, fly)
        _door(1, side, inner, 0.0)
        _door(-1, side, inner, door[side > 0])
    box((2 * HALF - 6, 2 * LONG - 18, 1.2), floor, at=(0, 0, 0.8), edge=0.4)
    # A mattress and a rolled bag give its size.
    pole = steel(0.35)
    for end in (-1, 1):
        tube([(0, end * (LONG - 3), 0), (0, end * (LONG - 3), HIGH + 7)], 1.1, pole, smooth=False)
    tape = plain("#2c2f2d", 0.7)
    tube([(0, -LONG - 1, HIGH + 0.6), (0, -LONG * 0.5, HIGH - 1.6), (0, 0, HIGH - 2.6), (0, LONG * 0.5, HIGH - 1.6), (0, LONG + 1, HIGH + 0.6)], 0.9, tape)
    line, peg = plain("#e3ddcc", 0.7), steel(0.3)

    def stay(a, b):
        tube([a, b], 0.38, line, smooth=False)
        x, y, _ = b
        dx, dy = b[0] - a[0], b[1] - a[1]
        far = math.hypot(dx, dy) or 1
        tube([(x, y, -1), (x + 2.5 * dx / far, y + 2.5 * dy / far, 7)], 0.55, peg, smooth=False)
        part = tuple(p + (q - p) * 0.72 for p, q in zip(a, b))
        box((1.0, 3.2, 1.0), tape, at=part, edge=0.2, turn=(0, 0, math.degrees(math.atan2(dy, dx)) - 90))

    for end in (-1, 1):
        stay((0, end * LONG, HIGH + 5), (0, end * (LONG + 62), 0))
        for side in (-1, 1):
            stay((side * (HALF + 8), end * (LONG + 6), 7), (side * (HALF + 26), end * (LONG + 20), 0))
    for side in (-1, 1):
        stay((side * (HALF + 5), 0, 8), (side * (HALF + 28), 0, 0))


GOODS = [
    Goods(
        "ridge-tent",
        tent,
        {"": View(-34, 14, 0.84), "closed": View(38, 15, 0.84), "front": View(0, 9, 0.84)},
        ("green", "yellow"),
        {"closed": lambda colour: tent(colour, (0.0, 0.0))},
    ),
]
