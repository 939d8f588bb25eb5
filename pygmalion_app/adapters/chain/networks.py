"""What people know the chains by: name, native currency, public explorer."""

from pygmalion_app.core.ports import ChainNetwork

_KNOWN = (
    ChainNetwork(137, "Polygon", "POL", "https://polygonscan.com"),
    ChainNetwork(80002, "Polygon Amoy", "POL", "https://amoy.polygonscan.com"),
)


def network(chain_id: int, fallback_name: str) -> ChainNetwork:
    """Return a chain's name, currency and explorer; any other chain has a number, ether and no explorer."""
    for known in _KNOWN:
        if known.chain_id == chain_id:
            return known
    return ChainNetwork(chain_id, fallback_name, "ETH")
