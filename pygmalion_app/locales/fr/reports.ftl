chart-as-table = Voir les chiffres en tableau
