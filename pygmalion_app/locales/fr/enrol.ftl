# Inscription, commande, annulation.
session-hours = de { $start } à { $end } (heure de { $city })
refund-rule = { $percent } % remboursés jusqu’à { $days ->
    [0] la veille
    [one] 1 jour avant
   *[other] { $days } jours avant
}
refund-rule-seller = Remboursement intégral si l’organisme annule

enrol-title = Inscription
enrol-step-people = Participants
enrol-step-pay = Paiement
enrol-step-done = Confirmation
enrol-closed-title = Cette session n’est plus ouverte
enrol-closed-text = Elle a commencé ou a été annulée. D’autres dates existent sans doute.
enrol-missing-title = Cette session n’existe pas
enrol-missing-text = L’adresse est peut-être incomplète, ou la formation a été retirée.
enrol-choose = Choisir une formation
enrol-payer = Qui paie ?
enrol-payer-legend = Le contrat dépend de qui paie
payer-company = Mon entreprise
payer-company-text = Convention de formation. Plusieurs participants, paiement par carte maintenant.
payer-individual = Moi-même
payer-individual-text = Contrat individuel, pour vous seul. Carte enregistrée, rien n’est prélevé aujourd’hui.
payer-individual-only = Vous vous inscrivez vous-même. Pour inscrire une équipe, demandez à votre entreprise de vous nommer responsable.
enrol-company = Entreprise
enrol-you = Participant
enrol-law-2 = Vous pouvez vous rétracter sans motif ni frais jusqu’au
enrol-people = Participants
enrol-source = Comment désigner les participants
enrol-source-team = Mon équipe
enrol-source-email = Par e-mail
enrol-source-paste = Coller une liste
enrol-search = Chercher dans l’équipe
enrol-search-empty = Personne de ce nom dans l’équipe. Ajoutez la personne par e-mail.
enrol-add = Ajouter
enrol-email-note = La personne reçoit sa convocation à cette adresse.
enrol-paste = Noms et e-mails, une personne par ligne
enrol-paste-hint = Copiez depuis un tableur : tabulation, point-virgule ou virgule, dans l’ordre que vous voulez.
enrol-paste-example = DUPONT;Marie;marie.dupont@entreprise.fr
enrol-paste-read = Ajouter ces personnes
enrol-pasted = { $added ->
    [0] Personne à ajouter
    [one] 1 personne ajoutée
   *[other] { $added } personnes ajoutées
}{ $repeated ->
    [0] .
    [one] , 1 en double ou à corriger laissée de côté.
   *[other] , { $repeated } en double ou à corriger laissées de côté.
}
enrol-bad-title = Lignes à corriger
enrol-bad-email = Ligne { $line } : pas d’adresse e-mail valable dans « { $text } »
enrol-bad-name = Ligne { $line } : prénom et nom introuvables dans « { $text } »
enrol-twice = Cette personne est déjà dans la liste.
enrol-already = Déjà inscrit à cette session
enrol-already-short = Déjà inscrit
enrol-chosen = Seront inscrits
enrol-chosen-none = Personne pour l’instant. Cochez, ajoutez ou collez des noms ci-dessus.
enrol-remove = Retirer
enrol-price = Prix
enrol-vat = TVA
enrol-no-vat = TVA : exonérée ou non applicable
enrol-total = Total TTC
enrol-nothing-today = À payer aujourd’hui : rien
enrol-refund = Si je dois annuler
enrol-hold = Retenir les places et payer
enrol-hold-save = Retenir ma place
enrol-hold-text = Vos places sont gardées 30 minutes, le temps de payer. Toutes ou aucune.
enrol-order = Commander, payer sur facture
enrol-order-text = Vos places sont confirmées dès la commande, toutes ou aucune. La facture suit, à régler par virement.
enrol-nobody = Désignez au moins un participant.
enrol-blocked = Retirez de la liste les personnes signalées.
enrol-too-many = Il ne reste pas assez de places pour tous ces participants.
enrol-refused = Cette inscription n’a pas pu être lue. Vérifiez les participants.
enrol-when = Dates
enrol-where = Lieu
enrol-by = Organisme
enrol-course = Voir la formation

order-title = Commande
order-missing-title = Commande introuvable
order-missing-text = Elle n’existe pas, ou elle appartient à quelqu’un d’autre.
order-pending = À payer
order-confirmed = Confirmée
order-expired = Expirée
order-cancelled = Annulée
order-waiting-title = Vos places sont retenues
order-waiting-text = Payez avant la fin du décompte ; ensuite elles seront remises en vente.
order-held = Encore
order-pay = Payer
order-save-card = Enregistrer ma carte
order-give-up = Renoncer aux places
order-gateway-silent = La page de paiement ne répond pas. Vos places restent retenues : réessayez dans un instant.
order-confirming-title = Paiement reçu, confirmation en cours
order-confirming-text = Cette page se met à jour toute seule, en général en une ou deux secondes.
order-processing-title = Paiement en cours à votre banque
order-processing-text = Les places restent retenues jusqu’à la réponse de la banque. Vous recevrez un e-mail.
order-confirmed-title = C’est confirmé
order-confirmed-text = Les places sont à vous. Voici la suite :
order-next-mail = Un e-mail de confirmation part à votre adresse.
order-next-call = Chaque participant reçoit sa convocation : date, lieu, ce qu’il faut apporter.
order-next-paid = Votre paiement par carte est enregistré.
order-next-saved = Votre carte est enregistrée. Rien n’est prélevé jusqu’au
order-next-certificate = Après la session, le formateur valide et chacun reçoit un certificat vérifiable.
order-more = Réserver autre chose
order-expired-title = Le temps est écoulé
order-expired-text = Les places n’ont pas été payées à temps et sont de nouveau en vente. Rien n’a été prélevé.
order-cancelled-title = Commande annulée
order-cancelled-text = Les places ont été libérées.
order-refunded = Le remboursement est en route vers votre carte.
order-again = Choisir à nouveau
order-other-dates = Voir les autres dates
order-person = Participant
order-state = État
order-cancel-seat = Annuler cette place

cancel-title = Annuler la place de { $name } ?
cancel-refund = { $amount } vous seront remboursés sur la carte du paiement.
cancel-no-refund = À cette date, la place n’est plus remboursée selon les conditions acceptées à l’achat.
cancel-nothing-taken = Rien n’a été prélevé : il n’y a rien à rembourser.
cancel-note = Ce qui est annulé est remis en vente aussitôt. Cette action ne peut pas être défaite.
cancel-keep = Ne rien annuler
cancel-confirm = Confirmer l’annulation
cancel-done = { $count ->
    [one] La place est annulée.
   *[other] Les places sont annulées.
}
give-up-title = Renoncer à ces places ?
give-up-text = Elles sont remises en vente aussitôt. Rien n’a été prélevé.
give-up-keep = Les garder
give-up-confirm = Renoncer

seat-pending = En attente de paiement
seat-confirmed = Confirmé
seat-in-progress = En cours
seat-completed = Réussi
seat-cancelled = Annulé
seat-absent = Absent
seat-failed = Non validé
order-over-title = Session terminée
order-over-text = Le résultat de chaque participant est ci-dessous.
