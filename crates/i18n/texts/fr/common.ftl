## What every part uses

common-paris-time = { $time } (heure de Paris)
common-paris-and-utc = { $paris } (heure de Paris), { $utc } en temps universel
common-paris-and-utc-day = { $paris } (heure de Paris), { $utc } en temps universel ({ $day })
common-yes = Oui
common-no = Non
common-save = Enregistrer
common-cancel = Annuler
common-back = Retour
common-continue = Continuer
common-home = Accueil
common-search = Rechercher
common-none = Aucun
common-history = Historique
common-system = Le système
flash-saved = C’est enregistré.
common-notice-pedagogical = Opération pédagogique et de sensibilisation, ne constitue pas un audit.
severity-none = Aucune
severity-low = Faible
severity-medium = Moyenne
severity-high = Élevée
severity-critical = Critique
