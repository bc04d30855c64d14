## The register: the catalogue of products, and who runs what

register-catalogue-title = Catalogue des applications
register-catalogue-lead = Les applications que les collectivités utilisent, avec leur éditeur et leurs versions. Aucune faille n’y figure jamais.
register-catalogue-count = { $n ->
    [0] Aucune application
    [one] { $n } application
    [1001] Plus de 1 000 applications
   *[other] { $n } applications
}
register-catalogue-none = Aucune application ne correspond
register-catalogue-none-text = Vérifiez l’orthographe, ou ne saisissez que les premières lettres.
register-catalogue-all = Voir tout le catalogue
register-catalogue-empty = Le catalogue est vide
register-catalogue-empty-text = Les éditeurs, les organisateurs et l’administrateur y ajoutent les applications.
register-filter-name = Mots du nom, purl ou CPE
register-filter-action = Filtrer
register-choose = Choisissez
register-field-name = Nom de l’application
register-field-name-hint = Le nom commercial, sans numéro de version.
register-field-vendor = Éditeur
register-field-vendor-hint = S’il manque, l’administrateur l’ajoute à l’annuaire.
register-field-description = À quoi elle sert
register-field-description-hint = Une phrase, pour qui ne la connaît pas.
register-field-purl = Identifiant de paquet (purl)
register-field-purl-hint = S’il y en a un, sans version. Exemple : pkg:generic/editeur/application
register-field-version = Version
register-field-version-hint = Comme l’éditeur l’écrit. Exemple : 4.2.1
register-field-released-on = Sortie le
register-field-supported-until = Maintenue jusqu’au
register-field-organisation = Organisation
register-field-product = Application
register-field-label = Nom de cette installation
register-field-label-hint = Seulement si vous en avez plusieurs. Exemple : portail famille, ressources humaines.
register-field-host = Hébergeur
register-error-host-confirmed = L’hébergeur a été confirmé avec l’installation : mettez fin à celle-ci et déclarez la nouvelle.
register-field-host-hint = Qui fait fonctionner les serveurs : le début de son nom, ou son SIREN. Vide, c’est l’organisation elle-même. Son accord est demandé avant tout test.
register-field-since = Déclarée le
register-field-action = Action
register-field-state = État
register-field-confirmed-by = Confirmée par
register-field-reason = Pourquoi vous ne la connaissez pas
register-field-reason-hint = L’organisation lira ce texte. Elle pourra fournir une preuve à l’organisateur.
register-field-proof = Preuve
register-field-proof-hint = Un bon de commande, une facture ou une attestation. PDF, PNG ou JPEG, 20 Mo au plus.
register-field-proof-reason = Motif du rejet
register-field-proof-reason-hint = Nécessaire seulement si vous rejetez la preuve.
register-add-action = Ajouter une application
register-add-title = Ajouter une application
register-add-lead = Une application n’est décrite qu’une fois, pour toutes les collectivités qui l’utilisent.
register-add-submit = Ajouter au catalogue
register-edit-action = Modifier la fiche
register-edit-title = Modifier la fiche
register-product-kicker = Application
register-product-facts = En bref
register-product-yours = Vous l’utilisez ?
register-product-yours-text = Déclarez-le : vous serez averti de ce qui concerne votre version.
register-declare-for = Déclarer pour { $organisation }
register-versions-title = Versions
register-versions-count = { $n ->
    [one] { $n } version, la plus récente d’abord
   *[other] { $n } versions, la plus récente d’abord
}
register-versions-empty = Aucune version n’est décrite
register-versions-empty-text = L’éditeur les ajoute au fur et à mesure de leurs sorties.
register-version-add = Ajouter une version
register-version-add-action = Ajouter la version
register-version-unknown = Version inconnue
register-day-unknown = Non indiqué
register-deployers-action = Qui l’utilise
register-deployers-count = Organisations qui l’utilisent
register-deployers-n = { $n ->
    [0] aucune
    [one] { $n } organisation
   *[other] { $n } organisations
}
register-deployers-few = moins de cinq
register-deployers-nature = Chiffre compté : les installations confirmées. Il n’est pas donné au-dessous de cinq.
register-deployers-title = Qui utilise l’application
register-deployers-lead = Chaque ligne est la déclaration d’une organisation. Confirmez celles que vous connaissez : une faille n’est expliquée qu’aux installations confirmées.
register-deployers-empty = Personne n’a encore déclaré utiliser cette application
register-deployers-empty-text = Les déclarations de vos clients apparaîtront ici, et sur votre bureau.
register-deployments-title = Applications utilisées
register-deployments-lead = Ce que l’organisation utilise décide de ce qu’elle apprend. Tenez les versions à jour.
register-deployments-empty = Aucune application n’est déclarée
register-deployments-empty-text = Déclarez celles que vous utilisez : vous serez averti de ce qui les concerne.
register-deployments-shown = { $n ->
    [one] { $n } installation
   *[other] { $n } installations
}
register-members-title = Déclarations à confirmer
register-members-lead = Les installations que vos membres ont déclarées et que personne n’a confirmées. Confirmez celles dont vous êtes sûr.
register-members-empty = Aucune déclaration n’attend
register-members-empty-text = Tout ce que vos membres ont déclaré est confirmé.
register-declare-action = Déclarer une application
register-declare-title = Déclarer une application
register-declare-lead = Quelle application utilisez-vous ?
register-declare-choices = Applications du catalogue
register-declare-choose = Choix
register-declare-this = Choisir
register-declare-other = Choisir une autre application
register-declare-missing = Votre application n’y est pas ? Demandez à l’organisateur de votre programme de l’ajouter.
register-declare-version-hint = Vous pourrez la changer à chaque mise à jour.
register-declare-then = { $vendor } sera invité à confirmer cette déclaration. En attendant, vous recevez les alertes, sans leurs détails.
register-declare-submit = Déclarer cette installation
register-host-own = L’organisation elle-même
register-deployment-kicker = Installation, { $organisation }
register-deployment-facts = En bref
register-since = depuis le { $at }
register-standing-declared = Déclarée, à confirmer
register-standing-proof = Preuve à examiner
register-standing-refused = Inconnue de l’éditeur
register-standing-confirmed = Confirmée
register-standing-ended = Terminée
register-confirmed-by-vendor = l’éditeur
register-confirmed-by-group = le groupement
register-confirmed-by-organiser = l’organisateur
register-confirmed-by-proof = une preuve acceptée
register-confirm-one = Confirmer
register-confirm-action = Confirmer cette installation
register-confirm-meaning = Confirmer ouvre à l’organisation le détail des failles de cette application, au rythme de leur partage.
register-declared-meaning = Tant qu’elle n’est pas confirmée, cette installation ne donne droit qu’aux alertes. L’éditeur, votre groupement ou l’organisateur peuvent la confirmer ; vous pouvez aussi fournir une preuve.
register-refused-text = L’éditeur ne connaît pas cette installation.
register-refuse-title = Vous ne connaissez pas cette installation ?
register-refuse-action = Signaler que nous ne la connaissons pas
register-change-title = Version et hébergeur
register-proofs-title = Preuve
register-proof-lead = Si l’éditeur ne répond pas, joignez un document qui montre que vous utilisez l’application. Un organisateur l’examinera.
register-proof-offer = Envoyer la preuve
register-proof-readers = Lue par votre organisation et par les organisateurs qui peuvent l’accepter ; jamais par l’éditeur.
register-proof-waiting = À examiner
register-proof-accepted = Acceptée
register-proof-rejected = Rejetée
register-proof-accept = Accepter la preuve
register-proof-reject = Rejeter la preuve
register-end-action = Ne plus l’utiliser
register-end-title = Terminer cette installation ?
register-end-meaning = { $organisation } perdra aussitôt l’accès à ce que cette installation lui permettait de lire.
register-end-kept = Vos réponses passées restent dans l’historique. Pour l’utiliser à nouveau, il faudra la déclarer et la faire confirmer.
register-end-submit = Terminer l’installation
register-event-declared = Installation déclarée
register-event-changed = Version ou hébergeur changé
register-event-confirmed = Installation confirmée
register-event-refused = Inconnue de l’éditeur
register-event-proof-offered = Preuve fournie
register-event-proof-accepted = Preuve acceptée
register-event-proof-rejected = Preuve rejetée
register-event-ended = Installation terminée
register-desk-confirm = { $n ->
    [one] { $n } déclaration à confirmer
   *[other] { $n } déclarations à confirmer
}
register-desk-confirm-action = Voir les déclarations
register-desk-members = { $n ->
    [one] { $n } déclaration d’un membre à examiner
   *[other] { $n } déclarations de membres à examiner
}
register-desk-members-action = Examiner
register-desk-refused = L’éditeur ne connaît pas votre installation de { $product }
register-desk-refused-action = Fournir une preuve
register-desk-version = Indiquez votre version de { $product }
register-desk-version-action = Indiquer la version
register-desk-unconfirmed = Votre installation de { $product } n’est pas encore confirmée
register-desk-unconfirmed-action = Voir
error-purl = Cet identifiant n’a pas la forme attendue. Exemple : pkg:generic/editeur/application
error-purl-known = Une autre application porte déjà cet identifiant.
error-product-name = Ce nom doit contenir au moins une lettre ou un chiffre.
error-product-known = Une application porte déjà ce nom. Cherchez-la dans le catalogue.
error-deployment-known = Cette installation est déjà déclarée. Si vous en avez une autre, donnez-lui un nom.
error-proof-waiting = Une preuve attend déjà d’être examinée.
flash-product-added = L’application est au catalogue.
flash-version-added = La version est ajoutée.
flash-deployment-declared = L’installation est déclarée.
flash-deployment-confirmed = L’installation est confirmée.
flash-deployment-ended = L’installation est terminée.
flash-proof-offered = La preuve est envoyée.

