"""All shapes of all formats: each file of `shapes/` gives its own."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

SHAPES = tuple(
    shape
    for path in sorted((Path(__file__).parent / "shapes").glob("*.py"))
    for shape in import_module(f"tests.formats.shapes.{path.stem}").SHAPES
)
