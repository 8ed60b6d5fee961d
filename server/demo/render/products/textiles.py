"""Folded cloth: the towel and the blanket."""

import math

from goods import Goods
from materials import Nodes, linear, shade
from shapes import grid
from studio import View


def serpentine(deep, layers, thick, start=0.0):
    """The edge of a folded cloth, seen from the side, as (y, z) points; the last fold is at the front, above."""
    points, turn = [], thick / 2
    for layer in range(layers):
        z = start + thick / 2 + layer * thick
        ahead = layer % 2 == 0
        # Each layer lies a little less deep than the one beneath.
        front, back = -deep / 2 + turn + 0.15 * (layers - layer), deep / 2 - turn
        line = [(front + (back - front) * n / 24, z) for n in range(25)]
        points += line if ahead else line[::-1]
        if layer < layers - 1:
            y = back if ahead else front
            out = 1 if ahead else -1
            for n in range(1, 8):
                a = -math.pi / 2 + math.pi * n / 8
                points.append((y + out * turn * math.cos(a), z + turn + turn * math.sin(a)))
    return points


def folded(wide, deep, layers, thick, material, start=0.0):
    """The cloth is bent by hand, not by a modifier, so that no layer comes through its neighbour."""
    rows = []
    for n, (y, z) in enumerate(serpentine(deep, layers, thick, start)):
        row = []
        for m in range(41):
            x = wide * (m / 40 - 0.5)
            # All layers sag alike; every edge ends a little elsewhere.
            sag = 0.1 * thick * math.sin(0.21 * x + 0.13 * y) + 0.08 * thick * math.sin(0.33 * y - 0.11 * x + 1)
            end = (2 * m / 40 - 1) ** 9
            row.append((x + end * 0.2 * math.sin(n * 0.23 + m), y + 0.12 * thick * math.sin(0.3 * x + z), z + sag))
        rows.append(row)
    cloth = grid(rows, material, thickness=thick * 0.86)
    edge = cloth.modifiers.new("edge", "BEVEL")
    edge.width, edge.segments, edge.limit_method, edge.angle_limit = thick * 0.3, 4, "ANGLE", math.radians(50)
    return cloth


TERRY = {"white": "#d7d6d1", "sand": "#c9b592", "blue": "#47658a"}


def _terry(colour):
    """Loops, but for the flat border woven across both ends."""
    made = Nodes("terry", colour, 0.95, sheen_weight=0.4, sheen_roughness=0.6, specular_ior_level=0.1)
    place = made.place()
    base = linear(colour)
    loops = made.noise(place, 4.6, 2, 0.6)
    rows = made.wave(place, 1.6, "X", 1.2, 2, 2)
    height = made.math("ADD", made.math("MULTIPLY", loops, 0.8), made.math("MULTIPLY", rows, 0.25))
    made.colour(made.ramp(height, (0.3, shade(base, 0.66)), (0.62, shade(base, 1.04))))
    made.bump(height, 0.3, 0.9)
    return made.material


def towel(colour):
    code = TERRY[colour]
    loops = _terry(code)
    # A bath sheet folded in six, with a hand towel upon it.
    folded(36, 27, 6, 1.7, loops)
    folded(30, 22, 4, 1.35, loops, start=10.3)


def _rolled(wide, radius, thick, material, at=(0, 0, 0), turn=0):
    """Cloth rolled along x; its end lies on top, towards the camera."""
    rows, end = [], math.radians(60)
    length = math.pi * radius * radius / thick
    r, a = radius, end
    spots = []
    while length > 0 and r > thick * 0.45:
        spots.append((r, a))
        step = 0.35 / max(r, 0.5)
        a -= step
        r -= thick * step / (2 * math.pi)
        length -= r * step
    for r, a in spots:
        row = []
        for m in range(41):
            u = 2 * m / 40 - 1
            x = wide / 2 * u + 0.25 * math.sin(2.2 * a + 5 * u) * abs(u) ** 6
            bend = 0.12 * math.sin(3 * u + a)
            # It lies flat on what is beneath it.
            y, z = (r + bend) * math.cos(a), (r + bend) * math.sin(a)
            row.append((x, -y, max(z, -0.93 * radius)))
        rows.append(row)
    cloth = grid(rows, material, thickness=thick * 0.84)
    edge = cloth.modifiers.new("edge", "BEVEL")
    edge.width, edge.segments, edge.limit_method, edge.angle_limit = thick * 0.3, 4, "ANGLE", math.radians(50)
    cloth.location = at
    cloth.rotation_euler = (0, 0, math.radians(turn))


def towels_rolled(colour):
    """The bath sheet behind, the hand towel before it."""
    loops = _terry(TERRY[colour])
    _rolled(37, 6.4, 1.3, loops, at=(0, 6, 6.2))
    _rolled(31, 4.6, 1.2, loops, at=(1.5, -6.6, 4.5), turn=4)


def _wool(ground, stripe, from_, to):
    """A twill whose stripes run across, by the place along x."""
    made = Nodes("wool", ground, 0.95, sheen_weight=0.5, sheen_roughness=0.5, specular_ior_level=0.1)
    where = made.node("ShaderNodeTexCoord")
    parts = made.node("ShaderNodeSeparateXYZ")
    made.link(where.outputs["Object"], parts.inputs[0])
    x = parts.outputs["X"]
    inside = made.math("MULTIPLY", made.math("GREATER_THAN", x, from_), made.math("LESS_THAN", x, to))
    second = made.math("MULTIPLY", made.math("GREATER_THAN", x, to + 1.1), made.math("LESS_THAN", x, to + 1.9))
    on = made.math("ADD", inside, second)
    place = made.place()
    fuzz = made.noise(place, 5.0, 4, 0.7)
    twill = made.wave(made.place(turn=(0, 0, 0.7)), 1.5, "X", 0.8, 2, 2)
    height = made.math("ADD", made.math("MULTIPLY", fuzz, 0.7), made.math("MULTIPLY", twill, 0.35))
    one = made.ramp(height, (0.3, shade(ground, 0.68)), (0.66, shade(ground, 1.08)))
    two = made.ramp(height, (0.3, shade(stripe, 0.68)), (0.66, shade(stripe, 1.08)))
    mix = made.node("ShaderNodeMix", data_type="RGBA")
    made.link(on, mix.inputs["Factor"])
    made.link(one, mix.inputs[6])
    made.link(two, mix.inputs[7])
    made.colour(mix.outputs[2])
    made.bump(height, 0.2, 0.8)
    return made.material


WOOL = {"grey": ("#8b8a86", "#e4dcc9"), "blue": ("#2c3d58", "#d9cfb8"), "brown": ("#684530", "#e6d9bf")}


def blanket(colour):
    ground, stripe = WOOL[colour]
    folded(46, 34, 7, 1.9, _wool(ground, stripe, 10.5, 15.5))


GOODS = [
    Goods(
        "terry-towels",
        towel,
        {"": View(-30, 20, 0.82), "rolled": View(-40, 26, 0.82), "above": View(-52, 44, 0.8), "detail": View(-38, 22, close=(-13, -12, 9), span=22)},
        ("sand", "white", "blue"),
        {"rolled": towels_rolled},
    ),
    Goods(
        "wool-blanket",
        blanket,
        {"": View(-32, 22, 0.84), "above": View(-56, 46, 0.82), "detail": View(-30, 22, close=(12, -15, 10), span=26)},
        ("grey", "blue", "brown"),
    ),
]
