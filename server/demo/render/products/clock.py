"""The alarm clock with two bells."""

import math

from goods import Goods
from materials import brass, paint, pane, plain, steel
from shapes import box, group, lathe, plate, sphere, text, tube
from studio import View


def _back(dark, metal, gold):
    """Three screws hold the movement; a knob for the time, one for the alarm, a slide, and the door of the battery."""
    back = [lathe([(0, -0.06), (3.75, -0.06, 0.04), (3.8, 0.1)], plain("#26272a", 0.55))]
    for degree in (90, 210, 330):
        a = math.radians(degree)
        x, y = 3.4 * math.cos(a), 3.4 * math.sin(a)
        back.append(lathe([(0, 0), (0.22, 0, 0.05), (0.24, 0.12), (0, 0.12)], metal, at=(x, y, -0.17), steps=40))
        back.append(box((0.36, 0.07, 0.04), dark, at=(x, y, -0.17), turn=(0, 0, degree + 25), edge=0))
    ink = plain("#d9d3c4", 0.7)
    for x, words in ((-1.75, "ALARM"), (1.75, "TIME")):
        back.append(lathe([(0, -0.95), (0.5, -0.95, 0.1), (0.58, -0.85, 0.06), (0.58, -0.35, 0.06), (0.3, -0.3), (0.3, 0)], gold, at=(x, 1.3, 0), steps=64))
        for n in range(24):
            a = 2 * math.pi * n / 24
            at = (x + 0.58 * math.cos(a), 1.3 + 0.58 * math.sin(a), -0.6)
            back.append(box((0.06, 0.07, 0.42), gold, at=at, turn=(0, 0, math.degrees(a)), edge=0.02, segments=1))
        # Letters are read from behind.
        back.append(text(words, 0.36, ink, at=(x, 0.35, -0.065), turn=(180, 0, 180), depth=0.004, spacing=1.1))
    back.append(box((1.1, 0.3, 0.1), plain("#131314", 0.7), at=(0, 2.3, -0.08), edge=0.03))
    back.append(box((0.35, 0.42, 0.4), metal, at=(0.3, 2.3, -0.2), edge=0.08))
    for x, words in ((-0.95, "OFF"), (0.95, "ON")):
        back.append(text(words, 0.3, ink, at=(-x, 2.3, -0.065), turn=(180, 0, 180), depth=0.004))
    # The door of the battery, with a rib for the thumb.
    back.append(box((4.7, 1.7, 0.14), plain("#2e2f32", 0.5), at=(0, -1.1, -0.1), edge=0.06))
    back += [box((0.09, 0.8, 0.1), plain("#202123", 0.5), at=(-1.9 + 0.18 * n, -1.1, -0.19), edge=0.03) for n in range(4)]
    back.append(text("1.5 V  AA", 0.36, ink, at=(-0.4, -1.1, -0.175), turn=(180, 0, 180), depth=0.004, spacing=1.1))
    return back


def clock(colour):
    coat, metal, gold = paint(colour, 0.26), steel(0.14), brass(0.2)
    dark = plain("#1f2022", 0.5)
    # The case lies on its back first; it is 11 cm across and 5.5 deep.
    case = [
        lathe([(0, 0), (4.4, 0, 0.3), (5.3, 0.8, 0.6), (5.4, 4.9, 0.2), (5.6, 5.1, 0.1), (5.6, 5.5, 0.15), (5.1, 5.55, 0.1), (4.95, 5.1)], coat),
        lathe([(5.0, 5.2), (5.12, 5.45, 0.1), (5.0, 5.62, 0.08), (4.85, 5.5)], metal),
        lathe([(4.98, 5.0), (0, 5.0)], plain("#f1ecdf", 0.6)),
        lathe([(4.9, 5.42), (0, 5.52)], pane()),
    ]
    for minute in range(60):
        a = math.radians(6 * minute)
        long, wide = (0.42, 0.1) if minute % 5 == 0 else (0.22, 0.03)
        r = 4.6 - long / 2
        case.append(box((long, wide, 0.01), dark, at=(r * math.cos(a), r * math.sin(a), 5.01), turn=(0, 0, 6 * minute), edge=0))
    for hour in range(1, 13):
        a = math.radians(90 - 30 * hour)
        case.append(text(str(hour), 0.98, dark, at=(3.62 * math.cos(a), 3.62 * math.sin(a), 5.01), depth=0.004))

    def hand(angle, length, width, z, material):
        tip = [(-0.5, -width * 0.5), (length * 0.8, -width), (length, 0), (length * 0.8, width), (-0.5, width * 0.5)]
        return plate(tip, 0.04, material, at=(0, 0, z), turn=(0, 0, angle), edge=0.01)

    # Ten past ten, as in every catalogue.
    case += [hand(90 - 305, 2.5, 0.17, 5.1, dark), hand(90 - 60, 3.9, 0.12, 5.17, dark), hand(90 - 190, 1.7, 0.05, 5.06, plain("#a8281e", 0.4))]
    case.append(lathe([(0, 5.05), (0.26, 5.05), (0.26, 5.26, 0.05), (0, 5.28)], gold, steps=40))
    case += _back(dark, metal, gold)
    group(case, at=(0, 2.6, 7.2), turn=(90, 0, 0))
    for side in (-1, 1):
        group([lathe([(0.22, 0), (0.3, 1.6, 0.2), (0.5, 2.2, 0.2), (0.42, 2.4), (0, 2.4)], metal, steps=48), sphere(0.5, metal, at=(0, 0, 0.1))], at=(side * 3.75, 0, 0.5), turn=(0, -side * 30, 0))
        bell = [
            lathe([(2.55, 0), (2.62, 0.1, 0.05), (2.5, 0.9, 0.6), (1.6, 2.0, 0.9), (0, 2.35)], metal),
            lathe([(2.5, 0.02), (2.3, 0.9, 0.6), (1.5, 1.8, 0.8), (0, 2.1)], metal),
            lathe([(0.3, -1.6), (0.3, 2.3)], metal, steps=32),
            lathe([(0, 2.2), (0.5, 2.25, 0.1), (0.42, 2.7, 0.15), (0, 2.75)], gold, steps=48),
        ]
        group(bell, at=(side * 3.75, 0, 13.1), turn=(0, side * 30, 0))
    # The hammer between them, and the bow above.
    tube([(0, 0, 12.2), (0, 0, 15.2)], 0.14, metal, smooth=False)
    lathe([(0, 0), (0.42, 0, 0.1), (0.42, 1.3, 0.1), (0, 1.3)], metal, at=(-0.65, 0, 15.4), turn=(0, 90, 0), steps=48)
    bow = [(-4.8, 0, 15.55), (-4.2, 0, 17.3), (-2.0, 0, 18.9), (0, 0, 19.3), (2.0, 0, 18.9), (4.2, 0, 17.3), (4.8, 0, 15.55)]
    tube(bow, 0.2, metal)


GOODS = [
    Goods(
        "twin-bell-alarm-clock",
        clock,
        {"": View(-22, 12, 0.8), "back": View(160, 14, 0.8), "detail": View(-20, 14, close=(0, 0, 14.6), span=15)},
        ("red", "cream", "black"),
    ),
]
