"""Shapes that goods are made of. Lengths are centimetres; everything is centred on the z axis unless said otherwise."""

import math

import bmesh
import bpy
from mathutils import Matrix, Vector


def put(name, data, *materials, at=(0, 0, 0), turn=(0, 0, 0)):
    """Adds an object; `turn` is in degrees about x, y and z."""
    for material in materials:
        data.materials.append(material)
    thing = bpy.data.objects.new(name, data)
    thing.location = at
    thing.rotation_euler = [math.radians(angle) for angle in turn]
    bpy.context.scene.collection.objects.link(thing)
    return thing


def mesh_of(name, build, smooth=True):
    """A mesh from a function that fills a bmesh."""
    mesh, bm = bpy.data.meshes.new(name), bmesh.new()
    build(bm)
    bmesh.ops.recalc_face_normals(bm, faces=bm.faces)
    for face in bm.faces:
        face.smooth = smooth
    bm.to_mesh(mesh)
    bm.free()
    return mesh


def rounded(points, closed=False, steps=5):
    """A polyline whose corners are arcs. A point is (x, y) or (x, y, radius of its corner)."""
    count, out = len(points), []
    for n, point in enumerate(points):
        here = Vector(point[:2])
        radius = point[2] if len(point) > 2 else 0
        if radius <= 0 or (not closed and n in (0, count - 1)):
            out.append(tuple(here))
            continue
        before = Vector(points[n - 1][:2]) - here
        after = Vector(points[(n + 1) % count][:2]) - here
        angle = before.angle(after)
        if angle > math.pi - 0.02:
            out.append(tuple(here))
            continue
        along = radius / math.tan(angle / 2)
        along = min(along, before.length * 0.49, after.length * 0.49)
        a, b = here + before.normalized() * along, here + after.normalized() * along
        for step in range(steps + 1):
            t = step / steps
            out.append(tuple(a * (1 - t) ** 2 + here * 2 * t * (1 - t) + b * t * t))
    return out


def flowing(points, steps=10):
    """A smooth curve through (x, y) points, for profiles without corners."""
    out = []
    for n in range(len(points) - 1):
        p0, p1, p2, p3 = (points[min(max(n + k, 0), len(points) - 1)] for k in (-1, 0, 1, 2))
        for step in range(steps):
            t = step / steps
            out.append(
                tuple(
                    0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)
                    for a, b, c, d in zip(p0, p1, p2, p3)
                )
            )
    return [*out, tuple(points[-1])]


def lathe(profile, material, steps=128, at=(0, 0, 0), turn=(0, 0, 0), name="turned"):
    """A solid of revolution from (radius, height[, corner]) points, from bottom to top of its outside and on inside."""
    points = rounded(profile)

    def build(bm):
        rings = []
        for radius, height in points:
            if radius < 1e-5:
                rings.append([bm.verts.new((0, 0, height))])
                continue
            turns = [2 * math.pi * step / steps for step in range(steps)]
            rings.append([bm.verts.new((radius * math.cos(a), radius * math.sin(a), height)) for a in turns])
        for low, high in zip(rings, rings[1:]):
            for n in range(steps):
                m = (n + 1) % steps
                corners = [low[n % len(low)], low[m % len(low)], high[m % len(high)], high[n % len(high)]]
                corners = list(dict.fromkeys(corners))
                if len(corners) > 2:
                    bm.faces.new(corners)

    thing = put(name, mesh_of(name, build), material, at=at, turn=turn)
    sharp(thing)
    return thing


def sharp(thing, degrees=32):
    """Edges above this angle stay sharp under smooth shading."""
    mesh, bm = thing.data, bmesh.new()
    bm.from_mesh(mesh)
    limit = math.radians(degrees)
    for edge in bm.edges:
        if len(edge.link_faces) == 2 and edge.calc_face_angle(0) > limit:
            edge.smooth = False
    bm.to_mesh(mesh)
    bm.free()


def soften(thing, width, segments=3, limit=35):
    """Rounds the edges of a solid, as every real one is."""
    bevel = thing.modifiers.new("bevel", "BEVEL")
    bevel.width, bevel.segments, bevel.limit_method = width, segments, "ANGLE"
    bevel.angle_limit = math.radians(limit)
    bevel.harden_normals = True
    for polygon in thing.data.polygons:
        polygon.use_smooth = True
    return thing


def box(size, material, at=(0, 0, 0), turn=(0, 0, 0), edge=0.1, segments=3, name="box"):
    """A box whose middle is at `at`."""

    def build(bm):
        bmesh.ops.create_cube(bm, size=1, matrix=Matrix.Diagonal((*size, 1)))

    thing = put(name, mesh_of(name, build, smooth=False), material, at=at, turn=turn)
    return soften(thing, edge, segments) if edge else thing


