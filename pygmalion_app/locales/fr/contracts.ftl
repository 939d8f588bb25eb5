# Contrat individuel de formation, échéancier, rétractation.
contract-title = Contrat de formation professionnelle
contract-kicker = Contrat entre un organisme de formation et une personne qui paie elle-même
contract-parties = Les parties
contract-parties-seller = L’organisme de formation : { $seller }
contract-parties-buyer = Le stagiaire : { $buyer }
contract-parties-why = Le stagiaire suit cette formation à titre individuel et à ses frais. Le contrat relève des articles L6353-3 à L6353-7 du Code du travail ; il est conclu à distance, sur Pygmalion.
contract-nda = déclaration d’activité n° { $number }
contract-subject = Nature et objet
contract-subject-text = Action de formation : « { $course } ».
contract-subject-basis = Fondement réglementaire : { $basis }
contract-subject-result = Présence relevée par le formateur ; un certificat vérifiable est délivré à qui a été présent et a réussi l’évaluation.
contract-programme = Programme et objectifs
contract-before = Niveau de connaissances préalables
contract-before-none = Aucun prérequis particulier.
contract-means = Conditions, moyens et évaluation
contract-means-text = Formation donnée en groupe par un formateur, avec exposés, exercices et supports remis aux participants. Les connaissances sont évaluées pendant et à la fin de la formation.
contract-teachers-text = L’organisme désigne le formateur et tient ses diplômes, titres ou références à disposition : { $contact }.
contract-when = Dates, durée et lieu
contract-when-dates = Dates : { $days }, de { $start } à { $end } (heure de { $zone }).
contract-when-duration = Durée : { $duration }. Effectif : { $seats } { $seats ->
    [one] participant
   *[other] participants
} au plus.
contract-when-place = Lieu : { $place }. { $modality }, en { $language }.
contract-price = Prix
contract-price-discount = Remise déduite : { $amount } hors taxes.
contract-price-text = Prix total : { $total } toutes taxes comprises ({ $net } hors taxes, { $vat } de TVA).
contract-price-no-vat = Prix total : { $total }. TVA non applicable ou formation exonérée.
contract-payment = Paiement
contract-payment-card = Par carte bancaire, enregistrée lors de l’inscription. Rien n’est prélevé à ce moment.
contract-payment-nothing = Aucune somme n’est exigée avant la fin du délai de rétractation, le { $day } à minuit (article L6353-6).
contract-payment-stage = { $number }. { $amount } le { $day }
contract-payment-refused = Si un prélèvement est refusé, le stagiaire en est averti et peut payer en ligne ; le prélèvement est tenté de nouveau dans les jours qui suivent. La place reste réservée.
contract-withdrawal = Droit de rétractation
contract-withdrawal-right = Le stagiaire peut se rétracter sans motif ni frais pendant { $days } jours à compter de la conclusion du contrat, jusqu’au { $day } inclus. Un délai qui finirait un samedi, un dimanche ou un jour férié est prolongé jusqu’au jour ouvrable suivant.
contract-withdrawal-how = Il lui suffit du bouton « Se rétracter du contrat », sur la page de sa commande, dans ses formations ou au bas de chaque page. Il peut aussi écrire à { $contact }, ou envoyer une lettre recommandée avec avis de réception. Un accusé de réception daté lui est envoyé aussitôt.
contract-withdrawal-effect = La rétractation met fin au contrat. Aucune somme n’a été prélevée, aucune ne le sera.
contract-stopping = Annulation ou abandon
contract-stopping-text = Passé le délai de rétractation, le stagiaire peut encore annuler sa place avant la formation. Selon la date, une part du prix cesse alors d’être due :
contract-stopping-tier = { $percent } % du prix jusqu’à { $days } jours avant le début ;
contract-stopping-else = Ce qui a été versé au-delà de la part due est remboursé. Les prélèvements à venir sont annulés dans tous les cas : rien d’autre n’est demandé. Plus tard, ou en cas d’abandon pendant la formation, les sommes déjà versées restent acquises à l’organisme.
contract-stopping-seller = Si l’organisme annule la formation, tout ce qui a été versé est remboursé.
contract-force-majeure = Force majeure
contract-force-majeure-text = Si le stagiaire est empêché de suivre la formation par suite de force majeure dûment reconnue, il peut rompre le contrat. Seules les prestations effectivement dispensées sont alors dues, au prorata de leur valeur prévue au contrat (article L6353-7).
contract-disagreement = Différend
contract-disagreement-text = En cas de désaccord, le stagiaire s’adresse à { $contact }, puis s’il le souhaite au médiateur de la consommation de l’organisme. Le droit français s’applique.
contract-closing-accepted = Accepté en ligne par { $buyer } le { $local } ({ $utc } UTC).
contract-closing-hash = Empreinte SHA-256 du texte : { $hash }
contract-footer = Contrat { $order }

