"""Light at home: the table lamp, the desk lamp and the candle in its holder."""

import math

from goods import Goods
from materials import Nodes, brass, enamel, glaze, glow, linear, paint, plain, rubber, shade, steel, wax, weave
from shapes import flowing, group, lathe, ring, sphere, tube
from studio import View

GLAZES = {"sand": ("#cdb791", "#6b5138", 0.6), "blue": ("#45627c", "#1c2833", 0.4), "green": ("#5b7565", "#26342b", 0.4)}


def _linen():
    """A shade with its lamp on: the cloth passes some light."""
    made = Nodes("linen", "#ece3d0", 0.9)
    place = made.place((1, 1, 1))
    threads = made.math("ADD", made.noise(made.place((14, 14, 0.6)), 1, 2), made.noise(made.place((0.6, 0.6, 14)), 1, 2))
    base = linear("#ebdfc6")
    tone = made.ramp(made.math("MULTIPLY", threads, 0.5), (0.35, shade(base, 0.82)), (0.65, shade(base, 1.05)))
    made.colour(tone)
    made.bump(threads, 0.05, 0.4)
    through = made.node("ShaderNodeBsdfTranslucent")
    made.link(tone, through.inputs[0])
    mix = made.node("ShaderNodeMixShader")
    mix.inputs[0].default_value = 0.55
    made.link(made.shader.outputs[0], mix.inputs[1])
    made.link(through.outputs[0], mix.inputs[2])
    made.link(mix.outputs[0], made.tree.nodes["Material Output"].inputs["Surface"])
    return made.material


def table_lamp(colour):
    gold = brass(0.25)
    foot = flowing([(7.5, 0.3), (8.2, 1.6), (9.5, 5.2), (9.9, 8.6), (9.2, 12.4), (7.0, 16.2), (4.2, 18.8), (2.9, 20.6), (2.6, 22.2)])
    lathe([(0, 0.2), (6.2, 0.2), (6.3, 0), (7.3, 0), *foot, (2.4, 22.6), (0, 22.6)], glaze(*GLAZES[colour]))
    lathe([(1.4, 22.5), (1.5, 23.2, 0.15), (0.8, 23.5, 0.1), (0.7, 25.5, 0.1), (1.6, 25.8, 0.1), (1.6, 30.0, 0.2), (0, 30.2)], gold)
    sphere(2.9, glow("#ffcf8f", 26), at=(0, 0, 33.6))
    cloth = _linen()
    lathe([(15.5, 24.5), (11.6, 44.0)], cloth)
    for radius, height in ((15.5, 24.5), (11.6, 44.0)):
        lathe([(radius - 0.08, height - 0.7), (radius + 0.12, height - 0.7, 0.05), (radius + 0.1, height + 0.7, 0.05), (radius - 0.1, height + 0.7)], cloth)
    for n in range(3):
        a = 2 * math.pi * n / 3
        tube([(0, 0, 43.2), (11.5 * math.cos(a), 11.5 * math.sin(a), 43.2)], 0.18, gold, smooth=False)
    tube([(0, 0, 30), (0, 0, 44.6)], 0.3, gold, smooth=False)
    sphere(0.75, gold, at=(0, 0, 44.9))
    cord = [(0, 6.5, 0.8), (0.5, 9.5, 0.42), (5, 14.5, 0.35), (13, 16, 0.35), (21, 13.0, 0.35), (27, 15, 0.35)]
    tube(cord, 0.33, weave("#4d4338", 6))


