"""The EVM chain that anchors certificates: any node by JSON-RPC, or one that we run ourselves."""
