"""Draw what makes a certificate hard to imitate and good to look at: frame, rosettes, seal and QR code.

Nothing is a stored picture. The lines are waves around straight bands and circles (guilloche); wave counts and phases
come from the SHA-256 of the certificate's number, so each certificate has a ground of its own, and the same one for
ever. What repeats is drawn once and laid down many times, which keeps a ground small and quick. Lengths are
millimetres, from the top left of the page.
"""

import hashlib
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from itertools import pairwise
from typing import TypeAlias

import segno

from certify.outside.pdf import Underlay

WIDTH, HEIGHT = 297.0, 210.0
OCEAN, GOLD, PALE, SAND, INK = "#0B4F7D", "#8C6200", "#D5E1EA", "#EFE6D3", "#16243A"
BAND = 13.5  # from the edge of the page to the middle of the frame
CORNER = 8.2
UNITS_ACROSS, UNITS_DOWN = 6, 4
ACROSS, DOWN = (WIDTH - 2 * BAND) / UNITS_ACROSS, (HEIGHT - 2 * BAND) / UNITS_DOWN
SEAL, SEAL_RADIUS = (52.0, 157.0), 22.5
Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Chance:
    """Numbers drawn from a seed: the same seed, the same numbers."""

    digest: bytes

    @classmethod
    def of(cls, seed: str) -> "Chance":
        """The numbers of one certificate."""
        return cls(hashlib.sha256(f"guilloche {seed}".encode()).digest())

    def phase(self, place: int) -> float:
        """An angle from 0 to a full turn."""
        return self.digest[place] / 256 * math.tau

    def pick(self, place: int, choices: tuple[int, ...]) -> int:
        """One of the choices."""
        return choices[self.digest[place] % len(choices)]


@dataclass(frozen=True, slots=True)
class Swing:
    """A line around a centre: how far out it runs, how far it swings, how often, in how many turns, and from where."""

    radius: float
    height: float
    loops: int
    turns: int
    start: float

    def reach(self, angle: float) -> float:
        """The distance from the centre at an angle (in turns of the whole line)."""
        return self.radius + self.height * math.sin(self.loops / self.turns * angle + self.start)


@lru_cache(maxsize=16)
def first_ground(number: str, *, rays: int) -> Underlay:
    """The ground of the first page: frame, pale rosette behind the name, rings of the seal (`rays` tell the band)."""
    chance = Chance.of(number)
    braid = _braid_form(chance, length=ACROSS, height=3.6)
    forms = {"Braid": braid, "Corner": _corner_form(chance), "Rays": _rays_form(chance)}
    drawing = [*_watermark(chance), *_frame(), *_seal(rays)]
    return Underlay("\n".join(drawing).encode(), {name: "\n".join(form).encode() for name, form in forms.items()})


@lru_cache(maxsize=16)
def second_ground(number: str) -> Underlay:
    """The ground of the second page: one narrow braid above the text, of the same waves as the frame of the first."""
    units = 10
    length = (WIDTH - 44) / units
    laid = (_laid("Ribbon", (22 + length * unit, 25), (1, 0, 0, 1)) for unit in range(units))
    form = _braid_form(Chance.of(number), length=length, height=1.3)
    return Underlay("\n".join(laid).encode(), {"Ribbon": "\n".join(form).encode()})


@lru_cache(maxsize=16)
def qr_png(address: str) -> bytes:
    """The QR code of `address` with its quiet zone; a seventh of it may be lost (error correction M)."""
    drawn = BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="png", scale=4, border=4, dark=INK)
    return drawn.getvalue()


def _frame() -> Iterator[str]:
    far_x, far_y = WIDTH - BAND, HEIGHT - BAND
    stretch = DOWN / ACROSS  # the units of the sides are a little longer
    for unit in range(UNITS_ACROSS):
        yield _laid("Braid", (BAND + ACROSS * unit, BAND), (1, 0, 0, 1))
        yield _laid("Braid", (far_x - ACROSS * unit, far_y), (-1, 0, 0, -1))
    for unit in range(UNITS_DOWN):
        yield _laid("Braid", (far_x, BAND + DOWN * unit), (0, stretch, -1, 0))
        yield _laid("Braid", (BAND, far_y - DOWN * unit), (0, -stretch, 1, 0))
    yield _rectangle(BAND - 4.6, OCEAN, 0.3)
    yield _rectangle(BAND + 4.6, OCEAN, 0.3)
    yield _rectangle(BAND + 5.6, GOLD, 0.14)
    for corner in ((BAND, BAND), (far_x, BAND), (far_x, far_y), (BAND, far_y)):
        yield _laid("Corner", corner, (1, 0, 0, 1))