def desk_lamp(colour):
    coat, metal, seal = paint(colour, 0.34), steel(0.22), rubber("#1d1e20")
    # A heavy foot, two arms and a shade like a bell.
    lathe([(0, 0.1), (8.6, 0.1), (8.8, 0, 0.1), (9.4, 0.3, 0.3), (9.4, 1.6, 0.6), (7.6, 2.2, 0.8), (1.6, 2.6, 0.5), (1.4, 4.2, 0.2), (0, 4.3)], coat)
    elbow, head = (-9.5, 0, 27.5), (10.5, 0, 43.0)
    foot = (0, 0, 4.6)
    for a, b in ((foot, elbow), (elbow, head)):
        for y in (-0.95, 0.95):
            tube([(a[0], y, a[2]), (b[0], y, b[2])], 0.4, metal, smooth=False)
    for x, _, z in (foot, elbow, head):
        lathe([(0, 0), (1.25, 0, 0.15), (1.25, 3.4, 0.15), (0, 3.4)], coat, at=(x, 1.7, z), turn=(90, 0, 0), steps=64)
        lathe([(0, 0), (0.6, 0, 0.1), (0.5, 0.3, 0.1), (0, 0.34)], metal, at=(x, -1.7, z), turn=(90, 0, 0), steps=48)
    bell = [
        lathe([(0, 8.0), (1.7, 7.9, 0.3), (2.0, 6.5, 0.3), (2.6, 5.2, 0.6), (5.6, 2.0, 2.5), (7.6, -3.0, 0.6), (7.7, -3.6, 0.1), (7.5, -3.6, 0.05)], coat),
        lathe([(7.5, -3.55), (7.3, -2.9, 0.6), (5.3, 1.8, 2.5), (2.4, 4.8), (0, 5.0)], plain("#f2eee4", 0.5)),
        lathe([(0, 4.9), (1.5, 4.9), (1.5, 2.6), (0, 2.6)], seal),
        sphere(2.3, glow("#fff0d2", 6), at=(0, 0, 0.6)),
    ]
    for n in range(5):
        bell.append(ring(1.86, 0.1, coat, at=(0, 0, 6.7 + 0.28 * n)))
    bell.append(tube([(0, 0, 7.6), (-1.0, 0, 9.6), (-3.4, 0, 10.0)], 0.62, coat))
    group(bell, at=(13.4, 0, 33.9), turn=(0, -22, 0))
    cord = [(-9, 0, 0.9), (-12, 1.0, 0.4), (-16, 5, 0.35), (-17, 11, 0.35), (-23, 14, 0.35)]
    tube(cord, 0.34, seal)


def candle(colour):
    """A beeswax candle on an enamelled chamberstick."""
    coat, rim = enamel("cream"), enamel("navy")
    lathe([(0, 0.25), (4.4, 0.2, 0.2), (6.3, 0.5, 0.5), (7.2, 1.6, 0.3), (7.35, 1.75, 0.1), (7.1, 1.8, 0.1), (6.1, 0.85, 0.5), (4.4, 0.5, 0.3), (1.9, 0.6, 0.3), (1.55, 1.2, 0.2), (1.5, 4.2, 0.1), (2.1, 4.6, 0.2), (2.1, 4.75, 0.08), (1.3, 4.5, 0.1), (1.25, 3.0)], coat)
    ring(7.22, 0.14, rim, at=(0, 0, 1.76))
    ring(2.12, 0.11, rim, at=(0, 0, 4.7))
    loop = [(6.6, 0, 1.3), (8.2, 0, 1.9), (9.6, 0, 3.1), (9.4, 0, 4.7), (7.8, 0, 5.0), (6.7, 0, 3.8), (6.5, 0, 2.0)]
    tube(loop, 0.3, coat, flat=(1.3, 0.35))
    made = wax("#d29b3f", 0.5, 1.2)
    lathe([(0, 3.2), (1.22, 3.2), (1.2, 17.6, 0.3), (1.0, 18.0, 0.2), (0.75, 17.85, 0.2), (0, 17.7)], made)
    # A run of wax, the wick and its flame.
    tube([(-0.35, -1.1, 17.7), (-0.36, -1.2, 16.6), (-0.33, -1.24, 14.9), (-0.36, -1.25, 13.8)], 0.24, made, radii=[0.7, 0.8, 0.85, 1.25])
    tube([(0, 0, 17.6), (0.03, 0, 18.2), (0.1, 0, 18.7)], 0.08, plain("#2b221b"))
    lathe([(0, 18.25), (0.3, 18.5, 0.2), (0.5, 19.2, 0.4), (0.28, 20.4, 0.6), (0, 21.5)], glow("#ffb75a", 9), steps=48)


GOODS = [
    Goods(
        "table-lamp",
        table_lamp,
        {"": View(10, 11, 0.84), "above": View(-150, 26, 0.82), "detail": View(10, 12, close=(0, -4, 16), span=32)},
        ("sand", "blue", "green"),
    ),
    Goods(
        "desk-lamp",
        desk_lamp,
        {"": View(-24, 13, 0.82), "side": View(150, 17, 0.82), "detail": View(-30, 6, close=(12, 0, 36), span=30)},
        ("green", "black", "cream"),
    ),
    Goods(
        "beeswax-candle",
        candle,
        {"": View(-36, 18, 0.8), "above": View(40, 40, 0.76), "detail": View(-30, 30, close=(2.6, 0, 2.6), span=19)},
    ),
]
