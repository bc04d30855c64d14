## The frame of every page

layout-name = Beffroi
layout-skip = Aller au contenu
layout-skip-search = Aller à la recherche
layout-search = Rechercher
layout-search-field = Mots à rechercher
layout-nav = Navigation principale
layout-nav-desk = Mon bureau
layout-nav-programmes = Programmes
layout-nav-catalogue = Catalogue
layout-nav-journal = Journal public
layout-nav-help = Aide
layout-account = Mon compte :
layout-account-roles = Vos rôles
layout-place-own-reports = Mes signalements
layout-place-verification = Vérification
layout-place-reports = Suivi des signalements
layout-place-situations = Ce qui concerne { $organisation }
layout-place-vulnerabilities = Failles
layout-place-vendor-desk = Bureau de l’éditeur
layout-administration = Administration
layout-account-settings = Compte et sécurité
layout-sign-in = Se connecter
layout-sign-out = Se déconnecter
layout-demo = Démonstration. Les personnes de cette histoire sont inventées.
layout-breadcrumb = Vous êtes ici
layout-foot = À propos de ce site
layout-foot-directory = Annuaire des organisations
layout-foot-receipt = Vérifier un récépissé
layout-foot-accessibility = Accessibilité
layout-foot-legal = Mentions légales
layout-foot-licence = Logiciel libre, licence EUPL
layout-foot-request = Référence de cette page :

## The few texts of the components

layout-colon = {"\u00A0"}:
layout-optional = (facultatif)
layout-error-prefix = À corriger :
layout-errors-title = Il reste des points à compléter
layout-errors-refused = Votre demande n’a pas abouti
layout-errors-kept = Rien de ce que vous avez saisi n’est perdu.
layout-errors-again-files = Un fichier que vous aviez choisi et qui n’est pas encore reçu est à choisir de nouveau.
layout-errors-again-passwords = Seuls les mots de passe sont à saisir de nouveau.
layout-times-paris = Heures de Paris.
layout-paris-time = heure de Paris
layout-file-kept = Fichier déjà reçu :
layout-write = Écrire
layout-preview = Aperçu
layout-preview-failed = L’aperçu n’est pas disponible pour le moment. Votre texte est conservé.
layout-draft-restored = Nous avons repris le brouillon gardé dans ce navigateur.
layout-draft-discard = Effacer ce brouillon
layout-print = Imprimer cette page
layout-copy = Copier
layout-copied = Copié
layout-pager = Pages de la liste
layout-pager-previous = Précédents
layout-pager-next = Suivants
layout-notice-label = Avertissement du programme
layout-demo-label = Démonstration
layout-nav-campaigns = Campagnes
layout-history-older = Étapes plus anciennes
layout-order = Ordre
layout-order-apply = Trier
layout-file-most = { $n ->
    [one] Le fichier s’arrête à { $n } ligne.
   *[other] Le fichier s’arrête à { $n } lignes ; resserrez les filtres s’il vous en faut d’autres.
 }
layout-file-cut = { $n ->
    [one] Liste coupée à { $n } ligne.
   *[other] Liste coupée à { $n } lignes : il y en a d’autres. Resserrez les filtres pour les obtenir.
 }
