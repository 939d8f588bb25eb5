"""Which clients show a person's bell, and which of them also the list of what it counts."""

from uuid import UUID

import reflex as rx

from pygmalion_app.ui.watchers import Watchers

bells = Watchers()
readers = Watchers()


def follow(state: rx.State, person: UUID | None) -> None:
    """Keep the bell of the page that the event comes from up to date; nobody stops it. No list is shown yet."""
    client = state.router.session.client_token
    bells.watch(client, [person] if person else [])
    readers.forget(client)


def read(state: rx.State, person: UUID) -> None:
    """Keep the list on this page up to date as well, until another page is opened."""
    readers.watch(state.router.session.client_token, [person])