register-import-action = Importer un fichier
register-export-action = Exporter (CSV)
register-import-title = Importer des installations
register-import-lead = Déclarez en une fois ce que fait fonctionner votre organisation, ou celles pour lesquelles vous déclarez. Le même fichier, importé de nouveau, ne change que ce qui a changé ; rien n’est retiré.
register-import-file = Le fichier
register-import-columns = Colonnes du fichier
register-import-columns-product = obligatoire, le nom exact du produit, son adresse au catalogue, son purl ou son CPE.
register-import-columns-version = une version que le catalogue connaît ; vide, la version ne change pas.
register-import-columns-label = ce qui distingue deux installations du même produit, sans adresse.
register-import-columns-host = le SIREN ou le nom de qui héberge ; vide, l’hébergeur ne change pas.
register-import-columns-organisation = le SIREN ou le code INSEE ; vide, cette organisation-ci.
register-import-template = Télécharger un modèle de fichier
register-import-caption = Ce que fera l’import
register-import-what = Effet
register-import-declares = Sera déclarée
register-import-changes = Changera
register-import-record = Enregistrer ces installations
register-import-head = La première ligne doit nommer les colonnes, dont « produit ».
register-import-organisation = « { $found } » n’est pas une organisation pour laquelle vous pouvez déclarer : écrivez son SIREN ou son code INSEE.
register-import-product = « { $found } » n’est pas au catalogue : écrivez le nom exact du produit, son adresse, son purl ou son CPE.
register-import-version = « { $found } » n’est pas une version connue de ce produit : l’éditeur ou un organisateur l’ajoute au catalogue ; laissez vide en attendant.
register-import-host = « { $found } » n’est pas une organisation qui peut héberger : écrivez son SIREN, ou laissez vide.
register-import-host-confirmed = L’hébergeur a été confirmé avec l’installation : « { $found } » ne peut pas le remplacer. Terminez l’installation et déclarez-la de nouveau.
register-import-present = { $found } est déjà déclarée pour cette organisation, qui seule change ses installations. Retirez la ligne.
register-import-label = Le nom de l’installation est trop long : { $found } caractères au plus.
register-import-twice = Cette installation de « { $found } » est deux fois dans le fichier : distinguez-les dans la colonne « installation ».
register-field-file = Fichier CSV
register-error-import = Le fichier contient des lignes à corriger.
flash-deployments-imported = Les installations du fichier sont enregistrées.
register-import-declared = { $n ->
    [0] Aucune installation nouvelle.
    [one] Une installation sera déclarée.
   *[other] { $n } installations seront déclarées.
 }
