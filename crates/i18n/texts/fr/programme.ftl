## programme

programme-list-title = Programmes
programme-list-intro = Les dispositifs que des collectivités ouvrent ensemble pour tester les applications qu’elles utilisent.
programme-list-empty = Aucun programme n’est publié pour le moment
programme-list-empty-text = Les programmes paraissent ici dès que leur organisateur les publie.
programme-list-more = D’autres programmes suivent.
programme-list-count = { $n ->
    [one] { $n } programme
   *[other] { $n } programmes
 }
programme-open = Ouvrir un programme
programme-desk-first = Votre organisation n’a pas encore de programme : ouvrez le premier
programme-owner = Organisateur
programme-state = État
programme-state-published = Publié
programme-state-draft = En préparation
programme-since = depuis le { $date }
programme-new-title = Ouvrir un programme
programme-edit-title = Modifier le programme
programme-form-intro = Personne d’autre que vous ne voit le programme avant sa publication.
programme-field-name = Nom du programme
programme-field-slug = Adresse de la page
programme-hint-slug = Lettres sans accent, chiffres et tirets, par exemple bug-bounty-2026. Laissez vide pour la déduire du nom.
programme-field-summary = Présentation
programme-hint-summary = Quelques phrases pour tous les publics : ce que fait le programme, avec qui, pour qui.
programme-field-kind = Nature du programme
programme-kind-pedagogical = Bug bounty pédagogique
programme-kind-shared-tests = Tests partagés par un groupe de travail
programme-kind-group = Plateforme d’un groupe de collectivités
programme-field-legal-basis = Fondement juridique
programme-hint-legal-basis = L’acte sur lequel le programme repose, avec son numéro et sa date.
programme-field-notice = Mention affichée partout
programme-hint-notice = Elle figure sur toutes les pages, les courriels et les exports du programme.
programme-notice-pedagogical = « Opération pédagogique et de sensibilisation, ne constitue pas un audit »
programme-notice-none = Aucune mention
programme-appeal-title = Contester une décision
programme-field-appeal-means = Recours possibles
programme-hint-appeal-means = Ce texte figure sur chaque lettre de décision : à qui écrire, et comment.
programme-field-appeal-court = Tribunal compétent
programme-hint-appeal-court = Par exemple : tribunal administratif de Paris.
programme-field-appeal-months = Délai de recours, en mois
programme-appeal-court = { $court }, dans un délai de { $months } mois à compter de la notification de la décision.
programme-field-objection-days = Jours pour contester un renvoi ou une inéligibilité
programme-field-settings = Délais des campagnes
programme-field-acknowledge-days = Jours laissés à l’éditeur pour accuser réception d’une faille
programme-field-fix-days = Jours laissés à l’éditeur pour annoncer un correctif
programme-field-fix-days-critical = Jours laissés à l’éditeur pour annoncer le correctif d’une faille critique
programme-field-opinion-days = Jours laissés à l’éditeur pour donner son avis avant un partage
programme-field-position-days = Jours laissés à une collectivité pour dire où elle en est
programme-field-retest-days = Jours pour accepter un contre-test
programme-error-number = Indiquez un nombre entre 1 et 365.
programme-error-slug = Cette adresse n’est pas possible : lettres sans accent, chiffres et tirets seulement.
programme-error-slug-taken = Cette adresse est déjà prise. Choisissez-en une autre.
programme-error-slug-published = Le programme est publié : son adresse ne change plus.
programme-error-notice = Un programme pédagogique porte toujours sa mention.
programme-error-incomplete = Complétez le programme avant de le publier.
programme-publish = Publier le programme
programme-edit = Modifier
programme-new-call = Préparer un appel
programme-next-title = Ce qu’il reste à faire
programme-step-documents = Déposer les documents
programme-step-members = Inscrire les adhérents
programme-step-completions = Enregistrer les parcours terminés
programme-step-publish = Publier le programme
programme-step-calls = Préparer un appel à candidatures
programme-step-todo = À faire
programme-step-done = Fait
programme-step-count = Fait : { $n }
programme-about = Le programme
programme-calls = Appels à candidatures
programme-calls-empty = Aucun appel pour le moment
programme-calls-empty-text = Le prochain appel paraîtra ici dès sa publication.
programme-documents = Documents
programme-documents-empty = Aucun document
programme-documents-empty-text = Les délibérations, conventions et formulaires publics paraissent ici.
programme-members = Adhérents
programme-members-keep = Tenir la liste des adhérents
programme-facts = Repères
programme-results = Ce que le programme a fait
programme-event-opened = Programme ouvert : { $name }
programme-event-changed = Programme modifié
programme-event-published = Programme publié
programme-event-document-added = Document ajouté : { $title }
programme-event-document-ended = Document retiré : { $title }
programme-event-member-added = Adhérent inscrit : { $name }
programme-event-member-ended = Fin d’adhésion : { $name }
programme-event-completion-added = Parcours { $track } terminé : { $name }
programme-event-completion-removed = Parcours { $track } retiré
programme-event-completions-imported = Parcours terminés importés : { $count }
programme-document-title = Ajouter un document
programme-document-intro = Le fichier est scellé avant d’être gardé. Un document public est lisible par tous dès que le programme est publié.
programme-document-add = Ajouter le document
programme-document-end = Retirer « { $title } »
programme-document-internal = interne
programme-document-file = Fichier : { $name }
programme-document-kind-deliberation = Délibération
programme-document-kind-convention = Convention
programme-document-kind-contract = Marché public ou contrat
programme-document-kind-form = Formulaire
programme-document-kind-notice = Mention ou notice
programme-document-kind-decision = Décision
programme-document-kind-signed-form = Formulaire signé
programme-document-kind-authorisation = Autorisation
programme-document-kind-other = Autre document
programme-document-number = n° { $text }
programme-document-dated = du { $date }
programme-document-transmitted = transmise le { $date }
programme-document-published = publiée le { $date }
programme-document-signatory = signé par { $text }
programme-document-function = { $text }
programme-document-delegation = délégation : { $text }
programme-document-from = valable à partir du { $date }
programme-document-until = jusqu’au { $date }
programme-document-field-kind = Nature du document
programme-document-field-title = Intitulé
programme-document-field-number = Numéro
programme-document-field-dated-on = Date
programme-document-field-transmitted-on = Transmission au contrôle de légalité
programme-document-field-published-on = Publication
programme-document-field-signatory = Signataire
programme-document-field-function = Fonction du signataire
programme-document-field-delegation = Délégation de signature
programme-document-field-valid-from = Valable à partir du
programme-document-field-valid-until = Valable jusqu’au
programme-document-field-file = Fichier
programme-document-field-public = Tout le monde peut lire ce document
programme-document-hint-number = Nécessaire, avec la date, pour une délibération. Exemple : BM2026/02/03/16
programme-document-hint-delegation = L’acte qui autorise le signataire à signer.
programme-document-hint-file = PDF, PNG ou JPEG.
programme-document-hint-public = Sinon, seuls les organisateurs et les observateurs du programme le lisent.
programme-error-before-dated = Cette date ne peut pas précéder celle du document.
programme-members-title = Adhérents du programme
programme-members-intro = Les organisations adhérentes lisent la page des membres. Leurs droits cessent avec l’adhésion.
programme-members-add = Inscrire un adhérent
programme-members-search = Chercher dans l’annuaire
programme-members-search-hint = Le début du nom, avec ou sans accents.
programme-members-none-found = Aucune organisation ne commence ainsi
programme-members-none-found-text = Vérifiez le nom, ou demandez à l’administrateur d’ajouter l’organisation à l’annuaire.
programme-members-found = Organisation
programme-members-until = Fin de l’adhésion
programme-members-until-hint = Laissez vide si elle n’est pas fixée.
programme-members-add-action = Inscrire l’adhérent
programme-members-empty = Aucun adhérent
programme-members-empty-text = Cherchez une organisation ci-dessus pour l’inscrire.
programme-members-count = { $n ->
    [one] { $n } adhérent
   *[other] { $n } adhérents
 }
