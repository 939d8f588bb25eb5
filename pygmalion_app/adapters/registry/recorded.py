"""Recorded answers in the shape of Sirene's (INSEE): for demonstrations and tests, plainly marked as such.

The establishments are invented; their numbers pass the checks, in a range that is not given out.
"""

from typing import Final

from pygmalion_app.core.ports import Establishment

_RECORDED: Final = {
    "99901010100015": ("Société d'assistance en piste d'Orly", "12 rue de l'Escale", "94390", "Paray-Vieille-Poste"),
    "99902020900022": ("Fret Express Roissy", "3 rue du Hangar", "95700", "Roissy-en-France"),
    "99903030700014": ("Gestion de l'aérodrome du Val de Loire", "Aérogare", "37100", "Tours"),
    "99904040500030": ("Institut des métiers de l'air", "8 avenue des Cumulus", "31700", "Blagnac"),
}


class RecordedRegistry:
    """Knows a few invented establishments."""

    name = "recorded answers"
    demonstration = True

    async def establishment(self, siret: str) -> Establishment | None:
        """Return the recorded establishment, or None."""
        found = _RECORDED.get(siret)
        return Establishment(siret, *found) if found else None
