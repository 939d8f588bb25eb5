# Conformité : erreurs, confidentialité, durées de conservation.
privacy-area-compliance = Poste et conformité
retention-positions = Postes des personnes parties