register-import-changed = { $n ->
    [0] Aucune ne changera.
    [one] Une changera.
   *[other] { $n } changeront.
 }
register-import-same = { $n ->
    [0] { "" }
    [one] Une est déjà ainsi.
   *[other] { $n } sont déjà ainsi.
 }
register-import-file-hint = { $n ->
    [one] Une installation au plus. Rien n’est enregistré avant que vous ayez vu ce que fera l’import.
   *[other] { $n } installations au plus. Rien n’est enregistré avant que vous ayez vu ce que fera l’import.
 }
register-field-cpe = Nom CPE 2.3
register-field-cpe-hint = S’il y en a un, sans version. Exemple : cpe:2.3:a:editeur:application
error-purl-versioned = Ce purl nomme une version. Retirez « @ » et ce qui suit : les versions s’ajoutent sur la page du produit.
error-cpe = Ce n’est pas un nom CPE 2.3. Exemple : cpe:2.3:a:editeur:application
error-cpe-too-wide = Ce nom CPE désigne plusieurs produits : écrivez la nature (a), l’éditeur et le produit.
error-cpe-versioned = Ce nom CPE désigne une version : les versions s’ajoutent sur la page du produit. Sans version : { $detail }
error-cpe-known = Un autre produit porte déjà ce nom CPE.
register-support-ended = Plus maintenue
register-version-correct = Corriger les dates
register-pick-hint = Le début du nom, ou le purl, ou le CPE
error-product-several = Plusieurs produits du catalogue correspondent. Écrivez l’un de ces noms : { $detail }
error-product-unknown = Aucun produit du catalogue ne porte ce nom ou ce code : écrivez son nom exact.
error-version-unknown = Le catalogue ne connaît pas cette version. Il connaît : { $detail }
register-import-unchanged = inchangé
