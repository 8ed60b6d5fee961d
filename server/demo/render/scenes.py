"""One wide picture for each category: its goods together, on paper of a colour that suits them."""

import bpy
from goods import Scene
from products import audio, bath, basket, compass, desk, enamel, iron, kitchen_wood, lamps, outdoors, rope, seats, stoneware, textiles, toys
from shapes import group
from studio import View


def put(build, at=(0, 0, 0), turn=0.0, tilt=(0, 0), colour=""):
    """Builds goods at a place of the scene."""
    before = set(bpy.context.scene.objects)
    build(colour)
    new = [thing for thing in bpy.context.scene.objects if thing not in before and thing.parent is None]
    return group(new, at=at, turn=(*tilt, turn))


def kitchen():
    put(kitchen_wood.board, (2, -2, 0), 8, colour="oak")
    put(kitchen_wood.knife, (8, -4, 2.55), 14, colour="walnut")
    put(stoneware.teapot, (-17, 16, 0), -24, colour="green")
    put(enamel.mug, (-27, 0, 0), -40, colour="cream")
    put(stoneware.bowl, (11, 19, 0), colour="sand")
    put(kitchen_wood.mill, (-1, 18, 0), 20, colour="walnut")
    put(iron.pan, (36, 12, 0), 118)


def home():
    put(seats.chair, (26, 6, 0), -32, colour="oak")
    put(textiles.blanket, (26, 3, 45.2), -32, colour="brown").scale = (0.8, 0.8, 0.8)
    put(seats.stool, (-42, 8, 0), 30, colour="black")
    put(lamps.table_lamp, (-42, 8, 44.5), 160, colour="sand")
    put(basket.basket, (-4, -34, 0), 28)


def wash():
    put(textiles.towel, (10, 6, 0), -24, colour="sand")
    put(bath.soap, (-20, -10, 0), 18, colour="olive")
    put(bath.brush, (-26, 8, 0), -30)


def outdoors_():
    put(outdoors.lantern, (-2, 10, 0), -20, colour="red")
    put(outdoors.bottle, (14, 6, 0), 24, colour="green")
    put(rope.rope, (-26, 2, 0), 30, colour="blue")
    put(outdoors.torch, (22, -10, 0), -28, colour="black")
    put(compass.compass, (3, -12, 0), -20)


def writing():
    put(lamps.desk_lamp, (-14, 12, 0), -12, colour="green")
    put(desk.notebook, (12, 0, 0), 12, colour="blue")
    put(desk.notebook, (13, 1, 1.9), -4, colour="red")
    put(desk.pen, (-8, -14, 0), -10, colour="black")


def sound():
    put(audio.radio, (-9, 4, 0), -14, colour="cream")
    put(audio.headphones, (17, -2, 0), 34, colour="blue")


def play():
    put(toys.blocks, (-6, 4, 0), -20)
    put(toys.yo_yo, (12, -8, 0), -40, colour="red")
    put(toys.yo_yo, (15, 4, 0), -10, colour="blue")


WIDE = 0.86
SCENES = [
    Scene("kitchen", kitchen, View(0, 22, WIDE), "#c8bba4"),
    Scene("home", home, View(0, 12, WIDE), "#c9c2b2"),
    Scene("bath", wash, View(0, 20, WIDE), "#bcc6c4"),
    Scene("camping-outdoors", outdoors_, View(0, 17, WIDE), "#b4b9a6"),
    Scene("desk", writing, View(0, 18, WIDE), "#c6bdb0"),
    Scene("music-audio", sound, View(0, 14, WIDE), "#c4b7a9"),
    Scene("toys-games", play, View(0, 16, WIDE), "#c9c3ae"),
]
