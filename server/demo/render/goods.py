"""What a picture is of: goods with their colours and views, and scenes of several goods."""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field

from studio import View


@dataclass(frozen=True)
class Goods:
    """A product. `build(colour)` puts it on the table at its true size in centimetres."""

    slug: str
    build: Callable[[str], None]
    views: dict[str, View]
    """The first is the main picture; the others are named by their angle."""
    colours: tuple[str, ...] = ("",)
    """Names that end the file's name; the first is that of all angles."""
    laid: dict[str, Callable[[str], None]] = field(default_factory=dict)
    """Angles for which the goods lie otherwise: closed, open, in use."""


@dataclass(frozen=True)
class Scene:
    """Several goods of one category, wide."""

    name: str
    build: Callable[[], None]
    view: View
    paper: str | None = None
    sky: float = 0.2
    exposure: float = 0.0
    size: tuple[int, int] = (1600, 1000)


@dataclass(frozen=True)
class Art:
    """A small picture without a table, for a page of the shop itself."""

    name: str
    build: Callable[[], None]
    view: View


@dataclass(frozen=True)
class Picture:
    name: str
    build: Callable[[], None] = field(repr=False)
    view: View = field(repr=False)
    width: int
    height: int
    rank: int
    """Main pictures first, then angles, colours, scenes and art."""
    paper: str | None = None
    sky: float = 0.2
    exposure: float = 0.0
    bare: bool = False
    """Without a table, for `style/public/art`."""


MAIN, OTHER, SMALL = 1400, 960, 256


def _of(goods):
    for n, colour in enumerate(goods.colours):
        stem = "-".join(part for part in (goods.slug, colour) if part)
        (_, main), *angles = goods.views.items()
        width = MAIN if n == 0 else OTHER
        yield Picture(stem, lambda colour=colour: goods.build(colour), main, width, width, 0 if n == 0 else 2)
        if n == 0:
            for angle, view in angles:
                build = goods.laid.get(angle, goods.build)
                yield Picture(f"{goods.slug}-{angle}", lambda build=build, colour=colour: build(colour), view, OTHER, OTHER, 1)


def pictures():
    """All pictures, in the order in which they are worth their time."""
    import art
    import products
    import scenes

    out = []
    for module in sorted(found.name for found in pkgutil.iter_modules(products.__path__)):
        for goods in importlib.import_module(f"products.{module}").GOODS:
            out += _of(goods)
    for scene in scenes.SCENES:
        out.append(Picture(f"scene-{scene.name}", scene.build, scene.view, *scene.size, 3, scene.paper, scene.sky, scene.exposure))
    for small in art.ART:
        out.append(Picture(f"art-{small.name}", small.build, small.view, SMALL, SMALL, 4, bare=True))
    return sorted(out, key=lambda picture: picture.rank)
