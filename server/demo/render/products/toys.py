"""Turned and sawn for playing: the yo-yo and the blocks."""

import math

from goods import Goods
from materials import paint, plain, wood
from shapes import box, flowing, group, lathe, plate, rounded, tube
from studio import View

LACQUER = {"red": "#a8322a", "blue": "#2d5680", "yellow": "#d8a02e", "green": "#3e6a4f"}


def yo_yo(colour):
    coat, bare = paint(LACQUER[colour], 0.24), wood("beech", "Z", 0.42, 2.5)
    cord = plain("#ece4d2", 0.8)
    rim = flowing([(1.2, 0.25), (2.3, 0.5), (2.75, 1.0), (2.72, 1.5), (2.3, 1.85), (1.9, 1.86)])

    def half(turn):
        shell = lathe([(0.35, 0.15), (0.9, 0.2), *rim, (1.8, 1.8), (1.75, 1.7)], coat)
        inlay = lathe([(1.78, 1.66), (1.5, 1.74, 0.2), (0.5, 1.62, 0.3), (0, 1.6)], bare)
        return group([shell, inlay], turn=(turn, 0, 0))

    axle = lathe([(0.36, -0.3), (0.36, 0.3)], bare)
    wound = lathe([(1.5, -0.24, 0.05), (1.62, -0.1, 0.05), (1.62, 0.1, 0.05), (1.5, 0.24)], cord)
    group([half(0), half(180), axle, wound], at=(0, 0, 2.75), turn=(90, 0, 0))
    tail = [(0.4, 0, 0.95 + 0.2), (2.4, 0.3, 0.12), (5.0, -1.0, 0.07), (6.6, -2.8, 0.07), (5.2, -4.4, 0.07), (3.6, -3.6, 0.07), (4.4, -2.2, 0.07), (6.4, -2.4, 0.14), (8.0, -3.2, 0.07)]
    tube(tail, 0.07, cord)
    loop = [(8.7 + 0.75 * math.cos(a), -3.4 + 0.6 * math.sin(a), 0.07) for a in [2 * math.pi * n / 12 for n in range(12)]]
    tube(loop, 0.07, cord, closed=True)


def blocks(_):
    """A tower of beech and lacquered blocks: cubes of 4 cm, bars, half rounds and a roof."""
    beech = wood("beech", "X", 0.5, 1.6)
    ash = wood("ash", "X", 0.5, 1.6)
    red, blue, yellow, green = (paint(LACQUER[name], 0.4) for name in ("red", "blue", "yellow", "green"))
    edge = 0.16

    def cube(x, y, z, material, size=(4, 4, 4), turn=0):
        return box(size, material, at=(x, y, z + size[2] / 2), turn=(0, 0, turn), edge=edge)

    def arch(x, y, z, material):
        outline = [(-4, 0), (-4, 4), (4, 4), (4, 0), (2, 0)] + [(2 * math.cos(a), 2 * math.sin(a)) for a in [math.pi * n / 24 for n in range(1, 24)]] + [(-2, 0)]
        return plate(outline, 4, material, at=(x, y + 2, z), turn=(90, 0, 0), edge=edge)

    def roof(x, y, z, material, half=4.0, high=3.4):
        outline = rounded([(-half, 0, 0.15), (half, 0, 0.15), (0, high, 0.2)], closed=True)
        return plate(outline, 4, material, at=(x, y + 2, z), turn=(90, 0, 0), edge=edge)

    def pillar(x, y, z, material, high=8):
        return lathe([(0, 0), (1.6, 0, 0.15), (1.6, high, 0.15), (0, high)], material, at=(x, y, z), steps=72)

    cube(-6, 0, 0, beech)
    cube(-6, 0, 4, blue, turn=4)
    cube(6, 0, 0, ash, turn=-3)
    cube(6, 0, 4, red, turn=2)
    arch(0, 0, 0, green)
    cube(0, 0, 4, beech)
    box((16, 4, 2), ash, at=(0, 0, 9), edge=edge, turn=(0, 0, -1))
    pillar(-4.6, 0, 10, yellow, 6)
    pillar(4.6, 0, 10, beech, 6)
    box((13, 4, 2), beech, at=(0, 0, 17), edge=edge, turn=(0, 0, 1.5))
    roof(0, 0, 18, red)
    cube(-9.5, -6.2, 0, yellow, turn=24)
    pillar(-3.2, -7.0, 0, blue, 4)
    group([roof(0, 0, 0, beech)], at=(8.4, -6.6, 0), turn=(0, 0, -22))


GOODS = [
    Goods(
        "turned-yo-yo",
        yo_yo,
        {"": View(-48, 20, 0.72), "above": View(-30, 52, 0.74), "side": View(-96, 16, 0.74)},
        ("red", "blue", "yellow", "green"),
    ),
    Goods(
        "building-blocks",
        blocks,
        {"": View(-24, 16, 0.82), "above": View(-42, 40, 0.8), "detail": View(-18, 12, close=(0, -2, 12), span=19)},
    ),
]
