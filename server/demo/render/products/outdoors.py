"""Metal for outdoors: torch, bottle and lantern."""

import math

from goods import Goods
from materials import brass, glow, paint, pane, plain, rubber, steel, wood
from shapes import box, group, lathe, ring, sphere, tube
from studio import View


def _torch(colour):
    coat = paint(colour, 0.34)
    grip = rubber("#2a2c2e" if colour != "black" else "#0f1011")
    metal = steel(0.2)
    # 12.5 cm long; built upright.
    things = [
        lathe([(0, 0), (1.1, 0, 0.1), (1.25, 0.15, 0.1), (1.25, 1.2, 0.1), (1.1, 1.35, 0.05)], coat),
        lathe([(1.08, 1.3), (1.08, 1.6)], metal),
        lathe([(1.1, 1.55), (1.3, 1.65, 0.08), (1.3, 2.2, 0.08), (1.3, 7.6, 0.1), (1.2, 7.75, 0.05), (1.12, 7.85)], coat),
        lathe([(1.1, 7.8), (1.1, 8.1)], metal),
        lathe([(1.15, 8.05), (1.35, 8.15, 0.1), (1.4, 8.9, 0.4), (1.9, 10.2, 0.5), (1.95, 12.1, 0.1), (1.82, 12.4, 0.08), (1.7, 12.4, 0.05), (1.62, 11.9)], coat),
        lathe([(1.95, 11.55), (2.02, 11.6, 0.04), (2.02, 11.9, 0.04), (1.95, 11.95)], metal),
        lathe([(1.66, 11.95), (0.5, 10.4, 0.6), (0, 10.3)], steel(0.08)),
        sphere(0.3, glow("#fff3d6", 14), at=(0, 0, 10.6)),
        lathe([(1.66, 12.0), (0, 12.0)], pane()),
    ]
    for n in range(36):
        a = 2 * math.pi * n / 36
        things.append(box((0.1, 0.13, 4.9), grip, at=(1.3 * math.cos(a), 1.3 * math.sin(a), 4.9), turn=(0, 0, math.degrees(a)), edge=0.04, segments=2))
    for z in (9.2, 9.55, 9.9):
        things.append(ring(1.48 + (z - 9.0) * 0.42, 0.07, coat, at=(0, 0, z)))
    # The button and its collar face the camera.
    things.append(lathe([(0.62, 0), (0.62, 0.24, 0.06), (0.48, 0.28, 0.04), (0.46, 0.1)], metal, at=(0, -1.18, 7.0 + 1.6), turn=(90, 0, 0), steps=64))
    things.append(lathe([(0.46, 0), (0.46, 0.3, 0.1), (0, 0.36)], rubber("#b04a2c"), at=(0, -1.18, 8.6), turn=(90, 0, 0), steps=64))
    return things


def torch(colour):
    group(_torch(colour), at=(-6, 0, 2.0), turn=(0, 90, 0))


def torch_upright(colour):
    group(_torch(colour))


COATS = {"green": "#8fa287", "blue": "#2a3f5e", "cream": "#e6dcc6"}


def _flask(colour):
    """The bottle without its lid."""
    coat = paint(COATS[colour], 0.42)
    metal, seal = steel(0.22, "Z"), rubber("#202224")
    # 0.5 litres: 7 cm wide, 23 cm to the lid.
    lathe([(0, 0.15), (3.0, 0.15), (3.1, 0, 0.1), (3.5, 0.1, 0.3), (3.52, 0.9, 0.05)], metal)
    lathe([(3.5, 0.9), (3.55, 0.95, 0.04), (3.55, 16.6, 1.6), (2.35, 19.0, 0.8), (2.3, 19.6, 0.05), (2.2, 19.65)], coat)
    lathe([(2.18, 19.5), (2.2, 20.3)], metal)
    lathe([(2.25, 20.15), (2.4, 20.2, 0.05), (2.4, 20.5, 0.05), (2.2, 20.55)], seal)


def _lid():
    metal = steel(0.22, "Z")
    lid = [lathe([(2.3, 20.5), (2.55, 20.55, 0.08), (2.55, 22.7, 0.2), (2.2, 22.95, 0.15), (0, 23.0)], wood("beech", "Z", 0.5, 1.6))]
    loop = [(-2.3, 0, 22.0), (-2.6, 0, 23.2), (-1.6, 0, 24.7), (0, 0, 25.1), (1.6, 0, 24.7), (2.6, 0, 23.2), (2.3, 0, 22.0)]
    lid.append(tube(loop, 0.3, plain("#6b4a2f", 0.6), flat=(1.5, 0.32)))
    for x in (-2.55, 2.55):
        lid.append(lathe([(0, 0), (0.42, 0, 0.05), (0.36, 0.22, 0.08), (0, 0.26)], metal, at=(x, 0, 22.0), turn=(0, 90 if x > 0 else -90, 0), steps=48))
    return lid


def bottle(colour):
    _flask(colour)
    _lid()


def bottle_open(colour):
    """The lid stands beside it; the mouth is bare steel."""
    _flask(colour)
    metal = steel(0.2)
    lathe([(2.18, 20.2), (2.2, 21.7, 0.1), (2.08, 21.78, 0.08), (1.98, 21.4), (1.96, 19.4, 0.3), (3.2, 16.4, 1.4), (3.25, 1.2, 0.6), (0, 1.0)], metal)
    for n in range(3):
        ring(2.2, 0.06, metal, at=(0, 0, 20.8 + 0.26 * n))
    group(_lid(), at=(7.4, -3.2, -20.5), turn=(0, 0, 38))


