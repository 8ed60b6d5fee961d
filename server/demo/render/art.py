"""The small cut-outs that empty and failed pages show, on nothing."""


from goods import Art
from materials import paint, paper, plain
from products import basket, compass, outdoors
from shapes import box, group, lathe, plate, ring, rounded, tube
from studio import View


def anchor():
    metal = paint("#2f4a5f", 0.35)
    rows = [(-9.0, 0, 8.0), (-7.4, 0, 4.4), (-4.2, 0, 1.8), (0, 0, 0.9), (4.2, 0, 1.8), (7.4, 0, 4.4), (9.0, 0, 8.0)]
    things = [
        tube([(0, 0, 1.0), (0, 0, 20.5)], 0.95, metal, smooth=False),
        tube(rows, 1.0, metal, radii=[0.55, 0.8, 1.0, 1.25, 1.0, 0.8, 0.55]),
        tube([(-5.4, 0, 17.6), (5.4, 0, 17.6)], 0.72, metal, smooth=False),
        ring(2.0, 0.42, metal, at=(0, 0, 22.6), turn=(90, 0, 0)),
    ]
    for side in (-1, 1):
        things.append(lathe([(0, -0.9, 0.3), (0.9, -0.4, 0.3), (0.9, 0.4, 0.3), (0, 0.9)], metal, at=(side * 5.6, 0, 17.6), turn=(0, 90, 0), steps=48))
        fluke = rounded([(side * 10.2, 10.6, 0.2), (side * 11.0, 5.2, 0.4), (side * 6.0, 7.6, 0.4)], closed=True)
        things.append(plate(fluke, 1.0, metal, at=(0, 0.5, 0), turn=(90, 0, 0), edge=0.25))
    group(things)


def parcel():
    board, tape, label = paper("#b08d62"), plain("#d8c39a", 0.3), paper("#f0ece2")
    box((26, 18, 13), board, at=(0, 0, 6.5), edge=0.25)
    box((26.1, 4.2, 0.06), tape, at=(0, 0, 13.02), edge=0.01)
    for side in (-1, 1):
        box((0.06, 4.2, 4.5), tape, at=(side * 13.03, 0, 10.8), edge=0.01)
    box((9, 6, 0.05), label, at=(-6.5, -5.2, 13.04), edge=0.01)
    ink = plain("#2b2a28", 0.7)
    for n, long in enumerate((5.6, 6.8, 4.4)):
        box((long, 0.28, 0.02), ink, at=(-10.3 + long / 2, -4.2 - n * 1.0, 13.08), edge=0)


ART = [
    Art("anchor", anchor, View(-24, 12, 0.94)),
    Art("basket", lambda: basket.basket(""), View(-32, 22, 0.94)),
    Art("compass", lambda: compass.compass(""), View(-26, 36, 0.94)),
    Art("parcel", parcel, View(-32, 26, 0.94)),
    Art("torch", lambda: outdoors.torch("green"), View(-32, 26, 0.94)),
]