contract-section-title = Votre contrat
contract-section-lead = Vous payez vous-même : la loi demande un contrat écrit avant l’inscription. Lisez-le, il est court ; une copie vous est envoyée.
contract-accept-1 = J’ai lu ce contrat et je l’accepte. J’autorise
contract-accept-2 = à prélever sur ma carte les montants ci-dessus, aux dates indiquées.
contract-accept-error = Cochez la case pour accepter le contrat.
contract-download = Télécharger le contrat (PDF)
contract-refused = Le contrat n’a pas pu être préparé. Rechargez la page.

schedule-title = Quand vous payez
schedule-today = Aujourd’hui
schedule-today-text = Rien. Votre carte est seulement enregistrée.
schedule-withdraw = Jusqu’au { $day }
schedule-withdraw-text = Vous pouvez vous rétracter, sans motif ni frais.
schedule-start = Début de la formation
schedule-end = Fin de la formation
schedule-deposit = Acompte
schedule-balance = Solde
schedule-stage = { $number }e versement
schedule-total = Total
instalment-scheduled = À venir
instalment-charging = En cours
instalment-paid = Payé
instalment-failed = Refusé
instalment-cancelled = Annulé
instalment-retry = Nouvel essai le { $day }
instalment-pay = Payer maintenant
instalments-failed-title = Un prélèvement a été refusé
instalments-failed-text = Votre place reste réservée. Payez en ligne avec la carte de votre choix.
instalments-none = Rien n’a été prélevé et rien ne le sera.

withdrawal-link = Se rétracter du contrat
withdrawal-until-1 = Possible jusqu’au
withdrawal-until-2 = {" "}à minuit, sans motif ni frais.
withdrawal-title = Se rétracter du contrat
withdrawal-lead = Deux étapes : vérifiez votre déclaration, puis confirmez-la.
withdrawal-step-1 = Déclaration
withdrawal-step-2 = Confirmation
withdrawal-step-3 = Accusé de réception
withdrawal-statement = Je soussigné(e) { $buyer } notifie à { $organization } ma rétractation du contrat portant sur la formation « { $course } » ({ $days }), conclu le { $accepted }.
withdrawal-effects = Ce qui se passe
withdrawal-effect-1 = Le contrat prend fin et votre place est libérée.
withdrawal-effect-2 = Rien n’a été prélevé et rien ne le sera : les versements prévus sont annulés
withdrawal-effect-3 = Un accusé de réception, avec la date et l’heure, part à
withdrawal-continue = Continuer
withdrawal-keep = Garder ma place
withdrawal-confirm-title = Confirmez votre rétractation
withdrawal-confirm-text = Cette déclaration ne peut pas être reprise. Pour revenir, il faudrait s’inscrire de nouveau.
withdrawal-confirm = Confirmer la rétractation
withdrawal-done-title = Votre rétractation est enregistrée
withdrawal-done-1 = Reçue le
withdrawal-done-2 = L’accusé de réception est envoyé à
withdrawal-receipt = Télécharger l’accusé (PDF)
withdrawal-late-title = Le délai de rétractation est passé
withdrawal-late-1 = Il a pris fin le
withdrawal-late-2 = {" "}à minuit.
withdrawal-late-text = Vous pouvez encore annuler votre place depuis la commande ; ce qui vous revient est montré avant de confirmer.
withdrawal-none-title = Rien à rétracter ici
withdrawal-none-text = Cette commande n’est pas un contrat individuel en cours, ou elle appartient à quelqu’un d’autre.
withdrawal-order = Voir la commande
withdrawal-receipt-title = Accusé de réception de rétractation
withdrawal-receipt-kicker = Rétractation d’un contrat de formation
withdrawal-receipt-statement = Déclaration reçue
withdrawal-receipt-when = Date et heure de réception
withdrawal-receipt-moment = { $local } (heure de { $zone }), soit { $utc } UTC.
withdrawal-receipt-effects = Effets
withdrawal-receipt-effect = Le contrat a pris fin. Aucune somme n’a été prélevée ; les prélèvements prévus, { $amount } en tout, sont annulés.
withdrawal-receipt-means = Accusé envoyé à { $email } ; copie à { $organization }.
withdrawal-receipt-closing = Rétractation confirmée en ligne par { $buyer } le { $local } ({ $utc } UTC).
withdrawal-receipt-footer = Rétractation { $order }
withdrawal-moment = { $day } à { $time }

