# Page publique de vérification
verify-title = Vérifier un certificat
verify-description = Scannez le code QR d’un certificat Pygmalion ou déposez son PDF : son authenticité se voit en une seconde, sans compte.
verify-lead = Scannez le code QR imprimé sur le certificat, ou déposez le fichier reçu. Sans compte, en une seconde.
verify-kicker = Certificat
verify-word-valid = Valide
verify-word-pending = En cours
verify-word-revoked = Révoqué
verify-word-expired = Expiré
verify-word-tampered = Altéré
verify-word-unknown = Inconnu
verify-sentence-valid = Authentique, ancré et en cours de validité.
verify-sentence-pending = Authentique ; son ancrage sur la chaîne est en cours, en général quelques secondes. Rechargez la page.
verify-sentence-revoked = Repris par l’organisme de formation le { $date }. Ne l’acceptez pas.
verify-sentence-revoked-chain = Révoqué sur la chaîne. Ne l’acceptez pas.
verify-sentence-expired = Authentique, mais expiré depuis le { $date }.
verify-sentence-tampered = Ne correspond pas à ce qui a été délivré. Ne l’acceptez pas.
verify-sentence-tampered-file = Ce fichier n’est pas le document délivré : il a été modifié. Ne l’acceptez pas.
verify-sentence-unknown = Aucun certificat délivré ici ne porte ce code. Ne l’acceptez pas.
verify-sentence-unknown-file = Ce fichier n’est le document d’aucun certificat délivré ici, ou il a été modifié. Ne l’acceptez pas.
verify-reason = Motif :
verify-reason-issued_in_error = délivré par erreur
verify-reason-fraud = fraude
verify-reason-replaced = remplacé par un autre certificat
verify-reason-attendance_corrected = présence corrigée
verify-reason-withdrawn = retiré par l’organisme
verify-replaced = Remplacé par
verify-holder-erased = Nom effacé à la demande du titulaire
verify-holder = Titulaire
verify-compare = Comparez ce nom avec une pièce d’identité.
verify-fact-course = Formation
verify-fact-organization = Organisme de formation
verify-fact-completed = Formation terminée le
verify-fact-valid-until = Valable jusqu’au
verify-fact-number = Numéro
verify-fact-duration = Durée
verify-fact-legal-basis = Base réglementaire
verify-checks = Contrôles
verify-check-record = Certificat enregistré
verify-check-file = Fichier déposé identique au document délivré
verify-check-content = Contenu conforme à son empreinte
verify-check-proof = Preuve de Merkle menant à la racine du lot
verify-check-anchor = Racine ancrée dans le contrat
verify-check-revocation = Non révoqué
verify-check-validity = Dans sa période de validité
verify-result-pass = confirmé
verify-result-fail = échec
verify-result-pending = en cours
verify-result-unavailable = chaîne injoignable pour l’instant
verify-at = Vérifié le { $moment }
verify-last-at = Dernière réponse de la chaîne le { $moment }
verify-never = La chaîne n’a pas encore répondu ; cela n’invalide pas le certificat.
verify-file-title = Comparer un PDF
verify-file-lead = Déposez le PDF reçu : un seul octet modifié se voit.
verify-file-choose = Choisir ou déposer un PDF
verify-file-private = Le fichier reste sur votre appareil : seule son empreinte est envoyée.
verify-file-busy = Calcul de l’empreinte…
verify-file-failed = Ce fichier n’a pas pu être lu.
verify-file-by-hand = Comparer une empreinte SHA-256
verify-file-digest = Empreinte SHA-256 du fichier
verify-file-help = 64 caractères hexadécimaux, par exemple le résultat de
verify-file-compare = Comparer
verify-proof-title = Détails de la preuve
verify-proof-lead = De quoi tout revérifier sans nous : l’engagement mène, par la preuve, à la racine que le contrat conserve.
verify-proof-network = Réseau
verify-proof-network-embedded = chaîne de démonstration (identifiant { $chain })
verify-proof-network-other = chaîne EVM { $chain }
verify-proof-contract = Contrat
verify-proof-token = Identifiant du certificat dans le contrat
verify-proof-commitment = Engagement
verify-proof-root = Racine du lot
verify-proof-size = Certificats dans le lot
verify-proof-transaction = Transaction
verify-proof-block = Bloc
verify-proof-anchored = Ancré définitivement le
verify-proof-path = Preuve
verify-proof-alone = Seul certificat du lot : la racine est sa feuille.
verify-proof-json = Tout en JSON
verify-footer = Vérification publique, sans compte et sans traceur.
verify-checked = Page établie le { $moment }.

