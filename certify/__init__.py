"""The certification service: `create_app` joins the house."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask

    from certify.config import Settings

__version__ = "0.1.0"


def create_app(settings: Settings | None = None, **testing: Any) -> Flask:
    """Make the application: settings, the kernel's parts, then the slices in their order."""
    with loading():
        # Here, so that commands without a server (certify score, certify criteria) start without a web framework.
        from flask import Flask

        from certify import joining
        from certify.config import Settings, complete

        chosen = complete(settings or Settings())
        app = Flask(__name__, instance_path=str(chosen.instance.resolve()))
        app.config.update(testing)
        joining.configure(app, chosen)
        joining.join_kernel(app, chosen)
        joining.join_slices(app, chosen)
    return app


@contextmanager
def loading() -> Iterator[None]:
    """Look for no garbage while modules load: they stay for good, and the looking takes a fifth of the start."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()
