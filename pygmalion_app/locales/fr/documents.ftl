# Certificat : signataire, spécimen
certificate-signatory = Signataire
certificate-specimen = Spécimen
certificate-sample-holder = Camille Exemple
certificate-sample-course = Sûreté de l’aviation civile : formation initiale

# Certificat de réalisation
completion-title = Certificat de réalisation
completion-basis = Articles L6313-1 et L6353-1 du Code du travail
completion-declares = Je soussigné(e) { $signatory }, { $title }, pour le dispensateur de l’action concourant au développement des compétences { $organization }, atteste que :
completion-declares-organization = Le dispensateur de l’action concourant au développement des compétences { $organization } atteste que :
completion-employer = salarié(e) ou stagiaire de l’entreprise { $company }
completion-followed = a suivi l’action :
completion-nature = Nature de l’action concourant au développement des compétences :
completion-nature-training = action de formation
completion-nature-assessment = bilan de compétences
completion-nature-validation = action de VAE
completion-nature-apprenticeship = action de formation par apprentissage
completion-checked = case cochée
completion-unchecked = case non cochée
completion-from = Qui s’est déroulée du
completion-until = au
completion-hours = Pour une durée de
completion-keeps = Sans préjudice des délais imposés par les règles fiscales, comptables ou commerciales, le dispensateur s’engage à conserver l’ensemble des pièces justificatives qui ont permis d’établir le présent certificat pendant une durée de trois ans à compter de la fin de l’année du dernier paiement. En cas de cofinancement par des fonds européens, la durée de conservation est étendue conformément aux obligations conventionnelles spécifiques.
completion-made = Le { $day }
completion-made-at = Fait à { $city }, le { $day }
completion-sign = Pour le dispensateur de formation
completion-signed = Signé électroniquement (PAdES) : toute modification de ce fichier se voit.
completion-footer = Établi avec le certificat { $number }
completion-nda = Déclaration d’activité n° { $nda }
completion-file-name = certificat-de-realisation-{ $number }.pdf
completion-download = Certificat de réalisation

# Erreurs
error-completion_withdrawn-title = Document retiré
error-completion_withdrawn = Ce certificat a été repris, ou le nom de son titulaire effacé : son certificat de réalisation n’est plus délivré.
error-accent_unreadable-title = Couleur trop pâle
error-accent_unreadable = Cette couleur se lit mal sur du papier blanc (contraste { $contrast }, il en faut { $least }). Choisissez-en une plus foncée.
error-logo_refused-title = Logo refusé
error-logo_refused = { $fault ->
    [too_large] Ce fichier dépasse 500 Ko. Réduisez-le.
    [empty] Ce fichier est vide. Choisissez-en un autre.
    [unknown_type] Ce fichier n’est ni un PNG, ni un JPEG, ni un SVG. Exportez le logo dans l’un de ces formats.
    [too_many_pixels] Ce dessin est trop détaillé. Simplifiez-le ou exportez-le en PNG.
    [active_content] Ce SVG contient du texte, des images, des scripts ou des liens. Vectorisez les textes et exportez des formes seules, ou un PNG.
    [disguised] Ce fichier contient autre chose qu’une image. Exportez le logo de nouveau.
   *[damaged] Ce fichier ne se lit pas. Exportez le logo de nouveau.
}

# Page « modèle de certificat »
tab-organization-certificates = Certificats
template-title = Modèle de certificat
template-lead = Ce que vos certificats portent en plus de ce qu’ils attestent. Ceux déjà délivrés ne changent pas.
template-school-title = Réservé aux organismes de formation
template-school-text = Seul un administrateur d’un organisme de formation règle le modèle de ses certificats.
template-logo = Logo
template-logo-hint = PNG, JPEG ou SVG, 500 Ko au plus. Un fond transparent convient le mieux.
template-logo-kept = Votre logo figure sur l’aperçu.
template-logo-none = Sans logo, le nom de l’organisme en tient lieu.
template-logo-send = Envoyer le logo
template-logo-remove = Retirer le logo
template-logo-file = Fichier du logo
template-no-file = Choisissez un fichier.
template-send-failed = Le logo n’a pas pu être envoyé. Réessayez.
template-logo-saved = Logo enregistré
template-logo-removed = Logo retiré
template-words = Signataire et mentions
template-signatory = Nom du signataire
template-signatory-title = Fonction
template-wording = Mention réglementaire (français)
template-wording-hint = Agrément, règlement, référence : 400 caractères au plus.
template-wording-en = La même mention en anglais
template-accent = Couleur d’accent
template-accent-hint = Assez foncée pour se lire sur du papier blanc.
template-save = Enregistrer le modèle
template-saved = Modèle enregistré : les prochains certificats le suivront
template-not-saved = Modèle non enregistré
template-too-long = Trop long. Raccourcissez ce texte.
template-preview = Aperçu
template-preview-text = Avec un titulaire inventé. L’aperçu suit ce que vous saisissez, avant même d’enregistrer.
template-preview-alt = Aperçu d’un certificat portant votre logo, votre signataire et vos mentions
template-specimen = Télécharger un spécimen (PDF)
