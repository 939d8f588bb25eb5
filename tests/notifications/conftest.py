"""The private screens' fixtures serve here too."""

from tests.ui.conftest import _pages, visit  # noqa: F401
from tests.ui_private.conftest import open_as  # noqa: F401