privacy-kept-contracts = Vos contrats de formation
privacy-kept-contracts-why = Leur date et leur empreinte, 7 ans après la session ; leur texte est effacé.
privacy-area-contracts = Contrats et rétractations
privacy-area-instalments = Versements
retention-contracts = Contrats et rétractations
retention-instalment_details = Références bancaires des versements

error-contract_required-title = Contrat à accepter
error-contract_required = Qui paie soi-même accepte d'abord le contrat : lisez-le, puis cochez la case.
error-contract_changed-title = Le contrat a changé
error-contract_changed = Le contrat a changé depuis que vous l'avez lu (date, prix ou programme). Relisez-le, puis acceptez-le de nouveau.
error-withdrawal_over-title = Délai de rétractation passé
error-withdrawal_over = Le délai de rétractation est passé. Vous pouvez encore annuler votre place depuis la commande.
error-withdrawal_changed-title = Déclaration à revoir
error-withdrawal_changed = La déclaration a changé entre-temps. Relisez-la, puis confirmez.
error-instalment_closed-title = Versement déjà réglé
error-instalment_closed = Ce versement n'est plus à payer, ou il est en cours. Rechargez la page.

mail-contract-subject = Votre contrat : { $course }
mail-contract-body =
    Bonjour { $first_name },

    Voici le contrat que vous avez accepté le { $accepted }. Gardez ce message : c'est votre exemplaire. Le PDF se télécharge depuis votre commande.
mail-contract-action = Voir la commande

mail-instalment-paid-subject = Prélèvement de { $amount } : { $course }
mail-instalment-paid-body =
    Bonjour { $first_name },

    Comme prévu par votre contrat, { $amount } ont été payés pour « { $course } » (versement { $number }).
mail-instalment-paid-action = Voir mes versements

mail-instalment-failed-subject = Prélèvement refusé : { $course }
mail-instalment-failed-body =
    Bonjour { $first_name },

    Le versement de { $amount } pour « { $course } » ({ $dates }) a été refusé par votre banque, ou demande votre accord. Votre place reste réservée.

    Payez-le en ligne, avec la carte de votre choix. { $retry ->
        [none] Il ne sera plus tenté de prélèvement ; l'organisme est averti.
       *[other] Sans paiement de votre part, un nouvel essai aura lieu le { $retry }.
    }
mail-instalment-failed-action = Payer maintenant

mail-instalment-unpaid-subject = Versement impayé : { $course }
mail-instalment-unpaid-body =
    Bonjour,

    Le versement de { $amount } de { $buyer } pour « { $course } » ({ $dates }) a été refusé plusieurs fois. La place reste réservée et rien n'est annulé : c'est à vous d'en décider avec cette personne, qui peut encore payer en ligne.
