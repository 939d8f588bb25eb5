tab-admin-anchoring = Anchoring
anchoring-title = Anchoring
anchoring-lead = Every batch of certificates leaves a fingerprint on the blockchain. Here: where each one stands, what it cost and what holds it back.
anchoring-retry = Try again now
anchoring-retried = On its way
anchoring-retried-text = Everything that waits is tried at once; this page updates by itself.
anchoring-anchored = Certificates anchored for good
anchoring-waiting = Certificates waiting for a batch
anchoring-under-way = Calls under way
anchoring-total-cost = { $count ->
    [0] Total cost, no transactions
    [one] Total cost, one transaction
   *[other] Total cost, { $count } transactions
}
anchoring-gas = Gas per certificate
anchoring-chain = The chain
anchoring-swept = Last pass: { $at }
anchoring-unswept = No pass yet
anchoring-network-term = Network
anchoring-network = { $name } (no. { $number })
anchoring-embedded = Demonstration chain
anchoring-network-unknown = Unknown: no node answers
anchoring-balance = Signer's balance
anchoring-balance-seen = { $balance }, seen on { $at }
anchoring-balance-unknown = Unknown
anchoring-signer = Signer's address
anchoring-contract = Contract's address
anchoring-none = Not set
anchoring-explorer = Open in the public explorer (new tab)
anchoring-nodes = Nodes
anchoring-node = Node
anchoring-needed = { $nodes ->
    [0] No node is configured.
    [one] A single node: its word is taken. Configure two at least, so that none can deceive.
   *[other] An anchoring is final only when { $needed } of { $nodes } nodes say so.
}
anchoring-needed-embedded = The demonstration chain has a single node, on this machine. A real one wants two at least (CHAIN_RPC_URLS).
anchoring-answer = Answer
anchoring-milliseconds = { $count } ms
anchoring-node-well = In order
anchoring-node-behind = Behind
anchoring-node-silent = Does not answer
anchoring-node-refusing = Refuses to answer
anchoring-node-other-chain = On another chain, ignored
anchoring-unreachable = No node answers as it should. Nothing is lost: certificates wait and will go in a single batch. Check the setting CHAIN_RPC_URLS and your provider's status.
anchoring-calls = Calls to the contract
anchoring-calls-lead = Newest first: anchored batches and revoked certificates.
anchoring-call = Call
anchoring-state = State
anchoring-transaction = Transaction
anchoring-block = Block
anchoring-cost = Cost
anchoring-cost-unknown = unknown
anchoring-age = Duration
anchoring-all = All
anchoring-state-trouble = Held back
anchoring-state-sealed = To be sent
anchoring-state-signed = Sent
anchoring-state-mined = In a block
anchoring-state-final = Final
anchoring-state-conflict = Conflict
anchoring-count = { $count ->
    [0] No calls
    [one] One call
   *[other] { $count } calls
}
anchoring-batch = Batch { $number }
anchoring-revocation = Revocation
anchoring-certificates = { $count ->
    [one] one certificate
   *[other] { $count } certificates
}
anchoring-renumbered = was number { $number }
anchoring-attempts = { $count } transactions signed
anchoring-seconds = { $count } s
anchoring-took = In { $time }
anchoring-since = For { $time }
anchoring-next-try = Next try: { $at }.
anchoring-trouble-refused = The contract refused the call: it is paused, or the signer lacks the role.
anchoring-trouble-nonce-taken = Another transaction of the signer took its place; a new one is signed. Does another program use the same key?
anchoring-trouble-reorganized = The chain undid the block; the transaction is sent again.
anchoring-trouble-forgotten = The nodes forgot the transactions before it; a new one is signed.
anchoring-trouble-redeployed = Signed for another contract or by another key; a new transaction is signed.
anchoring-trouble-lost = The chain no longer holds it; it is anchored again, identically.
anchoring-trouble-disputed = The nodes contradict each other: one of them lies or lags. Nothing becomes final until they agree.
anchoring-trouble-fee-limit = The network asks for more than the limit that is set (CHAIN_MAX_FEE_GWEI); the transaction waits for lower fees.
anchoring-trouble-number-taken = The contract already held something else under its number (a database restored from a backup?); it took a new number.
anchoring-conflict-text = The contract holds something else under this number, although we had signed it. The certificates go into another batch; find out who used the key.
anchoring-conflict-known = Looked into. The certificates went into another batch.
anchoring-acknowledge = Mark as looked into
anchoring-acknowledged = Alarm put out
anchoring-conflicts = { $count ->
    [one] One conflict to look into
   *[other] { $count } conflicts to look into
}
anchoring-conflicts-text = The contract holds something else than what we had signed. Either another program uses the signer's key, or the key was stolen: check its transactions before you mark the conflict as looked into.
anchoring-show-conflicts = Show the conflicts
anchoring-silent = Anchoring has stood still since { $at }
anchoring-silent-text = Nothing is lost: everything goes on as soon as a node answers. Certificates can still be verified, shown as “anchoring in progress”.
anchoring-silent-detail = Technical detail:
anchoring-low = The signer's balance is below { $threshold }
anchoring-low-text = Once it is empty, no batch can be anchored any more. Send funds to the signer's address below.
anchoring-none-such = No call in this state
anchoring-show-all = Show all
anchoring-empty = Nothing was anchored yet
anchoring-empty-text = The first batch will appear here some seconds after the first certificate.
mail-anchoring-conflict-subject = Anchoring: a conflict to look into
mail-anchoring-conflict-body =
    Hello { $first_name },

    { $kind ->
        [revocation] The contract holds another revocation than the one that the platform had signed (call { $number }).
       *[other] The contract holds another fingerprint than that of batch { $number }, which the platform had signed.
    } The certificates concerned stay valid and are anchored again.

    Another program may be using the signer's key, or it was stolen: check its transactions.
mail-anchoring-conflict-action = Open the Anchoring page
mail-chain-balance-low-subject = Anchoring: only { $balance } left
mail-chain-balance-low-body =
    Hello { $first_name },

    The account that pays for anchoring certificates has only { $balance } left, below the threshold of { $threshold }. Once it is empty, no batch can be anchored any more.

    Send funds to the address { $signer }. You will get no other message as long as the balance stays below the threshold.
mail-chain-balance-low-action = Open the Anchoring page
