"""One photographer's table for all pictures: a paper sweep, a softbox, a fill, a strip behind, and a long lens.

The camera looks along +y. A view turns the goods, never the studio, so that light falls the same in every picture.
The table is as large as what stands on it, so models keep their true measures.
"""

import math
import time
from dataclasses import dataclass

import bmesh
import bpy
from bpy_extras.object_utils import world_to_camera_view
from mathutils import Vector

from materials import Nodes, linear

PAPER = "#d9d4c9"
EXPOSURE = 0.35


@dataclass(frozen=True)
class Table:
    """What the goods stand on, and the light around it."""

    paper: str = PAPER
    sky: float = 0.2
    exposure: float = 0.0
    bare: bool = False
    """Nothing at all: the picture is cut out."""


@dataclass(frozen=True)
class View:
    """From where the goods are seen."""

    turn: float = 0.0
    """Degrees the goods are turned about the z axis."""
    above: float = 20.0
    """Degrees the camera stands above the table."""
    fill: float = 0.74
    """How much of the frame they take."""
    close: tuple | None = None
    """The point to look at, before the turn, instead of all of it."""
    span: float = 10.0
    """Centimetres across the frame, with `close`."""
    lens: float = 85.0
    sharp: float | None = None
    """f-number; without it everything is sharp."""


def clear():
    bpy.ops.wm.read_factory_settings(use_empty=True)


def goods():
    return [thing for thing in bpy.context.scene.objects if thing.parent is None]


def _turned(things, degrees):
    pivot = bpy.data.objects.new("pivot", None)
    bpy.context.scene.collection.objects.link(pivot)
    for thing in things:
        thing.parent = pivot
    pivot.rotation_euler = (0, 0, math.radians(degrees))
    bpy.context.view_layer.update()
    return pivot


