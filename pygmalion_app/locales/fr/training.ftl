# Mes formations, mes certificats.
training-lead = Ce qui vous attend, ce que vous avez suivi.
training-find = Trouver une formation
training-empty = Aucune formation pour l’instant
training-empty-text = Réservez une session : sa convocation, son lieu et ses horaires s’afficheront ici.
training-next = Prochaine session
training-in-days = { $days ->
    [0] Aujourd’hui
    [one] Demain
   *[other] Dans { $days } jours
}
training-duration = Durée
training-bring = À apporter
training-upcoming = À venir
training-past = Suivies
training-manage = Gérer la réservation
training-certificate = Certificat

certificates-lead = Chacun se vérifie en une seconde, par QR code, lien ou fichier PDF.
certificates-empty = Aucun certificat pour l’instant
certificates-empty-text = Un certificat arrive ici dès que le formateur a validé votre présence et votre réussite.
my-certificate-number = Numéro
my-certificate-holder = Titulaire
my-certificate-by = Délivré par
my-certificate-completed = Formation achevée le
my-certificate-valid-until = Valable jusqu’au
my-certificate-no-end = Sans limite de durée
my-certificate-download = Télécharger le PDF
my-certificate-share = Partager
my-certificate-check = Vérifier
my-certificate-share-title = Partager ce certificat
my-certificate-share-text = Toute personne qui a ce lien ou ce QR code voit si le certificat est valable, et rien d’autre de votre compte.
my-certificate-copy = Copier le lien
my-certificate-copied = Lien copié
my-certificate-qr = QR code de la page de vérification
my-certificate-being-made = Le document est en cours d’édition, quelques secondes.
my-certificate-revoked-why = Motif