# Ce qui est présenté
verify-drop-title = Vérifier un fichier
verify-drop-lead = Un PDF de certificat, une attestation numérique (JSON) ou une photo du code QR.
verify-drop-choose = Choisir ou déposer un fichier
verify-drop-private = Un PDF est reconnu par sa seule empreinte et un code QR est lu sur votre appareil. Seul un fichier non reconnu nous est envoyé, pour en dire la raison ; il n’est pas conservé.
verify-file-send = Vérifier ce fichier
verify-file-sending = Envoi du fichier…
verify-file-large = Ce fichier dépasse 10 Mo.
verify-scan-start = Scanner avec l’appareil photo
verify-scan-stop = Arrêter
verify-scan-view = Image de l’appareil photo
verify-scan-looking = Placez le code QR dans le cadre.
verify-scan-other = Ce code ne mène à aucun certificat.
verify-scan-refused = L’accès à l’appareil photo est refusé. Autorisez-le dans les réglages du navigateur, ou choisissez une photo du code.
verify-scan-none = Aucun appareil photo sur cet appareil. Choisissez une photo du code, ou déposez le PDF.
verify-scan-taken = L’appareil photo est utilisé par une autre application. Fermez-la et réessayez.
verify-scan-insecure = L’appareil photo n’est accessible que par une adresse sécurisée (https). Choisissez une photo du code.
verify-scan-failed = L’appareil photo n’a pas pu être ouvert. Choisissez une photo du code, ou déposez le PDF.
verify-id-title = Vérifier par identifiant dans le contrat
verify-id-label = Identifiant (token id)
verify-id-check = Vérifier
verify-id-help = Le nom du titulaire n’est pas montré par cette voie : chacun peut compter ces identifiants.
verify-notice-mistyped = Ce n’est pas une empreinte SHA-256 : il faut 64 caractères hexadécimaux. Aucun fichier n’a été comparé.
verify-notice-unreadable = Rien dans ce fichier ou ce code ne désigne un certificat : ni code QR lisible, ni attestation. Reprenez la photo de plus près, à plat et sans reflet, ou déposez le PDF.
verify-notice-damaged = Ce fichier n’a pas pu être lu jusqu’au bout. Rien n’a été comparé ; réessayez.
verify-notice-busy = Beaucoup de fichiers sont vérifiés en ce moment. Réessayez dans quelques secondes.
verify-notice-too-many-names = Trop de noms ont été comparés avec ce certificat. Réessayez dans une heure, ou demandez au titulaire de montrer son nom.

# Ce qui est répondu
verify-failed = Contrôle en échec :
verify-silent = Chaîne injoignable pour l’instant. Dernier contrôle réussi sur la chaîne : { $moment }.
verify-other-host = Ce code renvoie à une autre adresse : { $host }. Le certificat est bien des nôtres, mais ne vous fiez qu’à cette page-ci.
verify-sentence-expired-undated = Authentique, mais expiré.
verify-sentence-tampered-credential = Cette attestation n’est pas celle qui a été délivrée : elle a été modifiée. Ne l’acceptez pas.
verify-sentence-tampered-name = Le certificat existe, mais ce nom n’est pas celui de son titulaire. Ne l’acceptez pas pour cette personne.
verify-sentence-unknown-id = Aucun certificat délivré ici ne porte cet identifiant.
verify-sentence-unknown-elsewhere = Ce certificat n’a pas été délivré ici : il désigne { $place }. Vérifiez-le auprès de cet émetteur, si vous le connaissez.
verify-check-deployment = Certificat de cette plateforme
verify-check-credential = Attestation identique à celle délivrée
verify-check-name = Nom saisi identique à celui du titulaire
verify-holder-masked = Nom non affiché
verify-name-lead = Le titulaire ne montre pas son nom ici. Saisissez celui de sa pièce d’identité pour le comparer.
verify-name-by-code = Le code QR du certificat permet de comparer un nom.
verify-name-label = Nom et prénom
verify-name-compare = Comparer
verify-name-pass = « { $name } » est bien le titulaire.
verify-name-fail = « { $name } » n’est pas le titulaire.
verify-versions = Versions de ce certificat
verify-version-issued = délivrée le { $date }
verify-version-revoked = remplacée ou révoquée le { $date }
verify-proof-download = Télécharger la preuve
verify-proof-checker = La preuve se vérifie sans nous, avec checker/pygmalion_verify.py et n’importe quel nœud de la chaîne.
proof-how-to =
    PREUVE DU CERTIFICAT { $number }

    Ce dossier suffit à vérifier le certificat sans la plateforme qui l’a délivré.
    Avec Python 3.9 ou plus récent et le programme checker/pygmalion_verify.py (un seul fichier) :

    python pygmalion_verify.py CE-DOSSIER.zip --rpc ADRESSE-D-UN-NOEUD --contract ADRESSE-DU-CONTRAT --pdf CERTIFICAT.pdf

    Le nœud doit servir la chaîne { $chain }. Ce dossier désigne le contrat { $contract } :
    demandez son adresse à l’organisme ou à une source sûre, car chacun peut créer un contrat qui dit toujours oui.

    Sans ce programme :
    1. SHA-256 de credential.json = commitment.credentialSha256 ; SHA-256 du PDF = commitment.pdfSha256.
    2. SHA-256("PYG1" + sel + SHA-256 du PDF + SHA-256 de credential.json) = commitment.value (octets mis bout à bout).
    3. Feuille = Keccak-256(Keccak-256(tokenId sur 32 octets + commitment.value)). Avec chaque nœud de merkle.proof,
       Keccak-256 des deux, le plus petit d’abord ; le dernier résultat = merkle.root.
    4. Au contrat : batch(batchId) rend la même racine, verifyDocument(tokenId, commitment, proof) rend 1
       (2 : révoqué ; 0 : inconnu).

# Partage
share-title = Partager ce certificat
share-lead = Pour le titulaire : un badge pour un site, une ligne sur un profil. Chacun peut le vérifier d’un clic.
share-linkedin = Ajouter au profil LinkedIn
share-snippet = Code du badge pour un site
share-badge-preview = Aperçu du badge
share-badge-alt = { $course } : certificat vérifiable
share-badge-unknown = Aucun certificat ne porte ce code
share-description = Certificat délivré par { $organization }. État : { $word }.
share-until = valable jusqu’au { $date }

# Erreurs
error-verification_unreadable-title = Rien à vérifier dans ce fichier
error-verification_unreadable = Rien dans ce fichier ou ce code ne désigne un certificat.
error-certificate_not_anchored-title = Ancrage en cours
error-certificate_not_anchored = L’ancrage de ce certificat est en cours : sa preuve existera dans quelques instants.
