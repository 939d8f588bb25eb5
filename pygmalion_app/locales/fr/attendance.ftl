# L’émargement par demi-journée.
att-title = Émargement
att-loading = Lecture de la feuille…
att-away = La feuille n’a pas pu être lue. Elle s’affiche dès que le réseau revient.
att-pad = Zone de signature : dessinez, ou appuyez sur Entrée pour signer d’une croix
att-pad-text = Signez dans le cadre, du doigt ou à la souris.
att-sign = Signer
att-sign-again = Signer à nouveau
att-clear = Effacer
att-reason = Motif
att-note = Précision (facultatif)
att-minutes = Minutes de retard
att-came-late = Arrivé en retard
att-absent = Absent
att-absent-text = Le motif est repris sur la feuille ; la précision ne l’est pas.
att-note-absent = Noter l’absence
att-is-absent = Absent
att-is-present = Présent
att-is-late = Retard de { $minutes } min
att-unsigned = À signer
att-to-send = À envoyer
att-waiting = Gardé sur cet appareil, à envoyer : { $count }
att-waiting-text = Tout part dès que le réseau revient. L’heure de signature est celle de maintenant. Gardez cette page ouverte, ou rouvrez-la plus tard sur cet appareil.
att-halves = Demi-journées
att-noted = { $count } sur { $total } notés
att-paper = Feuille en PDF
att-code = Code à scanner
att-code-text = Chaque participant scanne ce code avec son téléphone et signe chez lui. Le code change toutes les 20 secondes.
att-code-alt = Code QR de la demi-journée
att-code-offline = Sans réseau, le code ne change plus : faites signer sur cet appareil.
att-not-open = Cette demi-journée n’est pas ouverte : on signe d’une heure avant son début à un jour après sa fin.
att-ready = Tout le monde est noté. À vous de signer.
att-missing = Encore à noter avant votre signature : { $count }
att-countersign = Signer comme formateur
att-trainer-text = Votre signature clôt la demi-journée : plus rien n’y change, sauf si vous la rouvrez.
att-closed-by = Clôturée par { $name }
att-reopen = Rouvrir
att-you = vous
att-signed-here = Signé à { $at }, sur cet appareil
att-signed-at = Signé à { $at }
att-signed-own = Signé à { $at } sur son téléphone
att-received-at = Signé à { $at } · reçu le { $received }
att-kept = Signature gardée sur ce téléphone
att-kept-text = Il n’y a pas de réseau. Elle part dès qu’il revient ; gardez cette page ouverte.
att-done = C’est signé
att-done-text = Votre formateur voit votre signature. Vous pouvez fermer cette page.
att-refused = Signature refusée

half-morning = matin
half-afternoon = après-midi
half-evening = soir

reason-transport = transport
reason-illness = maladie
reason-work = raison professionnelle
reason-family = raison familiale
reason-other = autre motif
reason-unknown = motif inconnu

attend-title = Signer ma présence
attend-half = { $day } · { $half }, dès { $start }
attend-as = Vous signez en tant que
attend-late-before = Vous arrivez avec
attend-late-after = minutes de retard : indiquez pourquoi, puis signez.
attend-already = Vous avez déjà signé
attend-already-text = Votre présence à cette demi-journée est enregistrée.
attend-refused = Signature impossible

sheet-kicker = Feuille d’émargement
sheet-school = Organisme de formation : { $name }
sheet-when = { $days } · { $place }
sheet-led = Formateur : { $name }
sheet-participant = Participant
sheet-trainer = Formateur
sheet-signature = Signature manuscrite
sheet-absent = Absent ({ $reason })
sheet-late = Retard : { $minutes } min
sheet-signed-at = signé à { $at }
sheet-received-at = signé à { $at }, reçu le { $received }
sheet-closing = Heures locales ({ $zone }). « Signé » est l’heure de l’appareil ; « reçu » celle du serveur, quand la signature a été prise sans réseau.
sheet-footer = Session { $session }

teach-attendance-open = Feuille d’émargement
teach-attended = { $signed } demi-journée(s) signée(s) sur { $total }
teach-attended-absent = { $signed } sur { $total } signées, { $absent } absence(s)
teach-from-attendance = L’émargement est complet : les présences sont reprises ci-dessous. Vous décidez en validant.

privacy-area-attendance = Émargement
privacy-kept-attendance = Vos présences en formation
privacy-kept-attendance-why = La date et l’heure de chaque demi-journée, 7 ans après la session ; vos signatures et motifs sont effacés.
retention-attendance = Émargement des participants
retention-attendance-trainers = Signatures des formateurs

error-attendance_closed-title = Demi-journée clôturée
error-attendance_closed = Le formateur a déjà signé cette demi-journée. Demandez-lui de la rouvrir si quelque chose manque.
error-attendance_incomplete-title = Il manque quelqu’un
error-attendance_incomplete = { $missing ->
    [one] Une personne n’est ni signée ni absente. Notez-la, puis signez.
   *[other] { $missing } personnes ne sont ni signées ni absentes. Notez-les, puis signez.
}
error-attendance_not_open-title = Pas le moment de signer
error-attendance_not_open = On signe d’une heure avant le début de la demi-journée à un jour après sa fin.
error-attendance_code-title = Code périmé
error-attendance_code = Ce code n’est plus valable. Scannez celui que le formateur affiche maintenant.
error-attendance_not_participant-title = Pas inscrit à cette session
error-attendance_not_participant = Votre compte n’a pas de place confirmée dans cette session. Vérifiez avec quel compte vous êtes connecté, ou parlez-en au formateur.
