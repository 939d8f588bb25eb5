tab-admin-anchoring = Ancrage
anchoring-title = Ancrage
anchoring-lead = Chaque lot de certificats laisse une empreinte sur la blockchain. Ici : où en est chacun, ce qu'il a coûté et ce qui le retient.
anchoring-retry = Relancer maintenant
anchoring-retried = Relance demandée
anchoring-retried-text = Tout ce qui attend est repris tout de suite ; cette page se met à jour d'elle-même.
anchoring-anchored = Certificats ancrés définitivement
anchoring-waiting = Certificats qui attendent un lot
anchoring-under-way = Appels en cours
anchoring-total-cost = { $count ->
    [0] Coût total, aucune transaction
    [one] Coût total, une transaction
   *[other] Coût total, { $count } transactions
}
anchoring-gas = Gas par certificat
anchoring-chain = La chaîne
anchoring-swept = Dernier passage : { $at }
anchoring-unswept = Aucun passage encore
anchoring-network-term = Réseau
anchoring-network = { $name } (n° { $number })
anchoring-embedded = Chaîne de démonstration
anchoring-network-unknown = Inconnu : aucun nœud ne répond
anchoring-balance = Solde du signataire
anchoring-balance-seen = { $balance }, vu le { $at }
anchoring-balance-unknown = Inconnu
anchoring-signer = Adresse du signataire
anchoring-contract = Adresse du contrat
anchoring-none = Non réglée
anchoring-explorer = Ouvrir dans l'explorateur public (nouvel onglet)
anchoring-nodes = Nœuds
anchoring-node = Nœud
anchoring-needed = { $nodes ->
    [0] Aucun nœud n'est réglé.
    [one] Un seul nœud : il est cru sur parole. Réglez-en deux au moins pour qu'aucun ne puisse tromper.
   *[other] Un ancrage n'est définitif que si { $needed } nœuds sur { $nodes } le disent.
}
anchoring-needed-embedded = La chaîne de démonstration a un seul nœud, sur cette machine. Une vraie en veut deux au moins (CHAIN_RPC_URLS).
anchoring-answer = Réponse
anchoring-milliseconds = { $count } ms
anchoring-node-well = En ordre
anchoring-node-behind = En retard
anchoring-node-silent = Ne répond pas
anchoring-node-refusing = Refuse de répondre
anchoring-node-other-chain = Sur une autre chaîne, ignoré
anchoring-unreachable = Aucun nœud ne répond comme il faut. Rien n'est perdu : les certificats attendent et partiront en un seul lot. Vérifiez le réglage CHAIN_RPC_URLS et l'état du fournisseur.
anchoring-calls = Appels au contrat
anchoring-calls-lead = Du plus récent au plus ancien : lots ancrés et certificats révoqués.
anchoring-call = Appel
anchoring-state = État
anchoring-transaction = Transaction
anchoring-block = Bloc
anchoring-cost = Coût
anchoring-cost-unknown = inconnu
anchoring-age = Durée
anchoring-all = Tous
anchoring-state-trouble = Retenus
anchoring-state-sealed = À envoyer
anchoring-state-signed = Envoyé
anchoring-state-mined = Dans un bloc
anchoring-state-final = Définitif
anchoring-state-conflict = Conflit
anchoring-count = { $count ->
    [0] Aucun appel
    [one] Un appel
   *[other] { $count } appels
}
anchoring-batch = Lot { $number }
anchoring-revocation = Révocation
anchoring-certificates = { $count ->
    [one] un certificat
   *[other] { $count } certificats
}
anchoring-renumbered = s'appelait { $number }
anchoring-attempts = { $count } transactions signées
anchoring-seconds = { $count } s
anchoring-took = En { $time }
anchoring-since = Depuis { $time }
anchoring-next-try = Prochain essai : { $at }.
anchoring-trouble-refused = Le contrat a refusé l'appel : il est en pause, ou le signataire n'a pas le rôle voulu.
anchoring-trouble-nonce-taken = Une autre transaction du signataire a pris sa place ; une nouvelle est signée. Un autre programme utilise-t-il la même clé ?
anchoring-trouble-reorganized = La chaîne a défait le bloc ; la transaction est renvoyée.
anchoring-trouble-forgotten = Les nœuds ont oublié les transactions qui la précédaient ; une nouvelle est signée.
anchoring-trouble-redeployed = Signé pour un autre contrat ou par une autre clé ; une nouvelle transaction est signée.
anchoring-trouble-lost = La chaîne ne le contient plus ; il est ancré de nouveau à l'identique.
anchoring-trouble-disputed = Les nœuds se contredisent : l'un d'eux ment ou est en retard. Rien n'est définitif tant qu'ils ne s'accordent pas.
anchoring-trouble-fee-limit = Le réseau demande plus que la limite réglée (CHAIN_MAX_FEE_GWEI) ; la transaction attend que les frais baissent.
anchoring-trouble-number-taken = Le contrat contenait déjà autre chose sous son numéro (base restaurée d'une sauvegarde ?) ; un nouveau numéro a été pris.
anchoring-conflict-text = Le contrat contient autre chose sous ce numéro, alors que nous l'avions signé. Les certificats partent dans un autre lot ; cherchez qui a utilisé la clé.
anchoring-conflict-known = Examiné. Les certificats sont partis dans un autre lot.
anchoring-acknowledge = Marquer comme examiné
anchoring-acknowledged = Alarme éteinte
anchoring-conflicts = { $count ->
    [one] Un conflit à examiner
   *[other] { $count } conflits à examiner
}
anchoring-conflicts-text = Le contrat contient autre chose que ce que nous avions signé. Soit un autre programme utilise la clé du signataire, soit la clé a été volée : vérifiez ses transactions avant de marquer le conflit comme examiné.
anchoring-show-conflicts = Voir les conflits
anchoring-silent = L'ancrage est arrêté depuis le { $at }
anchoring-silent-text = Rien n'est perdu : tout reprend dès qu'un nœud répond. Les certificats restent vérifiables, avec la mention « ancrage en cours ».
anchoring-silent-detail = Détail technique :
anchoring-low = Le solde du signataire est sous { $threshold }
anchoring-low-text = Quand il sera vide, plus aucun lot ne pourra être ancré. Envoyez des fonds à l'adresse du signataire ci-dessous.
anchoring-none-such = Aucun appel dans cet état
anchoring-show-all = Tout montrer
anchoring-empty = Rien n'a encore été ancré
anchoring-empty-text = Le premier lot apparaîtra ici quelques secondes après le premier certificat.
mail-anchoring-conflict-subject = Ancrage : un conflit à examiner
mail-anchoring-conflict-body =
    Bonjour { $first_name },

    { $kind ->
        [revocation] Le contrat contient une autre révocation que celle que la plateforme avait signée (appel { $number }).
       *[other] Le contrat contient une autre empreinte que celle du lot { $number }, que la plateforme avait signé.
    } Les certificats concernés restent valables et sont ancrés de nouveau.

    Un autre programme utilise peut-être la clé du signataire, ou elle a été volée : vérifiez ses transactions.
mail-anchoring-conflict-action = Ouvrir la page Ancrage
mail-chain-balance-low-subject = Ancrage : il ne reste que { $balance }
mail-chain-balance-low-body =
    Bonjour { $first_name },

    Le compte qui paie l'ancrage des certificats n'a plus que { $balance }, sous le seuil de { $threshold }. Quand il sera vide, plus aucun lot ne pourra être ancré.

    Envoyez des fonds à l'adresse { $signer }. Vous ne recevrez pas d'autre message tant que le solde restera sous le seuil.
mail-chain-balance-low-action = Ouvrir la page Ancrage
