"""Amounts of money: integer cents and an ISO 4217 currency."""

from dataclasses import dataclass

BASIS_POINTS = 10_000


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in cents of one currency."""

    cents: int
    currency: str = "EUR"

    def __add__(self, other: "Money") -> "Money":
        """Add two amounts of the same currency; ValueError otherwise."""
        if self.currency != other.currency:
            message = f"cannot add {other.currency} to {self.currency}"
            raise ValueError(message)
        return Money(self.cents + other.cents, self.currency)

    def times(self, quantity: int) -> "Money":
        """Return `quantity` times this amount."""
        return Money(self.cents * quantity, self.currency)

    def share(self, basis_points: int) -> "Money":
        """Return a share in hundredths of a percent, rounded half up to the cent."""
        return Money((self.cents * basis_points + BASIS_POINTS // 2) // BASIS_POINTS, self.currency)
