"""Every page module, so that its pages and states register. One line a module."""

from importlib import import_module

MODULES = (
    "catalog.home_page",
    "catalog.catalog_page",
    "catalog.course_page",
    "catalog.organization_page",
)


def load() -> None:
    """Import every page module."""
    for module in MODULES:
        import_module(f"pygmalion_app.ui.{module}")
