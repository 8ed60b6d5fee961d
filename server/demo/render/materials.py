"""Materials, as node trees of Blender's Principled shader. Lengths are centimetres."""

import bpy

# Colours as they are sold, as sRGB of a photograph in soft light.
COLOURS = {
    "cream": "#e9e0cb",
    "white": "#ecebe6",
    "sand": "#c9b08a",
    "green": "#2f5a48",
    "sage": "#8fa287",
    "blue": "#27507a",
    "navy": "#20304d",
    "red": "#a62c24",
    "rust": "#a4532c",
    "yellow": "#d9a22b",
    "grey": "#7d8182",
    "slate": "#4a545c",
    "black": "#1c1d1f",
    "pink": "#cf8f8b",
}


def linear(colour):
    """Linear RGB of a name above or of #rrggbb; what is linear stays so."""
    if not isinstance(colour, str):
        return tuple(colour)
    code = COLOURS.get(colour, colour).lstrip("#")
    parts = [int(code[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    return tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)


def shade(colour, by):
    """Lighter (> 1) or darker (< 1)."""
    return tuple(min(c * by, 1) for c in linear(colour))


class Nodes:
    """A material in the making."""

    def __init__(self, name, colour, roughness=0.5, metallic=0.0, **more):
        self.material = bpy.data.materials.new(name)
        self.material.use_nodes = True
        self.tree = self.material.node_tree
        self.shader = self.tree.nodes["Principled BSDF"]
        self.set("Base Color", (*linear(colour), 1))
        self.set("Roughness", roughness)
        self.set("Metallic", metallic)
        for key, value in more.items():
            self.set(key.replace("_", " ").title().replace("Ior", "IOR"), value)

    def set(self, key, value):
        self.shader.inputs[key].default_value = value

    def node(self, kind, inputs=(), **settings):
        node = self.tree.nodes.new(kind)
        for key, value in settings.items():
            setattr(node, key, value)
        for key, value in dict(inputs).items():
            node.inputs[key].default_value = value
        return node

    def link(self, out, into):
        self.tree.links.new(out, into)

    def place(self, scale=(1, 1, 1), turn=(0, 0, 0), of="Object"):
        """Where on the object one is, stretched."""
        where = self.node("ShaderNodeTexCoord")
        mapping = self.node("ShaderNodeMapping", {"Scale": scale, "Rotation": turn})
        self.link(where.outputs[of], mapping.inputs["Vector"])
        return mapping.outputs["Vector"]

    def noise(self, place, scale, detail=3.0, roughness=0.5, distortion=0.0):
        node = self.node("ShaderNodeTexNoise", {"Scale": scale, "Detail": detail, "Roughness": roughness, "Distortion": distortion})
        self.link(place, node.inputs["Vector"])
        return node.outputs[0]

    def voronoi(self, place, scale, feature="F1", out=0):
        node = self.node("ShaderNodeTexVoronoi", {"Scale": scale}, feature=feature)
        self.link(place, node.inputs["Vector"])
        return node.outputs[out]

    def wave(self, place, scale, direction="X", distortion=0.0, detail=2.0, detail_scale=1.0, kind="BANDS"):
        node = self.node(
            "ShaderNodeTexWave",
            {"Scale": scale, "Distortion": distortion, "Detail": detail, "Detail Scale": detail_scale},
            wave_type=kind,
        )
        if kind == "BANDS":
            node.bands_direction = direction
        else:
            node.rings_direction = direction
        self.link(place, node.inputs["Vector"])
        return node.outputs["Fac"]

    def ramp(self, factor, *stops):
        node = self.node("ShaderNodeValToRGB")
        node.color_ramp.elements[0].position = stops[0][0]
        node.color_ramp.elements[0].color = (*stops[0][1], 1)
        node.color_ramp.elements[1].position = stops[-1][0]
        node.color_ramp.elements[1].color = (*stops[-1][1], 1)
        for position, rgb in stops[1:-1]:
            node.color_ramp.elements.new(position).color = (*rgb, 1)
        self.link(factor, node.inputs["Fac"])
        return node.outputs["Color"]

    def math(self, operation, a, b):
        node = self.node("ShaderNodeMath", operation=operation)
        for n, value in enumerate((a, b)):
            if isinstance(value, (int, float)):
                node.inputs[n].default_value = value
            else:
                self.link(value, node.inputs[n])
        return node.outputs[0]

    def colour(self, socket):
        self.link(socket, self.shader.inputs["Base Color"])

    def rough(self, socket, low, high):
        node = self.node("ShaderNodeMapRange", {"To Min": low, "To Max": high})
        self.link(socket, node.inputs["Value"])
        self.link(node.outputs["Result"], self.shader.inputs["Roughness"])

    def bump(self, height, depth, strength=1.0):
        """`depth` is the distance between valley and hill in centimetres."""
        node = self.node("ShaderNodeBump", {"Strength": strength, "Distance": depth})
        self.link(height, node.inputs["Height"])
        before = self.shader.inputs["Normal"].links
        if before:
            self.link(before[0].from_socket, node.inputs["Normal"])
        self.link(node.outputs["Normal"], self.shader.inputs["Normal"])


def enamel(colour):
    made = Nodes("enamel", colour, 0.16, coat_weight=0.5, coat_roughness=0.06)
    made.bump(made.noise(made.place(), 0.35, 2), 0.05, 0.25)
    return made.material


def paint(colour, roughness=0.38):
    """A powder coat or lacquer."""
    made = Nodes("paint", colour, roughness)
    made.bump(made.noise(made.place(), 14, 2), 0.006, 0.35)
    return made.material


def plastic(colour, roughness=0.32):
    made = Nodes("plastic", colour, roughness)
    made.bump(made.noise(made.place(), 30, 2), 0.002, 0.3)
    return made.material


def rubber(colour="black"):
    made = Nodes("rubber", colour, 0.62)
    made.bump(made.noise(made.place(), 40, 2), 0.004, 0.4)
    return made.material


def glaze(colour, speckle="#5b4634", amount=0.5, roughness=0.22):
    """Stoneware under a speckled glaze that pools a little."""
    made = Nodes("glaze", colour, roughness, coat_weight=0.35, coat_roughness=0.12)
    place = made.place()
    base = linear(colour)
    shades = made.ramp(made.noise(place, 0.22, 4, 0.6), (0.3, shade(base, 0.86)), (0.7, shade(base, 1.1)))
    dots = made.ramp(made.noise(place, 5.5, 2, 0.6), (0.60 + 0.12 * (1 - amount), (0, 0, 0)), (0.71 + 0.10 * (1 - amount), (1, 1, 1)))
    mix = made.node("ShaderNodeMix", data_type="RGBA")
    made.link(dots, mix.inputs["Factor"])
    made.link(shades, mix.inputs[6])
    mix.inputs[7].default_value = (*linear(speckle), 1)
    made.colour(mix.outputs[2])
    made.bump(made.noise(place, 0.6, 3), 0.06, 0.22)
    return made.material


def clay(colour="#b9a58a"):
    """Stoneware where the glaze ends."""
    made = Nodes("clay", colour, 0.85)
    place = made.place()
    base = linear(colour)
    made.colour(made.ramp(made.noise(place, 6, 4, 0.7), (0.3, shade(base, 0.8)), (0.7, shade(base, 1.12))))
    made.bump(made.noise(place, 12, 3), 0.02, 0.5)
    return made.material


WOODS = {
    "oak": ("#bf9d74", "#94724b"),
    "ash": ("#d8c3a2", "#b99d77"),
    "beech": ("#cbaa84", "#b28b66"),
    "walnut": ("#6a4c39", "#402a1f"),
    "cherry": ("#a8653d", "#7e4526"),
    "black": ("#2a2826", "#181716"),
}


def wood(kind="oak", along="X", roughness=0.45, fine=1.0):
    """Wood whose grain runs along an axis of the object."""
    light, dark = (linear(code) for code in WOODS[kind])
    made = Nodes("wood", light, roughness, specular_ior_level=0.35)
    slow, quick = 0.07 * fine, 1.0 * fine
    scale = {"X": (slow, quick, quick), "Y": (quick, slow, quick), "Z": (quick, quick, slow)}[along]
    place = made.place(scale)
    warp = made.noise(place, 0.55, 3, 0.55)
    rings = made.wave(place, 0.55, {"X": "Y", "Y": "X", "Z": "X"}[along], distortion=9.0, detail=3, detail_scale=0.45)
    both = made.math("ADD", made.math("MULTIPLY", warp, 0.68), made.math("MULTIPLY", rings, 0.32))
    stops = [(0.22, dark), (0.42, tuple((a + b) / 2 for a, b in zip(light, dark))), (0.75, light)]
    grained = made.ramp(both, *stops)
    pores = made.noise(made.place(tuple(12 * s for s in scale)), 1.6, 2, 0.7)
    mix = made.node("ShaderNodeMix", {"Factor": 0.28}, data_type="RGBA", blend_type="MULTIPLY")
    made.link(grained, mix.inputs[6])
    made.link(made.ramp(pores, (0.38, (0.55, 0.5, 0.45)), (0.55, (1, 1, 1))), mix.inputs[7])
    made.colour(mix.outputs[2])
    made.rough(both, roughness + 0.1, roughness - 0.05)
    made.bump(pores, 0.02, 0.25)
    return made.material


def steel(roughness=0.24, brushed=None, tint="#c8c9ca"):
    """Stainless steel; `brushed` is the axis along which it was brushed."""
    made = Nodes("steel", tint, roughness, 1.0)
    if brushed:
        scale = {"X": (0.05, 6, 6), "Y": (6, 0.05, 6), "Z": (6, 6, 0.05)}[brushed]
        lines = made.noise(made.place(scale), 4, 2)
        made.rough(lines, roughness * 0.8, roughness * 1.35)
        made.bump(lines, 0.004, 0.3)
    else:
        made.rough(made.noise(made.place(), 1.2, 3), roughness * 0.85, roughness * 1.2)
    return made.material


def brass(roughness=0.24):
    made = Nodes("brass", "#bd9a5c", roughness, 1.0)
    made.rough(made.noise(made.place(), 1.5, 4), roughness * 0.7, roughness * 1.5)
    return made.material


def copper(roughness=0.25):
    return Nodes("copper", "#c27a55", roughness, 1.0).material


def iron(colour="#232325", roughness=0.46):
    """Seasoned cast iron."""
    made = Nodes("iron", colour, roughness, 0.35)
    place = made.place()
    made.bump(made.noise(place, 5, 4, 0.65), 0.03, 0.5)
    made.rough(made.noise(place, 0.4, 3), roughness - 0.08, roughness + 0.1)
    return made.material


def glass(tint="#ffffff", roughness=0.0):
    return Nodes("glass", tint, roughness, transmission_weight=1.0, ior=1.45).material


def pane(tint="#ffffff"):
    """Thin glass that light passes straight: a mix of clear and reflecting, quick to render."""
    made = Nodes("pane", tint, 0.02)
    clear = made.node("ShaderNodeBsdfTransparent")
    clear.inputs[0].default_value = (*linear(tint), 1)
    shine = made.node("ShaderNodeBsdfGlossy", {"Roughness": 0.02})
    facing = made.node("ShaderNodeFresnel", {"IOR": 1.45})
    mix = made.node("ShaderNodeMixShader")
    # Seen from behind, the surface would reflect all as the inside of solid glass does.
    side = made.node("ShaderNodeNewGeometry")
    outside = made.math("SUBTRACT", 1.0, side.outputs["Backfacing"])
    made.link(made.math("MULTIPLY", facing.outputs[0], outside), mix.inputs[0])
    made.link(clear.outputs[0], mix.inputs[1])
    made.link(shine.outputs[0], mix.inputs[2])
    made.link(mix.outputs[0], made.tree.nodes["Material Output"].inputs["Surface"])
    return made.material


def leather(colour="#7a4a2a", roughness=0.48):
    made = Nodes("leather", colour, roughness)
    place = made.place()
    base = linear(colour)
    made.colour(made.ramp(made.noise(place, 0.6, 4), (0.3, shade(base, 0.8)), (0.7, shade(base, 1.15))))
    made.bump(made.voronoi(place, 9), 0.03, 0.35)
    made.bump(made.noise(place, 3, 3), 0.03, 0.2)
    return made.material


def weave(colour, threads=9.0, roughness=0.85, contrast=0.75, depth=0.03, of="Object"):
    """Cloth: two sets of threads, so many to the centimetre, seen from any side."""
    made = Nodes("weave", colour, roughness, sheen_weight=0.25, sheen_roughness=0.5)
    place = made.place(of=of)
    base = linear(colour)
    bands = [made.wave(place, threads / 3.2, axis, 0.6, 1, 2) for axis in "XYZ"]
    crossed = made.math("MULTIPLY", made.math("ADD", bands[0], bands[1]), made.math("ADD", bands[2], 0.5))
    height = made.math("MULTIPLY", crossed, 0.4)
    made.colour(made.ramp(height, (0.05, shade(base, contrast)), (0.9, shade(base, 1.08))))
    made.bump(height, depth, 0.6)
    made.bump(made.noise(place, 0.5, 3), 0.12, 0.25)
    return made.material


def pile(colour, scale=7.0, depth=0.16):
    """Terry or felted wool: soft, matt, uneven."""
    made = Nodes("pile", colour, 0.95, sheen_weight=0.5, sheen_roughness=0.6, specular_ior_level=0.15)
    place = made.place()
    base = linear(colour)
    loops = made.noise(place, scale, 3, 0.7)
    made.colour(made.ramp(loops, (0.32, shade(base, 0.72)), (0.62, shade(base, 1.06))))
    made.bump(loops, depth, 0.8)
    return made.material


def paper(colour="#efe9dc", roughness=0.8):
    made = Nodes("paper", colour, roughness)
    made.bump(made.noise(made.place(), 12, 4), 0.006, 0.4)
    return made.material


def wax(colour, roughness=0.42, depth=0.5):
    made = Nodes("wax", colour, roughness, subsurface_weight=0.6, subsurface_scale=depth)
    made.set("Subsurface Radius", (1.0, 0.55, 0.25))
    made.bump(made.noise(made.place(), 0.8, 3), 0.05, 0.25)
    return made.material


def glow(colour, strength):
    made = Nodes("glow", colour, 0.5)
    made.set("Emission Color", (*linear(colour), 1))
    made.set("Emission Strength", strength)
    return made.material


def plain(colour, roughness=0.6, metallic=0.0, **more):
    return Nodes("plain", colour, roughness, metallic, **more).material
