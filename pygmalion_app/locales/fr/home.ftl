# Page d’accueil.
home-title = La formation aéronautique, réservée et prouvée
home-description = Trouvez la bonne formation aéronautique, à la bonne date, avec une place garantie : sûreté, marchandises dangereuses, aérodrome, maintenance, équipages. Certificats vérifiables par tous.
home-headline = La bonne formation, la bonne date, une place garantie.
home-lead = Comparez les sessions d’organismes contrôlés, inscrivez vos équipes en quelques minutes, recevez des certificats que chacun peut vérifier.
home-ask-category = Pour quel métier ?
home-ask-place = Où ?
home-ask-month = Quand ?
home-ask-language = Langue
home-search = Trouver une session
home-board-title = Prochains départs
home-board-note = Sessions à venir, places en direct
home-board-all = Toutes les sessions
board-time = Date
board-course = Formation
board-place = Lieu
board-seats = Places
board-price = Prix HT
home-figure-courses = formations publiées
home-figure-organizations = organismes de formation
home-figure-sessions = sessions à venir
home-figure-seats = places libres en ce moment
home-categories-title = Sept familles, du tarmac au cockpit
home-categories-lead = Du poste d’inspection filtrage au cockpit, les formations que le règlement demande.
home-category-count = { $count ->
    [0] Bientôt
    [one] 1 formation
   *[other] { $count } formations
}
home-how-title = Du besoin à la preuve, sans papier perdu
home-how-1 = Trouvez
home-how-1-text = Cherchez par métier, aéroport, mois ou texte réglementaire. Les places affichées sont celles qui restent.
home-how-2 = Inscrivez
home-how-2-text = Une ou dix personnes en une fois. Vos places sont gardées pendant que vous payez, par carte, au nom de l’entreprise.
home-how-3 = Validez
home-how-3-text = Le formateur atteste la présence et la réussite ; personne d’autre ne peut le faire à sa place.
home-how-4 = Prouvez
home-how-4-text = Chaque certificat porte un QR code et une empreinte inscrite sur une chaîne publique. Un employeur, un aéroport ou un auditeur le vérifie en une seconde.
home-verify-title = On vous présente un certificat ?
home-verify-lead = Scannez son QR code, ou déposez le PDF : il est comparé sur votre appareil, il n’est envoyé nulle part.
home-verify-action = Vérifier un certificat
