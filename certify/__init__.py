"""The certification service: `create_app` joins the house."""

from __future__ import annotations

from typing import Any

from flask import Flask

from certify.config import Settings, complete

__version__ = "0.1.0"


def create_app(settings: Settings | None = None, **testing: Any) -> Flask:
    """Make the application: settings, the kernel's parts, then the slices in their order."""
    from certify import joining

    chosen = complete(settings or Settings())
    app = Flask(__name__, instance_path=str(chosen.instance.resolve()))
    app.config.update(testing)
    joining.configure(app, chosen)
    joining.join_kernel(app, chosen)
    joining.join_slices(app, chosen)
    return app
