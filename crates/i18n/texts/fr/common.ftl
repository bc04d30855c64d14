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

import-look = Vérifier le fichier
import-preview = Ce que fera l’import
import-known = { $n ->
    [0] { "" }
    [one] { $n } est déjà enregistré et ne change pas.
   *[other] { $n } sont déjà enregistrés et ne changent pas.
 }
import-lines = Voir les lignes
import-errors = { $n ->
    [one] Un point est à corriger. Rien n’a été enregistré.
   *[other] { $n } points sont à corriger. Rien n’a été enregistré.
 }
import-errors-title = Lignes à corriger
import-line = Ligne
import-expected = Ce qui est attendu
import-unreadable = Cette ligne n’est pas lisible comme du CSV. { $found }
import-too-many = Le fichier dépasse { $found } lignes. Coupez-le en plusieurs.
import-too-large = Ce fichier est trop lourd : 2 Mo au plus.
common-list-separator = { " ; " }