def plate(outline, height, material, at=(0, 0, 0), turn=(0, 0, 0), edge=0.1, holes=(), name="plate"):
    """A flat shape with rounded edges that stands `height` high, from z = 0 of its own."""
    curve = bpy.data.curves.new(name, "CURVE")
    curve.dimensions, curve.fill_mode = "2D", "BOTH"
    curve.extrude, curve.bevel_depth, curve.bevel_resolution = max(height / 2 - edge, 0), edge, 3
    curve.offset = -edge
    for points in (outline, *holes):
        spline = curve.splines.new("POLY")
        spline.points.add(len(points) - 1)
        for to, (x, y) in zip(spline.points, points):
            to.co = (x, y, 0, 1)
        spline.use_cyclic_u = True
    thing = put(name, curve, material, at=at, turn=turn)
    offset = Matrix.Translation((0, 0, height / 2))
    curve.transform(offset)
    return thing


def tube(points, radius, material, closed=False, radii=None, at=(0, 0, 0), turn=(0, 0, 0), smooth=True, name="tube", flat=None):
    """A bar along a curve through `points`; `radii` scale it from point to point; `flat` squeezes it into a strap."""
    curve = bpy.data.curves.new(name, "CURVE")
    curve.dimensions, curve.bevel_depth, curve.bevel_resolution, curve.use_fill_caps = "3D", radius, 6, True
    curve.resolution_u = 16
    kind = "BEZIER" if smooth else "POLY"
    spline = curve.splines.new(kind)
    places = spline.bezier_points if smooth else spline.points
    places.add(len(points) - 1)
    for n, (place, point) in enumerate(zip(places, points)):
        place.co = point if smooth else (*point, 1)
        if smooth:
            place.handle_left_type = place.handle_right_type = "AUTO"
        if radii:
            place.radius = radii[n]
    spline.use_cyclic_u = closed
    if flat:
        curve.bevel_mode = "OBJECT"
        curve.bevel_object = strap_profile(*flat)
    return put(name, curve, material, at=at, turn=turn)


def strap_profile(width, thickness, edge=None):
    """The cross-section of a strap or handle, as a hidden curve."""
    edge = thickness * 0.45 if edge is None else edge
    half, thin = width / 2, thickness / 2
    points = rounded([(-half, -thin, edge), (half, -thin, edge), (half, thin, edge), (-half, thin, edge)], closed=True)
    curve = bpy.data.curves.new("profile", "CURVE")
    curve.dimensions = "2D"
    spline = curve.splines.new("POLY")
    spline.points.add(len(points) - 1)
    for to, (x, y) in zip(spline.points, points):
        to.co = (x, y, 0, 1)
    spline.use_cyclic_u = True
    profile = put("profile", curve)
    profile.hide_render = True
    return profile


def ring(radius, thick, material, at=(0, 0, 0), turn=(0, 0, 0), name="ring"):
    """A round bar bent to a ring."""

    def build(bm):
        steps, around = 96, 20
        rows = []
        for step in range(steps):
            a = 2 * math.pi * step / steps
            row = []
            for n in range(around):
                b = 2 * math.pi * n / around
                r = radius + thick * math.cos(b)
                row.append(bm.verts.new((r * math.cos(a), r * math.sin(a), thick * math.sin(b))))
            rows.append(row)
        for n in range(steps):
            for m in range(around):
                one, two = rows[n], rows[(n + 1) % steps]
                bm.faces.new((one[m], two[m], two[(m + 1) % around], one[(m + 1) % around]))

    return put(name, mesh_of(name, build), material, at=at, turn=turn)


def sphere(radius, material, at=(0, 0, 0), scale=(1, 1, 1), name="ball"):
    def build(bm):
        bmesh.ops.create_uvsphere(bm, u_segments=64, v_segments=32, radius=radius)

    thing = put(name, mesh_of(name, build), material, at=at)
    thing.scale = scale
    return thing


def grid(rows, material, closed_u=False, closed_v=False, thickness=0, subdivide=0, at=(0, 0, 0), turn=(0, 0, 0), name="grid"):
    """A surface through rows of points; with a thickness it becomes a sheet."""

    def build(bm):
        verts = [[bm.verts.new(point) for point in row] for row in rows]
        us = len(verts) if closed_u else len(verts) - 1
        vs = len(verts[0]) if closed_v else len(verts[0]) - 1
        for n in range(us):
            one, two = verts[n], verts[(n + 1) % len(verts)]
            for m in range(vs):
                bm.faces.new((one[m], one[(m + 1) % len(one)], two[(m + 1) % len(two)], two[m]))

    thing = put(name, mesh_of(name, build), material, at=at, turn=turn)
    if thickness:
        solid = thing.modifiers.new("sheet", "SOLIDIFY")
        solid.thickness, solid.offset, solid.use_rim = thickness, 0, True
    if subdivide:
        smooth = thing.modifiers.new("smooth", "SUBSURF")
        smooth.levels = smooth.render_levels = subdivide
    return thing