def _points():
    """A sample of all vertices in world space."""
    graph = bpy.context.evaluated_depsgraph_get()
    out = []
    for thing in bpy.context.scene.objects:
        if thing.hide_render or thing.type not in ("MESH", "CURVE", "FONT") or thing.name.startswith("studio"):
            continue
        shown = thing.evaluated_get(graph)
        mesh = shown.to_mesh()
        step = max(1, len(mesh.vertices) // 4000)
        out += [shown.matrix_world @ vertex.co for vertex in list(mesh.vertices)[::step]]
        shown.to_mesh_clear()
    return out


def _sweep(size, paper):
    mesh, bm = bpy.data.meshes.new("studio sweep"), bmesh.new()
    steps = 24
    bend = [(5 + 5 * math.sin(a * math.pi / 2 / steps), 5 - 5 * math.cos(a * math.pi / 2 / steps)) for a in range(steps + 1)]
    rows = [[bm.verts.new((x * size, y * size, z * size)) for x in (-40, 40)] for y, z in [(-40, 0), *bend, (10, 40)]]
    for low, high in zip(rows, rows[1:]):
        bm.faces.new((low[0], low[1], high[1], high[0])).smooth = True
    bm.to_mesh(mesh)
    bm.free()
    made = Nodes("studio paper", paper, 0.95, specular_ior_level=0.1)
    mesh.materials.append(made.material)
    bpy.context.scene.collection.objects.link(bpy.data.objects.new("studio sweep", mesh))


def lamp(at, aim, width, height, watts, colour="#ffffff"):
    light = bpy.data.lights.new("studio lamp", "AREA")
    light.shape, light.size, light.size_y, light.energy = "RECTANGLE", width, height, watts
    light.color = linear(colour)
    thing = bpy.data.objects.new("studio lamp", light)
    bpy.context.scene.collection.objects.link(thing)
    thing.location = at
    thing.rotation_euler = (Vector(aim) - Vector(at)).to_track_quat("-Z", "Y").to_euler()
    return thing


def _light(size, middle):
    x, y, z = middle

    def at(right, behind, up):
        return (x + right * size, y + behind * size, up * size)

    watts = size * size
    lamp(at(-3.6, -2.2, 4.6), middle, 3.2 * size, 3.2 * size, 430 * watts, "#fff6ea")
    lamp(at(4.6, -2.0, 2.4), middle, 3.4 * size, 3.4 * size, 55 * watts, "#eef4ff")
    lamp(at(2.2, 3.4, 6.0), middle, 2.0 * size, 3.4 * size, 190 * watts, "#ffffff")
    lamp(at(0, 3.0, 11.0), at(0, 9.5, 2.0), 16 * size, 4 * size, 900 * watts, "#fff9f0")


def _sky(strength):
    world = bpy.data.worlds.new("sky")
    bpy.context.scene.world, world.use_nodes = world, True
    sky = world.node_tree.nodes["Background"]
    sky.inputs[0].default_value, sky.inputs[1].default_value = (*linear("#f1efea"), 1), strength


def _camera(view, points, middle, size, shape):
    scene = bpy.context.scene
    camera = bpy.data.objects.new("camera", bpy.data.cameras.new("camera"))
    scene.collection.objects.link(camera)
    scene.camera = camera
    camera.data.lens, camera.data.sensor_width = view.lens, 36
    camera.data.clip_start, camera.data.clip_end = size * 0.02, size * 200
    above = math.radians(view.above)
    toward = Vector((0, math.cos(above), -math.sin(above)))
    camera.rotation_euler = toward.to_track_quat("-Z", "Y").to_euler()
    aim = Vector(middle)
    if view.close:
        angle = math.radians(view.turn)
        cx, cy, cz = view.close
        aim = Vector((cx * math.cos(angle) - cy * math.sin(angle), cx * math.sin(angle) + cy * math.cos(angle), cz))
        far = view.span * view.lens / 36
        camera.location = aim - toward * far
    else:
        far = size * 8
        for _ in range(8):
            camera.location = aim - toward * far
            bpy.context.view_layer.update()
            seen = [world_to_camera_view(scene, camera, point) for point in points]
            xs, ys = [p.x for p in seen], [p.y for p in seen]
            wide, high = max(xs) - min(xs), max(ys) - min(ys)
            turned = camera.rotation_euler.to_matrix()
            frame = 36 / view.lens * far
            across = frame if shape >= 1 else frame * shape
            tall = frame / shape if shape >= 1 else frame
            aim += turned @ Vector((((max(xs) + min(xs)) / 2 - 0.5) * across, ((max(ys) + min(ys)) / 2 - 0.485) * tall, 0))
            far *= max(wide, high) / view.fill
        camera.location = aim - toward * far
    if view.sharp:
        camera.data.dof.use_dof = True
        camera.data.dof.focus_distance = (aim - camera.location).length
        # The f-number is that of a table of half a metre; the lens grows with the table.
        camera.data.dof.aperture_fstop = view.sharp / (size / 25) / 10


def shoot(view, path, width, height, samples, table):
    """Takes the picture of everything that was built. Returns the seconds it took."""
    scene = bpy.context.scene
    scene.render.resolution_x, scene.render.resolution_y = width, height
    bpy.context.view_layer.update()
    _turned(goods(), view.turn)
    points = _points()
    lows = [min(p[n] for p in points) for n in range(3)]
    highs = [max(p[n] for p in points) for n in range(3)]
    middle = tuple((a + b) / 2 for a, b in zip(lows, highs))
    size = max(max((p - Vector(middle)).length for p in points), 0.1)
    if not table.bare:
        _sweep(size, table.paper)
    scene.render.film_transparent = table.bare
    _light(size, middle)
    _sky(table.sky)
    _camera(view, points, middle, size, width / height)
    # The table starts beneath the lowest point.
    for thing in scene.objects:
        if thing.name.startswith("studio sweep"):
            thing.location.z = lows[2]
    scene.render.engine = "CYCLES"
    cycles = scene.cycles
    cycles.device, cycles.samples, cycles.use_denoising = "CPU", samples, True
    cycles.use_adaptive_sampling, cycles.adaptive_threshold, cycles.adaptive_min_samples = True, 0.05, 8
    cycles.max_bounces, cycles.diffuse_bounces, cycles.glossy_bounces = 8, 2, 3
    cycles.transmission_bounces, cycles.transparent_max_bounces = 6, 8
    cycles.caustics_reflective = cycles.caustics_refractive = False
    cycles.sample_clamp_indirect = 6
    cycles.denoising_prefilter = "FAST"
    scene.view_settings.view_transform = "AgX"
    scene.view_settings.look = "AgX - Medium High Contrast"
    scene.view_settings.exposure = EXPOSURE + table.exposure
    scene.render.image_settings.file_format = "PNG"
    scene.render.filepath = str(path)
    started = time.time()
    bpy.ops.render.render(write_still=True)
    return time.time() - started
