# Le document (PDF)
certificate-title = Certificat de formation
certificate-completed = a suivi en totalité et validé la formation
certificate-qr-alt = Code QR qui ouvre la page de vérification { $url }
certificate-scan = Scannez pour vérifier
certificate-number = Numéro
certificate-issuer = Délivré par
certificate-training-days = Formation
certificate-duration = Durée
certificate-place = Lieu et modalité
certificate-issued = Délivré le
certificate-valid-until = Valable jusqu’au
certificate-no-expiry = Sans limite
certificate-legal-basis = Base réglementaire
certificate-none = Sans objet
certificate-attachment = Contenu du certificat, lisible par machine
certificate-note = L’empreinte de ce fichier est ancrée sur une chaîne de blocs. Scannez le code ou déposez ce PDF sur la page de vérification : la moindre modification se voit.
certificate-modality-presentiel = présentiel
certificate-modality-elearning = en ligne
certificate-modality-virtuel = classe virtuelle
certificate-modality-blended = formation mixte
certificate-file-name = certificat-{ $number }.pdf

# Courriel au titulaire
mail-certificate-subject = Votre certificat : { $course }
mail-certificate-body =
    Votre certificat pour « { $course } » est prêt.

    Téléchargez le PDF ou partagez son lien : chacun peut le vérifier, sans compte.
mail-certificate-action = Voir mes certificats

# Erreurs
error-certificate_not_ready-title = Document en préparation
error-certificate_not_ready = Le document de ce certificat est en cours de préparation. Réessayez dans quelques secondes.
error-certificate_already_revoked-title = Certificat déjà révoqué
error-certificate_already_revoked = Ce certificat a déjà été révoqué.
