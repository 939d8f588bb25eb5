# Sécurité du compte : mots de passe, appareils, confirmation d'identité.
error-reauthentication_required-title = Confirmez votre identité
error-reauthentication_required = Ce changement est sensible : confirmez d'abord qui vous êtes, puis recommencez.
