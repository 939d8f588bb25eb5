"""The two frames of the product."""

from pygmalion_app.ui.layouts.public import public_layout
from pygmalion_app.ui.layouts.work import work_layout

__all__ = ["public_layout", "work_layout"]