def lantern(colour):
    """A hurricane lantern: tank, burner, globe, chimney and two side tubes. 15 by 30 cm."""
    coat = paint(colour, 0.3)
    metal, gold = steel(0.25), brass(0.22)
    lathe([(0, 0.1), (5.0, 0.1), (5.3, 0, 0.1), (5.9, 0.2, 0.25), (6.0, 1.0, 0.3), (5.8, 3.2, 0.6), (4.6, 4.2, 0.6), (2.6, 4.8, 0.3), (2.4, 5.4, 0.1), (0, 5.4)], coat)
    ring(5.95, 0.16, coat, at=(0, 0, 1.2))
    lathe([(0.9, 0), (0.95, 0.8, 0.1), (0.8, 0.95, 0.1), (0, 1.0)], gold, at=(3.9, -1.6, 4.0), turn=(8, 14, 0), steps=48)
    # Burner and its perforated plate.
    lathe([(0, 5.3), (2.5, 5.35), (2.9, 5.7, 0.2), (3.2, 6.3, 0.2), (3.3, 6.5, 0.1), (3.1, 6.6, 0.05), (1.3, 6.6, 0.2), (0.9, 7.6, 0.3), (0.55, 7.9), (0, 7.9)], gold)
    for n in range(24):
        a = 2 * math.pi * n / 24
        sphere(0.17, plain("black"), at=(2.72 * math.cos(a), 2.72 * math.sin(a), 5.62))
    box((0.75, 0.12, 0.6), plain("#e8e0cf", 0.9), at=(0, 0, 8.0), edge=0.02)
    flame = [(0, 8.0), (0.28, 8.2, 0.2), (0.42, 8.8, 0.4), (0.2, 9.8, 0.5), (0, 10.6)]
    lathe(flame, glow("#ffb45a", 16), steps=48)
    tube([(1.6, -1.8, 6.0), (4.4, -4.9, 5.6)], 0.12, gold, smooth=False)
    lathe([(0.5, 0), (0.55, 0.12, 0.05), (0.5, 0.24, 0.05), (0, 0.26)], gold, at=(4.3, -4.8, 5.6), turn=(90, 0, 42), steps=40)
    # The globe.
    lathe([(2.9, 6.7, 0.1), (3.4, 7.6, 0.8), (4.3, 10.6, 2.2), (3.3, 14.6, 1.6), (2.7, 15.8, 0.3), (2.7, 16.2)], pane("#fbfdfa"))
    # Chimney and cap.
    lathe([(2.55, 15.7), (3.3, 15.9, 0.2), (3.4, 16.5, 0.2), (2.9, 17.2, 0.4), (2.2, 18.0, 0.5), (2.1, 20.0, 0.2), (2.6, 20.4, 0.1)], coat)
    for n in range(14):
        a = 2 * math.pi * n / 14
        box((0.3, 0.5, 1.0), plain("black"), at=(2.12 * math.cos(a), 2.12 * math.sin(a), 19.1), turn=(0, 0, math.degrees(a)), edge=0.1)
    lathe([(2.4, 20.3), (3.5, 20.2, 0.15), (3.4, 20.9, 0.4), (1.6, 21.9, 0.6), (1.0, 22.3, 0.3), (0, 22.5)], coat)
    ring(0.75, 0.14, metal, at=(0, 0, 23.1), turn=(90, 0, 0))
    # The tubes that give it its shape, from tank to chimney.
    for side in (-1, 1):
        tube(
            [(side * 5.2, 0, 3.4), (side * 6.4, 0, 5.0), (side * 6.7, 0, 8.0), (side * 6.6, 0, 13.0), (side * 6.0, 0, 17.0), (side * 4.4, 0, 19.0), (side * 2.0, 0, 19.6)],
            0.62,
            coat,
        )
        lathe([(0, 0), (0.5, 0, 0.1), (0.4, 0.3, 0.1), (0, 0.35)], metal, at=(side * 6.9, 0, 15.2), turn=(0, side * 90, 0), steps=40)
        for z in (9.5, 13.2):
            tube([(side * 6.5, 0.1, z), (side * 4.4, -3.0, z), (0, -4.75, z)], 0.1, metal)
            tube([(side * 6.5, 0.1, z), (side * 4.4, 3.0, z), (0, 4.75, z)], 0.1, metal)
    bail = [(7.0 * math.cos(a), 0, 15.2 + 13.0 * math.sin(a)) for a in [math.pi * n / 16 for n in range(17)]]
    tube(bail, 0.17, metal)


GOODS = [
    Goods(
        "ridge-torch",
        torch,
        {"": View(-32, 26, 0.8), "front": View(-64, 18, 0.7), "upright": View(-24, 24, 0.8)},
        ("green", "black"),
        {"upright": torch_upright},
    ),
    Goods(
        "steel-bottle",
        bottle,
        {"": View(24, 12, 0.8), "detail": View(30, 16, close=(0, -1, 20.5), span=13), "open": View(0, 26, 0.82)},
        ("green", "blue", "cream"),
        {"open": bottle_open},
    ),
    Goods(
        "storm-lantern",
        lantern,
        {"": View(-24, 13, 0.82), "side": View(52, 18, 0.82), "detail": View(-30, 16, close=(0, -2, 10), span=17)},
        ("red", "black"),
    ),
]