def solid(points, faces, material, at=(0, 0, 0), turn=(0, 0, 0), edge=0.0, segments=3, subdivide=0, name="solid"):
    """A body from corners and faces."""

    def build(bm):
        verts = [bm.verts.new(point) for point in points]
        for face in faces:
            bm.faces.new([verts[n] for n in face])

    thing = put(name, mesh_of(name, build, smooth=subdivide > 0), material, at=at, turn=turn)
    if edge:
        soften(thing, edge, segments)
    if subdivide:
        smooth = thing.modifiers.new("smooth", "SUBSURF")
        smooth.levels = smooth.render_levels = subdivide
    return thing


def fibres(strands, radius, material, tip=0.6, at=(0, 0, 0), name="fibres"):
    """Many thin bars in one object, such as bristles: each a list of points."""
    curve = bpy.data.curves.new(name, "CURVE")
    curve.dimensions, curve.bevel_depth, curve.bevel_resolution, curve.use_fill_caps = "3D", radius, 1, True
    for points in strands:
        spline = curve.splines.new("POLY")
        spline.points.add(len(points) - 1)
        for n, (place, point) in enumerate(zip(spline.points, points)):
            place.co = (*point, 1)
            place.radius = 1 + (tip - 1) * n / max(len(points) - 1, 1)
    return put(name, curve, material, at=at)


def laid(path, strands, strand, lay, material, name="rope", around=10):
    """A laid rope along `path` (close points): so many strands of this radius, one turn every `lay`."""
    points = [Vector(point) for point in path]
    tangents = []
    for n in range(len(points)):
        a, b = points[max(n - 1, 0)], points[min(n + 1, len(points) - 1)]
        tangents.append((b - a).normalized())
    up = Vector((0, 0, 1)) if abs(tangents[0].z) < 0.9 else Vector((1, 0, 0))
    normal = (up - tangents[0] * up.dot(tangents[0])).normalized()
    frames, walked, turned = [], 0.0, []
    for n, tangent in enumerate(tangents):
        normal = (normal - tangent * normal.dot(tangent)).normalized()
        frames.append((normal.copy(), tangent.cross(normal)))
        if n:
            walked += (points[n] - points[n - 1]).length
        turned.append(2 * math.pi * walked / lay)
    off = strand / math.sin(math.pi / strands) if strands > 1 else 0

    def build(bm):
        for s in range(strands):
            rows = []
            for point, (one, two), turn in zip(points, frames, turned):
                a = turn + 2 * math.pi * s / strands
                middle = point + (one * math.cos(a) + two * math.sin(a)) * off
                out = one * math.cos(a) + two * math.sin(a)
                side = out.cross(one.cross(two)).normalized()
                row = []
                for k in range(around):
                    b = 2 * math.pi * k / around
                    row.append(bm.verts.new(middle + (out * math.cos(b) + side * math.sin(b)) * strand))
                rows.append(row)
            for low, high in zip(rows, rows[1:]):
                for k in range(around):
                    m = (k + 1) % around
                    bm.faces.new((low[k], low[m], high[m], high[k]))
            bm.faces.new(rows[0])
            bm.faces.new(rows[-1])

    return put(name, mesh_of(name, build), material)


def text(words, size, material, at=(0, 0, 0), turn=(0, 0, 0), depth=0.02, align="CENTER", spacing=1.0):
    """Letters that stand out a little."""
    curve = bpy.data.curves.new("text", "FONT")
    curve.body, curve.size, curve.extrude = words, size, depth
    curve.align_x, curve.align_y, curve.space_character = align, "CENTER", spacing
    return put("text", curve, material, at=at, turn=turn)


def cut(thing, other):
    """Takes `other` out of `thing`."""
    boolean = thing.modifiers.new("cut", "BOOLEAN")
    boolean.operation, boolean.object, boolean.solver = "DIFFERENCE", other, "EXACT"
    other.hide_render = True
    other.display_type = "WIRE"
    return thing


def rumple(thing, strength, size, subdivide=0):
    """Makes a surface slightly uneven, as by hand."""
    texture = bpy.data.textures.new("uneven", "CLOUDS")
    texture.noise_scale = size
    texture.noise_depth = 1
    if subdivide:
        smooth = thing.modifiers.new("fine", "SUBSURF")
        smooth.levels = smooth.render_levels = subdivide
    bend = thing.modifiers.new("uneven", "DISPLACE")
    bend.texture, bend.strength, bend.mid_level, bend.texture_coords = texture, strength, 0.5, "LOCAL"
    return thing


def group(things, at=(0, 0, 0), turn=(0, 0, 0), scale=1.0):
    """Moves several things as one."""
    empty = bpy.data.objects.new("group", None)
    bpy.context.scene.collection.objects.link(empty)
    for thing in things:
        if thing.parent is None:
            thing.parent = empty
    empty.location = at
    empty.rotation_euler = [math.radians(angle) for angle in turn]
    empty.scale = (scale, scale, scale)
    return empty


def upended(build):
    """Puts what a function builds upside down."""

    def turned(colour):
        before = set(bpy.context.scene.objects)
        build(colour)
        group([thing for thing in bpy.context.scene.objects if thing not in before], turn=(180, 0, 0))

    return turned