programme-member = Organisation
programme-member-from = Depuis
programme-member-until = Jusqu’à
programme-member-lasting = sans terme
programme-member-action = Action
programme-member-end = Mettre fin à l’adhésion de { $name }
programme-member-ended = Terminée
programme-member-waits = Attend sa réponse
programme-membership-title = Adhésion proposée à { $organisation }
programme-membership-text = { $owner } propose à votre organisation d’adhérer à ce programme. Si vous acceptez, votre organisation lit la page des membres, et les responsables du programme peuvent lire et confirmer les installations qu’elle déclare. Vous pouvez refuser ; rien n’est communiqué avant votre réponse.
programme-membership-accept = Accepter l’adhésion
programme-membership-decline = Refuser
programme-desk-membership = Répondre à l’adhésion proposée à { $organisation }
programme-desk-membership-action = Répondre
programme-event-member-accepted = Adhésion acceptée : { $name }
programme-event-member-declined = Adhésion refusée : { $name }
programme-completions-title = Parcours terminés
programme-completions-intro = Un appel peut demander d’avoir terminé un parcours d’accompagnement. Enregistrez ici qui l’a terminé, et quand.
programme-completion-add = Enregistrer un parcours terminé
programme-completion-record = Enregistrer le parcours
programme-completion-field-organisation = Organisation
programme-completion-hint-organisation = Son nom complet, son SIREN ou son code INSEE.
programme-completion-field-track = Parcours
programme-completion-hint-track = Le code du parcours, par exemple P.
programme-completion-field-completed-on = Terminé le
programme-completion-field-file = Fichier CSV
programme-completion-remove = Retirer { $name }
programme-completions-empty = Aucun parcours terminé
programme-completions-empty-text = Importez un fichier ou enregistrez un parcours ci-dessus.
programme-completions-count = { $n ->
    [one] { $n } parcours terminé
   *[other] { $n } parcours terminés
 }