mail-instalment-unpaid-action = Voir la session

mail-withdrawn-subject = Accusé de réception de votre rétractation : { $course }
mail-withdrawn-body =
    Bonjour { $first_name },

    Voici l'accusé de réception de votre rétractation. Gardez ce message.
mail-withdrawn-action = Voir l'accusé de réception

mail-withdrawn-seller-subject = Rétractation : { $course }
mail-withdrawn-seller-body =
    Bonjour,

    { $buyer } s'est rétracté(e) du contrat portant sur « { $course } » ({ $dates }), dans le délai légal. La place est libérée ; rien n'a été prélevé.
mail-withdrawn-seller-action = Voir la session

# La convention de formation d’une entreprise.
convention-title = Convention de formation professionnelle
convention-kicker = Articles L6353-1 et L6353-2 du Code du travail
convention-parties = Les parties
convention-seller = L’organisme de formation : { $who }
convention-buyer = L’entreprise bénéficiaire : { $who }
convention-law = Elles concluent la présente convention en application des articles L6353-1, L6353-2 et D6353-1 du Code du travail.
convention-subject = Intitulé et nature de l’action
convention-subject-text = « { $course } ». Action de formation au sens de l’article L6313-1 du Code du travail.
convention-objectives = Objectifs
convention-programme = Contenu
convention-before = Niveau de connaissances préalables
convention-means = Moyens et modalités de déroulement
convention-means-text = Formation donnée en groupe par un formateur, avec exposés, exercices et supports remis aux participants.
convention-followed = Suivi et évaluation
convention-followed-text = Présence émargée par demi-journée par chaque participant et par le formateur ; un certificat de réalisation est remis à l’entreprise.
convention-when = Dates, durée et lieu
convention-when-duration = Durée : { $duration } par participant.
convention-people = Participants
convention-people-count = { $count ->
    [one] Un participant :
   *[other] { $count } participants :
}
convention-price = Prix
convention-price-unit = { $count ->
    [one] Une place
   *[other] { $count } places
} à { $unit } hors taxes.
convention-payment = Règlement
convention-payment-card = Payé en ligne par carte bancaire à la commande.
convention-payment-invoice = Sur facture, par virement, { $days } jours après son émission.
convention-payment-reference = Bon de commande de l’entreprise : { $reference }.
convention-payment-subrogated = { $name } règle { $amount } directement à l’organisme de formation (subrogation, dossier { $dossier }) ; l’entreprise règle le reste.
convention-payment-funded = { $name } rembourse { $amount } à l’entreprise (dossier { $dossier }) ; l’entreprise règle la totalité à l’organisme.
convention-stopping = Annulation, remplacement, inexécution
convention-stopping-text = L’entreprise peut annuler une place avant la formation. Lui est alors remboursé ou cesse d’être dû :
convention-stopping-tier = { $percent } % du prix jusqu’à { $days } jours avant le début ;
convention-stopping-replaced = { $days ->
    [0] Elle peut remplacer un participant jusqu’au début.
    [one] Elle peut remplacer un participant jusqu’à un jour avant le début.
   *[other] Elle peut remplacer un participant jusqu’à { $days } jours avant le début.
}
convention-stopping-seller = Si la formation n’a pas lieu, ou en partie seulement, l’organisme rembourse les sommes indûment perçues (article L6354-1).
convention-disagreement = Différend
convention-disagreement-text = À défaut d’accord amiable entre l’entreprise et { $seller }, le tribunal compétent est saisi. Le droit français s’applique.
convention-closing = Commandée en ligne pour { $buyer } par { $name }, le { $day }.
convention-closing-seller = Acceptée par { $seller } par la confirmation de la commande.
convention-footer = Convention { $order }
convention-download = Convention de formation (PDF)
convention-text = Elle suit votre commande : participants, dates et prix y sont à jour.
