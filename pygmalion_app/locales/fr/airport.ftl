dashboard-airport = Aéroport
airport-lead = { $tenants ->
    [one] Une entreprise partage son statut
   *[other] { $tenants } entreprises partagent leur statut
} · { $people ->
    [one] une personne
   *[other] { $people } personnes
}
airport-compliance = Conformité de la plateforme
airport-rate = en règle, bientôt expirés et dispensés compris
airport-statuses = Exigences par statut
airport-losing = Perdent l'accès côté piste sous 30 jours
airport-losing-count = { $count ->
    [0] personne
    [one] une personne
   *[other] { $count } personnes
}
airport-losing-none = Personne ne perd son accès dans les 30 jours
airport-losing-none-text = La formation de sûreté 11.2.6.2 de chacun court plus loin.
airport-losing-short = Perdent l'accès
airport-ends = Fin de validité
airport-renewal = Renouvellement
airport-planned = Session le { $day }
airport-planned-held = Session suivie le { $day }, résultat attendu
airport-planned-late = Session le { $day }, après l’échéance
airport-not-planned = Rien de réservé
airport-days = { $days ->
    [0] aujourd'hui
    [one] demain
   *[other] dans { $days } jours
}
airport-somebody = Nom non partagé
airport-capacity = Places et besoin
airport-capacity-lead = Ce qui expire ou manque et n'est pas réservé, face aux places libres des sessions ouvertes. Les formations à distance comptent partout.
airport-capacity-chart = Besoin et places libres par mois
airport-place = Sessions à
airport-everywhere = Tous les lieux
airport-need = Besoin
airport-seats = Places libres
airport-verdict = Bilan
airport-gap = { $count ->
    [one] manque une place
   *[other] manque { $count } places
}
airport-enough = Assez de places
airport-courses = Les formations les plus tendues, six mois
airport-tenants = Entreprises de la plateforme
airport-tenants-lead = Les taux les plus bas d'abord. Chaque entreprise décide de ce qu'elle partage ; les certificats ne le sont jamais.
airport-tenant = Entreprise
airport-people = Personnes
airport-without = Sans accès valable
airport-with-names = Statuts et noms
airport-without-names = Statuts sans noms
airport-contractors = Types de contrat comparés
airport-contractors-chart = Taux de conformité par type de contrat
airport-employees = Salariés
airport-nobody = Aucune entreprise ne partage encore son statut
airport-nobody-text = Demandez-le aux entreprises de votre plateforme : elles décident, et vous ne voyez que des statuts.
airport-ask = Demander à une entreprise de partager
airport-siret = SIRET de l'entreprise
airport-siret-hint = 14 chiffres. Ses gestionnaires verront votre demande sur leur page « Partage ».
airport-siret-wrong = Ce n'est pas un SIRET valable : 14 chiffres, par exemple 732 829 320 00074.
airport-ask-send = Envoyer la demande
airport-asked = Demande envoyée
airport-asked-text = Si cette entreprise est ici, ses gestionnaires la voient maintenant.
tab-team-sharing = Partage
sharing-title = Partage avec les aéroports
sharing-lead = Vous décidez quels aéroports voient où en sont vos équipes, et vous pouvez changer d'avis à tout moment.
sharing-what-title = Ce qu'un aéroport voit
sharing-what = Des nombres et des statuts par entreprise, et les noms si vous le choisissez. Jamais un certificat, ni un document, ni un motif de dispense.
sharing-empty = Vous ne partagez rien
sharing-empty-text = Les demandes des aéroports apparaissent ici ; vous pouvez aussi en ajouter un.
sharing-state-none = Rien n'est partagé
sharing-state-figures = Statuts partagés
sharing-state-names = Statuts et noms partagés
sharing-state-asked = Demande reçue
sharing-since = Depuis le { $day }
sharing-asked-on = Demandé le { $day }
sharing-withdrawn-on = Retiré le { $day }
sharing-share = Partager les statuts
sharing-share-names = Partager aussi les noms
sharing-show-names = Ajouter les noms
sharing-hide-names = Retirer les noms
sharing-withdraw = Ne plus partager
sharing-shared = Le partage est en place.
sharing-withdrawn = L'aéroport ne voit plus rien de votre entreprise.
error-airport_unknown = Aucun aéroport inscrit ici ne porte ce SIRET : vérifiez-le auprès de l'exploitant.
error-airport_unknown-title = Aéroport inconnu
sharing-add = Partager avec un autre aéroport
sharing-siret = SIRET de l'exploitant
sharing-siret-hint = 14 chiffres. Il verra vos statuts, sans les noms.