programme-error-organisation = Aucune organisation, ou plusieurs, portent ce nom ou ce code.
programme-error-track = Indiquez le code du parcours, en 40 caractères au plus.
programme-error-completion-to-come = Ce jour est à venir : un parcours s’inscrit une fois achevé.
programme-error-import = Le fichier contient des lignes à corriger : rien n’a été enregistré.
programme-import-title = Importer un fichier
programme-import-hint = Colonnes : siren ou insee, parcours, date (2026-02-03 ou 03/02/2026). Rien n’est enregistré avant que vous ayez vu le résultat.
programme-import-look = Vérifier le fichier
programme-import-preview = Ce que fera l’import
programme-import-new = { $n ->
    [one] { $n } parcours sera enregistré.
   *[other] { $n } parcours seront enregistrés.
 }
programme-import-known = { $n ->
    [one] { $n } est déjà enregistré et ne change pas.
   *[other] { $n } sont déjà enregistrés et ne changent pas.
 }
programme-import-record = { $n ->
    [one] Enregistrer { $n } parcours
   *[other] Enregistrer { $n } parcours
 }
programme-import-lines = Voir les lignes
programme-import-errors = { $n ->
    [one] { $n } ligne est à corriger. Rien n’a été enregistré.
   *[other] { $n } lignes sont à corriger. Rien n’a été enregistré.
 }
programme-import-errors-title = Lignes à corriger
programme-import-line = Ligne
programme-import-expected = Ce qui est attendu
programme-import-head = Première ligne attendue : siren ou insee, parcours, date. Lu : { $found }
programme-import-unreadable = Cette ligne n’est pas lisible comme du CSV. { $found }
programme-import-too-many = Le fichier dépasse { $found } lignes. Coupez-le en plusieurs.
programme-import-too-large = Ce fichier est trop lourd : 2 Mo au plus.
programme-import-code = Un SIREN de 9 chiffres ou un code INSEE de 5 caractères. Lu : { $found }
programme-import-track = Le code d’un parcours, en 40 caractères au plus. Lu : { $found }
programme-import-date = Une date comme 2026-02-03 ou 03/02/2026. Lu : { $found }
programme-import-to-come = Ce jour est à venir : un parcours s’inscrit une fois achevé. Lu : { $found }
programme-import-unknown = Le code d’une seule organisation de l’annuaire. Lu : { $found }
programme-desk-draft = Le programme « { $name } » n’est pas encore publié
programme-desk-draft-action = Compléter et publier
flash-programme-opened = Le programme est ouvert. Il reste à le compléter, puis à le publier.
flash-programme-published = Le programme est publié.
flash-programme-document-added = Le document est ajouté.
flash-programme-document-ended = Le document est retiré.
flash-programme-member-added = L’adhésion est proposée : l’organisation y répond depuis son bureau.
flash-programme-member-ended = L’adhésion a pris fin.
flash-programme-member-accepted = Votre organisation est adhérente du programme.
flash-programme-member-declined = L’adhésion est refusée.
flash-programme-completion-added = Le parcours est enregistré.
flash-programme-completion-removed = Le parcours est retiré.
flash-programme-imported = Les parcours sont enregistrés.
programme-event-rules-written = Les règles d’engagement ont une nouvelle version
programme-campaigns = Campagnes de ce programme
