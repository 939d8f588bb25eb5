# Mots communs à toutes les pages.
skip-to-content = Aller au contenu
switch-to-this-language = Afficher cette page en français
theme-switch = Changer entre clair et sombre
main-menu = Menu
user-menu = Mon compte
sign-in = Se connecter
sign-up = Créer un compte
sign-out = Se déconnecter
close = Fermer
cancel = Annuler
save = Enregistrer
back = Retour
try-again = Réessayer
page = Page
pages = Pages de résultats
page-previous = Page précédente
page-next = Page suivante
steps = Étapes
breadcrumbs = Vous êtes ici
connection-lost = Connexion perdue. Elle revient d’elle-même dès que possible, rien n’est perdu.
error-title = Cette page n’a pas pu être chargée
error-text = Le problème vient de nous. Réessayez dans un instant.
error-unexpected = Une erreur inattendue s’est produite. Référence : { $reference }
not-found-title = Cette page n’existe pas
not-found-text = L’adresse est peut-être incomplète, ou la page a été retirée.
optional = facultatif

nav-home = Accueil
nav-catalog = Formations
nav-verify = Vérifier un certificat
nav-training = Mes formations
nav-certificates = Mes certificats
nav-teach = Mes sessions
nav-team = Mon équipe
nav-profile = Mon profil
nav-mailbox = Boîte de démonstration
nav-catalog-short = Catalogue
nav-training-short = Formations
nav-certificates-short = Certificats
nav-teach-short = Sessions
nav-team-short = Équipe
nav-profile-short = Profil
nav-mailbox-short = Courrier

footer-promise = La place de marché de la formation aéronautique : sessions, places et certificats vérifiables, au même endroit.
footer-learn = Se former
footer-trust = Confiance
footer-account = Compte
footer-api = API et documentation
footer-rights = © MB Aviation
footer-made = Conçu en France, hébergé sans traceur.

category-SECURITY = Sûreté
category-DGR = Marchandises dangereuses
category-CARGO = Fret
category-AERODROME = Aérodrome
category-MAINTENANCE = Maintenance
category-CREW = Équipages
category-WORKPLACE = Sécurité au travail
modality-PRESENTIEL = Présentiel
modality-ELEARNING = E-learning
modality-VIRTUEL = Classe virtuelle
modality-BLENDED = Mixte
language-fr = Français
language-en = Anglais
seats-left = { $count ->
    [0] Complet
    [one] 1 place
   *[other] { $count } places
}
excluding-vat = HT