def _braid_form(chance: Chance, *, length: float, height: float) -> Iterator[str]:
    """One unit of a braid: strands that swell and fall once."""
    waves = chance.pick(0, (6, 7, 8))
    for strand in range(6):
        yield _stroke(_braid(length, waves, strand, height=height), OCEAN, 0.12)
    for strand in range(3):
        yield _stroke(_braid(length, waves // 2, strand * 2, height=height * 0.45), GOLD, 0.12)


def _corner_form(chance: Chance) -> Iterator[str]:
    petals, turn = chance.pick(4, (23, 25, 29)), chance.phase(3)
    yield f"1 1 1 rg {_circle((0, 0), CORNER)} f"
    yield _stroke(_rosette((0, 0), Swing(5.0, 2.9, petals, 6, turn)), GOLD, 0.12)
    yield _stroke(_rosette((0, 0), Swing(1.6, 1.0, 13, 4, turn)), OCEAN, 0.14)
    yield _ring((0, 0), CORNER, OCEAN, 0.3)
    yield _ring((0, 0), CORNER - 0.7, OCEAN, 0.12)


def _watermark(chance: Chance) -> Iterator[str]:
    """A pale rosette, its petals the certificate's own, behind the name."""
    centre, turn = (WIDTH / 2, HEIGHT / 2 - 4), chance.phase(6)
    petals = chance.pick(5, (43, 45, 47))
    yield _stroke(_rosette(centre, Swing(56, 14, petals, 14, turn)), PALE, 0.22)
    yield _stroke(_rosette(centre, Swing(27, 13, 31, 12, turn)), SAND, 0.22)


def _seal(rays: int) -> Iterator[str]:
    """Rings of loops around the seal's words, one for each degree of the band, which tells them apart even in grey."""
    for ring in range(rays):
        scale = 1 - 0.14 * ring
        yield _laid("Rays", SEAL, (scale, 0, 0, scale))
    edge = SEAL_RADIUS * (1 - 0.14 * rays) - 0.6
    yield f"1 1 1 rg {_circle(SEAL, edge)} f"
    yield _ring(SEAL, edge, GOLD, 0.6)
    yield _ring(SEAL, edge - 1.0, GOLD, 0.16)


def _rays_form(chance: Chance) -> Iterator[str]:
    turn = chance.phase(7)
    for height in (1.5, -1.5):
        yield _stroke(_rosette((0, 0), Swing(SEAL_RADIUS - 1.5, height, 48, 1, turn), fineness=4), GOLD, 0.2)


def _braid(length: float, waves: int, strand: int, *, height: float) -> list[Point]:
    phase = strand * math.tau / 6
    points = []
    for step in range(waves * 4 + 1):
        share = step / (waves * 4)
        swell = 0.76 + 0.24 * math.cos(math.tau * share + 2 * phase)
        points.append((share * length, height * swell * math.sin(math.tau * waves * share + phase)))
    return points


def _rosette(centre: Point, swing: Swing, *, fineness: int = 8) -> list[Point]:
    """The closed line of a swing around a centre, by `fineness` points for each loop."""
    steps = swing.loops * fineness
    return [
        (centre[0] + swing.reach(angle) * math.cos(angle), centre[1] + swing.reach(angle) * math.sin(angle))
        for angle in (math.tau * swing.turns * step / steps for step in range(steps + 1))
    ]


def _laid(form: str, place: Point, turn: tuple[float, float, float, float]) -> str:
    """Lay a form down at a place, stretched and turned by a matrix."""
    return f"q {' '.join(f'{number:.4f}' for number in turn)} {place[0]:.3f} {place[1]:.3f} cm /{form} Do Q"


def _stroke(points: list[Point], colour: str, width: float) -> str:
    """A smooth line through the points: Catmull-Rom splines, as cubic curves, in hundredths of a millimetre."""
    last = len(points) - 1
    parts = [f"{_rgb(colour)} RG {width} w {points[0][0]:.2f} {points[0][1]:.2f} m"]
    for place in range(last):
        (ax, ay), (bx, by) = points[max(place - 1, 0)], points[place]
        (cx, cy), (dx, dy) = points[place + 1], points[min(place + 2, last)]
        parts.append(
            f"{bx + (cx - ax) / 6:.2f} {by + (cy - ay) / 6:.2f} {cx - (dx - bx) / 6:.2f} {cy - (dy - by) / 6:.2f}"
            f" {cx:.2f} {cy:.2f} c"
        )
    return "\n".join([*parts, "S"])


def _rectangle(inset: float, colour: str, width: float) -> str:
    return f"{_rgb(colour)} RG {width} w {inset} {inset} {WIDTH - 2 * inset:.2f} {HEIGHT - 2 * inset:.2f} re S"


def _ring(centre: Point, radius: float, colour: str, width: float) -> str:
    return f"{_rgb(colour)} RG {width} w {_circle(centre, radius)} s"


def _circle(centre: Point, radius: float) -> str:
    (x, y), reach = centre, radius * 0.5522847
    quarters = ((1, 0), (0, 1), (-1, 0), (0, -1), (1, 0))
    parts = [f"{x + radius:.2f} {y:.2f} m"]
    for (ax, ay), (bx, by) in pairwise(quarters):
        parts.append(
            f"{x + ax * radius + bx * reach:.2f} {y + ay * radius + by * reach:.2f}"
            f" {x + bx * radius + ax * reach:.2f} {y + by * radius + ay * reach:.2f}"
            f" {x + bx * radius:.2f} {y + by * radius:.2f} c"
        )
    return " ".join(parts)


def _rgb(colour: str) -> str:
    return " ".join(f"{int(colour[place : place + 2], 16) / 255:.3f}" for place in (1, 3, 5))
