## Reports: writing, following, judging

report-kicker = Signalement
report-number = Signalement n° { $number }
report-untitled = Signalement sans titre
report-count = { $n ->
    [0] Aucun signalement
    [one] Un signalement
   *[other] { $n } signalements
}
report-since = depuis le { $date }
report-not-rated = Pas encore notée
report-a-verifier = Un vérificateur

## States

report-state-draft = Brouillon
report-state-submitted = Remis
report-state-in-verification = En vérification
report-state-needs-information = Précisions demandées
report-state-verified = Vérifié
report-state-discarded = Supprimé
report-state-withdrawn = Retiré
report-state-not-reproduced = Non reproduit
report-state-out-of-scope = Hors périmètre
report-state-informative = Informatif
report-state-duplicate = Doublon
report-state-abusive = Abusif
report-state-closed-unanswered = Clos sans réponse
report-state-appealed = Contesté
report-mirror-open = Faille ouverte
report-mirror-vendor-notified = Éditeur prévenu
report-mirror-acknowledged = Reconnue par l’éditeur
report-mirror-disputed = Contestée par l’éditeur
report-mirror-fix-available = Correctif annoncé
report-mirror-retesting = Contre-test en cours
report-mirror-fixed = Corrigée
report-mirror-wont-fix = Ne sera pas corrigée
report-mirror-closed = Faille close
report-mirror-reopened = Faille rouverte
report-mirror-dismissed = Faille écartée
report-mirror-merged = Faille fusionnée

## One's own reports

report-mine-title = Mes signalements
report-mine-lead = Vos brouillons, vos signalements et ceux auxquels vous avez contribué. Vous seul, vos coéquipiers nommés et les personnes qui les vérifient les lisent.
report-mine-empty-title = Vous n’avez encore rien signalé
report-mine-empty-text = Ouvrez la campagne à laquelle vous participez : son périmètre dit ce que vous pouvez tester, et son bouton « Signaler une faille » ouvre le formulaire.
report-mine-empty-action = Voir mon bureau
report-mine-more = Les plus anciens suivent
report-column-report = Signalement
report-column-state = État
report-column-severity = Gravité
report-column-campaign = Campagne
report-column-due = À faire avant
report-column-age = Remis
report-column-claim = Pris par
report-nothing-due = Rien à faire
report-no-date = Sans date limite
report-mine-complete = À compléter et à remettre
report-mine-answer = Le vérificateur attend votre réponse
report-mine-duplicate = Un signalement antérieur existe
report-mine-not-reproduced = En suivant les étapes, rien n’est arrivé
report-mine-out-of-scope = Hors de ce qui peut être testé
report-mine-informative = Exact, mais ce n’est pas une faille
report-mine-unanswered = La question est restée sans réponse
report-mine-dismissed = Deux personnes l’ont écartée après examen
report-mine-merged = Jointe à une autre faille, la même

## The queue

report-queue-title = Vérification
report-queue-lead = Les signalements des campagnes que vous vérifiez, celui qui attend depuis le plus longtemps en premier.
report-follow-title = Suivi des signalements
report-follow-lead = Les signalements des campagnes que vous suivez.
report-list-crumb = Signalements
report-filter-campaign-all = Toutes les campagnes
report-filter-state-waiting = À traiter
report-filter-state-submitted = Remis
report-filter-state-in-verification = En vérification
report-filter-state-needs-information = Précisions demandées
report-filter-state-appealed = Contestés
report-filter-state-verified = Vérifiés
report-filter-state-closed = Clos
report-filter-state-all = Tous
report-filter-claim-any = Tous
report-filter-claim-free = Personne
report-filter-claim-mine = Moi
report-filter-severity-any = Toutes
report-filter-severity-critical = Critique
report-filter-severity-high = Élevée
report-filter-severity-medium = Moyenne
report-filter-severity-low = Faible
report-filter-apply = Filtrer
report-queue-summary = { $shown } sur { $total }
report-queue-empty-title = Aucun signalement ne correspond
report-queue-empty-text = Rien n’attend avec ces filtres. Élargissez-les pour voir aussi ce qui est vérifié ou clos.
report-queue-empty-action = Voir tous les signalements
report-waiting-days = { $n ->
    [0] moins d’un jour
    [one] un jour
   *[other] { $n } jours
}
report-second-needed = Deuxième avis attendu
report-conflict-short = Votre organisation : un autre vérificateur doit juger
report-claimed-mine = Vous
report-claimed-until = jusqu’au { $date }
report-claimed-nobody = Personne

## The form

report-new-title = Signaler une faille
report-edit-title = Compléter le brouillon
report-form-lead = Décrivez ce que vous avez trouvé pour qu’un vérificateur puisse le reproduire. Vous pouvez enregistrer un brouillon et le compléter plus tard.
report-field-title = Titre
report-title-hint = Une phrase : où et quoi. Exemple : « Lecture des demandes d’un autre usager par son numéro ».
report-field-product = Application
report-field-asset = Élément du périmètre
report-asset-hint = L’adresse ou l’élément testé, tel que le périmètre le nomme.
report-field-cwe = Type de faiblesse (CWE)
report-cwe-hint = Tapez un numéro ou des mots, en français ou en anglais, par exemple « CWE-79 », « injection SQL » ou « mot de passe en dur ». La liste vient du CWE 4.15 de MITRE.
report-field-steps = Étapes pour reproduire
report-steps-hint = Numérotez-les : compte utilisé, adresse, ce que vous envoyez, ce que vous observez. Markdown accepté.
report-field-impact = Conséquences
report-impact-hint = Ce qu’une personne malveillante pourrait faire, et à qui cela nuirait.
report-field-proof = Preuve
report-proof-hint = Requêtes, réponses, captures décrites. N’y mettez aucune donnée personnelle réelle.
report-field-files = Pièces jointes
report-files-hint = { $count } fichiers au plus, { $size } Mo chacun : images, PDF, texte, archive ZIP, document ODT.
report-files-title = Pièces jointes
report-file-remove = Retirer
report-field-vector = Gravité (vecteur CVSS)
report-vector-hint = Un vecteur CVSS 4.0 ou 3.1. Vous pouvez aussi le composer ci-dessous, réponse par réponse.
report-vector-scored = d’après ce vecteur
report-compose-40 = Composer un vecteur CVSS 4.0
report-compose-31 = Composer un vecteur CVSS 3.1
report-compose-hint = Répondez à chaque question, puis calculez. Ce que vous avez saisi au-dessus est conservé.
report-compose-act = Calculer la gravité
report-field-collaborators = Trouvé avec
report-collaborators-hint = Chacune reçoit une demande. Celles qui acceptent avant la remise lisent ce signalement une fois remis et sont créditées avec vous.
report-form-readers = Chiffré avec la clé de la campagne. Lu par vous, vos coéquipiers nommés, les vérificateurs, l’organisateur et les pilotes de la campagne ; par l’éditeur une fois la faille vérifiée.
report-form-check = Enregistrer et relire
report-form-keep = Enregistrer le brouillon
report-back-report = Voir le signalement
report-back-campaign = Voir la campagne

## The page of a report

report-next-title = Et maintenant
report-due = À faire avant le
report-claim-mine = Vous l’avez pris jusqu’au { $date }.
report-claim-other = { $name } y travaille, jusqu’au { $date }.
report-outline = Vous savez que ce signalement existe, son état et sa gravité. Son contenu est réservé à ceux qui le traitent.
report-closing-title = Décision
report-duplicate-of = Un signalement antérieur existe, remis le { $date }.
report-closed-at = Clos le { $date }.
report-closed-by-two = Décision prise par deux vérificateurs.
report-appeal-title = Contestation
report-decision-title = Décision sur la contestation
report-tried-title = Reproductions
report-tried-none = Personne n’a encore consigné de reproduction.
report-tried-on-target = Sur la cible de la campagne, le { $when }
report-tried-elsewhere = Ailleurs que sur la cible, le { $when }
report-tried-succeeded = Reproduit
report-tried-failed = Pas reproduit
report-facts-title = En bref
report-submitted-at = Remis le
report-authors = Trouvé par
report-organisation = Pour
report-rating-hunter = Gravité estimée par son auteur
report-rating-verifier = Gravité retenue
report-vulnerability = Faille
report-page-readers = Chaque lecture de ce signalement est consignée.
report-proposal-abusive = Proposition de clore comme abusif
report-proposal-late-merge = Proposition de fusionner avec un signalement antérieur
report-proposal-by = Proposé par { $name } le { $date }. Un autre vérificateur doit confirmer.
report-proposal-own = Vous l’avez proposé : quelqu’un d’autre doit décider.
report-advice-conflict = Vous appartenez à la même organisation qu’un des auteurs, ou à l’éditeur de l’application. Un autre vérificateur doit juger ce signalement.
report-advice-draft = Relisez. Une fois remis, le texte ne change plus ; vous pourrez répondre aux questions.
report-advice-waiting = Votre signalement est entre les mains des vérificateurs. Vous serez prévenu de la suite.
report-advice-answer = Le vérificateur a besoin de précisions pour continuer. Sans réponse dans les { $n } jours, le signalement sera clos.
report-advice-asked = Le chasseur a { $n } jours pour répondre.
report-advice-claim = Prenez ce signalement pour que personne d’autre n’y travaille en même temps.
report-advice-reproduce = Consignez d’abord une reproduction sur la cible de la campagne : elle est nécessaire pour vérifier.
report-advice-verify = La reproduction est consignée. Vous pouvez vérifier le signalement.
report-advice-decide = L’auteur conteste la décision. Vous n’y avez pas pris part : vous pouvez trancher.
report-advice-second = Un autre vérificateur demande votre avis : lisez sa proposition, puis confirmez-la ou écartez-la.
report-advice-second-own = Votre proposition attend l’avis d’un autre vérificateur.
report-advice-claimed = Un autre vérificateur travaille sur ce signalement. Il redevient libre à la fin de ce délai, ou quand il le rend.
report-advice-notify = Le signalement est vérifié et a ouvert une faille. Prévenez maintenant l’éditeur, depuis la page de la faille.
report-advice-follow = Le signalement est vérifié. La suite se lit sur la page de la faille.
report-advice-appealed = La décision est contestée. Un autre vérificateur tranche.
report-advice-verified = Votre signalement est vérifié. Il suit maintenant l’état de la faille.
report-advice-appeal = Vous pouvez contester cette décision une fois, dans les { $n } jours. Un autre vérificateur tranchera.

## Acts

report-act-soumettre = Remettre le signalement
report-act-modifier = Compléter le brouillon
report-act-supprimer = Supprimer le brouillon
report-act-repondre = Répondre
report-act-rouvrir = Répondre et rouvrir
report-act-contester = Contester la décision
report-act-retirer = Retirer le signalement
report-act-prendre = Prendre le signalement
report-act-liberer = Rendre le signalement
report-act-demander = Demander des précisions
report-act-reproduire = Consigner une reproduction
report-act-verifier = Vérifier le signalement
report-act-clore = Clore le signalement
report-act-abusif = Proposer de clore comme abusif
report-act-fusionner = Proposer une fusion
report-act-confirmer = Confirmer la proposition
report-act-ecarter = Écarter la proposition
report-act-reprendre = Reprendre la vérification
report-act-recours = Trancher la contestation
report-act-prevenir = Prévenir l’éditeur
report-act-commenter = Publier le commentaire
report-answer-lead = Le dernier message :
report-appeal-lead = Un vérificateur qui n’a pas pris part à la décision la réexaminera. Sa décision est définitive.
report-withdraw-lead = Le signalement restera dans l’historique, mais personne ne le traitera plus. C’est définitif.
report-ask-lead = Le chasseur est prévenu et a { $n } jours pour répondre. Le signalement redevient libre en attendant.
report-reproduce-lead = Une reproduction réussie sur la cible de la campagne est nécessaire pour vérifier un signalement.
report-verify-lead = Le signalement vérifié ouvre une faille de l’application, ou en rejoint une. Son texte est chiffré à nouveau, avec la clé de la faille.
report-close-lead = L’auteur lit votre raison et peut contester la décision pendant { $n } jours, devant un autre vérificateur.
report-abusive-lead = Un autre vérificateur doit confirmer avant que le signalement soit clos.
report-merge-lead = Un autre vérificateur doit confirmer. Le signalement deviendra un doublon et quittera la faille.
report-confirm-lead = En confirmant, vous décidez avec la personne qui l’a proposé. L’auteur en sera prévenu et pourra contester.
report-drop-lead = La proposition tombe ; le signalement garde son état.
report-resume-lead = Possible tant que l’éditeur n’a pas reconnu la faille. Le signalement quitte la faille et revient en vérification.
report-decide-lead = Les motifs de l’auteur :
report-field-answer = Votre réponse
report-field-grounds = Pourquoi contestez-vous ?
report-grounds-hint = Dites ce qui, selon vous, n’a pas été vu ou compris.
report-field-reason = Raison
report-field-drop-reason = Raison
report-field-question = Votre question
report-field-text = Texte
report-field-succeeded = Résultat
report-field-place = Où
report-place-hint = Une reproduction faite ailleurs est gardée, mais ne suffit pas pour vérifier.
report-place-target = Sur la cible de la campagne
report-place-elsewhere = Ailleurs
report-field-made-at = Quand
report-field-tried = Ce que vous avez fait et observé
report-tried-hint = Compte utilisé, requêtes, réponses. Seuls l’exploitant et l’organisateur le lisent.
report-field-rating-reason = Pourquoi cette gravité
report-rating-reason-hint = L’auteur et l’éditeur la lisent.
report-field-joining = Que révèle ce signalement ?
report-joining-hint = La portée décide qui sera prévenu.
report-joining-product = Une nouvelle faille de l’application
report-joining-product-hint = Elle concerne tous ceux qui l’utilisent.
report-joining-join = Une faille déjà connue
report-joining-deployment = Une faille d’une seule installation
report-joining-deployment-hint = Un mauvais réglage chez un seul organisme : lui seul sera concerné.
report-field-vulnerability = Faille connue
report-field-organisation = Organisme concerné
report-opened-at = ouverte le { $date }
report-field-closing = Décision
report-closing-not-reproduced-hint = En suivant les étapes, rien de ce qui est décrit n’arrive.
report-closing-out-of-scope-hint = L’élément testé n’est pas dans le périmètre.
report-closing-informative-hint = C’est exact, mais ce n’est pas une faille.
report-closing-duplicate-hint = Un signalement antérieur dit la même chose. L’auteur saura seulement qu’il existe, et sa date.
report-field-original = Signalement antérieur
report-original-hint = Nécessaire pour un doublon : le premier qui décrit la même faille.
report-close-reason-hint = L’auteur la lit, sauf pour un doublon.
report-field-decision = Votre décision
report-decision-allowed = La vérification reprend
report-decision-upheld = La décision est maintenue
report-decide-reason-hint = L’auteur la lit. La décision est définitive.
report-field-comment = Commentaire
report-comment-hint = Markdown accepté.
report-field-audience = Qui le lit
report-comment-internal = Lu par l’exploitant et l’organisateur
report-comment-shared = Lu aussi par les auteurs du signalement

## The timeline

report-event-drafted = Brouillon commencé
report-event-submitted = Signalement remis
report-event-withdrawn = Signalement retiré
report-event-discarded = Brouillon supprimé
report-event-attached = Pièce jointe ajoutée
report-event-detached = Pièce jointe retirée
report-event-started = Vérification commencée
report-event-claimed = Signalement pris
report-event-released = Signalement rendu
report-event-asked = Précisions demandées
report-event-answered = Réponse donnée
report-event-reproduced = Reproduction consignée
report-event-verified = Signalement vérifié
report-event-closed = Signalement clos
report-event-closed-by-two = Signalement clos par deux vérificateurs
report-event-closed-as = Clos : { $state }
report-event-proposed = Deuxième avis demandé
report-event-proposal-dropped = Proposition écartée
report-event-unanswered = Clos sans réponse
report-event-reopened = Signalement rouvert
report-event-appealed = Décision contestée
report-event-appeal-allowed = Contestation acceptée
report-event-appeal-upheld = Décision maintenue
report-event-resumed = Vérification reprise

## The desk

report-desk-draft = Un brouillon de signalement n’est pas remis
report-desk-complete = Compléter
report-desk-answer = Le signalement n° { $number } attend votre réponse
report-desk-answer-action = Répondre
report-desk-closed = Le signalement n° { $number } est clos : vous pouvez contester
report-desk-read = Lire la décision
report-desk-second = Le signalement n° { $number } attend un deuxième avis
report-desk-appeal = La clôture du signalement n° { $number } est contestée
report-desk-decide = Décider
report-desk-claimed = Vous avez pris le signalement n° { $number }
report-desk-go-on = Continuer
report-desk-waiting = { $n ->
    [one] Un signalement attend un vérificateur
   *[other] { $n } signalements attendent un vérificateur
}
report-desk-open-queue = Ouvrir la file
report-desk-came-in = { $n ->
    [one] { $n } signalement reçu attend une décision
   *[other] { $n } signalements reçus attendent une décision
}
report-desk-follow = Suivre les signalements
report-desk-critical = Le signalement n° { $number } est annoncé critique
report-desk-see = Voir où il en est

## What went wrong

report-error-claimed = Un autre vérificateur travaille sur ce signalement.
report-error-draft-changed = Ce brouillon a été enregistré depuis une autre page après l’ouverture de celle-ci. Rien n’a été remplacé : choisissez entre les deux textes, puis enregistrez.
report-kept-elsewhere = Ce qui est enregistré
report-kept-elsewhere-text = Ces textes diffèrent de ceux du formulaire ci-dessous, qui sont les vôtres, tels que vous venez de les saisir. Enregistrer garde ceux du formulaire ; reprenez-y ce que vous voulez de ceux-ci.
report-error-no-draft = Ce signalement n’est plus un brouillon : il a été remis ou supprimé depuis une autre page, et son texte ne change plus. Une fois remis, il se complète par un commentaire.
report-error-not-claimed = Vous n’avez pas pris ce signalement.
report-error-same-person = Il faut une deuxième personne : vous avez fait la proposition.
report-error-not-reproduced = Consignez d’abord une reproduction réussie sur la cible de la campagne.
report-error-acknowledged = L’éditeur a reconnu la faille : la vérification ne peut plus être reprise.
report-error-too-many-drafts = Vous avez trop de brouillons dans cette campagne. Remettez-en ou supprimez-en.
report-error-too-many-today = Vous avez remis beaucoup de signalements aujourd’hui. Votre brouillon est gardé : remettez-le demain.
report-error-asset = Choisissez un élément du périmètre de cette application.
report-error-cwe = Choisissez un type de la liste, par exemple CWE-79, ou prenez-en un parmi ceux que vos mots ont trouvés.
report-error-suspended = Votre participation est suspendue. Adressez-vous à votre responsable.
report-error-campaign-suspended = La campagne est suspendue : rien ne passe pour le moment.
report-error-outside-window = La campagne n’est pas ouverte. On ne signale que pendant sa fenêtre ; un brouillon commencé avant la fin peut être complété.
report-error-draft-closed = La campagne est close : ce brouillon ne peut plus être remis. Vous pouvez le relire ou le supprimer.
report-error-not-authorised = Une autorisation de test manque ou a pris fin : la campagne est arrêtée.
report-error-rules = Acceptez d’abord les règles d’engagement de la campagne.
report-error-consent = L’accord d’un responsable légal manque.
report-error-too-late = Le délai est passé.
report-error-already-appealed = Cette décision a déjà été contestée une fois.
report-error-same-verifier = Vous avez pris part à cette décision : un autre vérificateur doit trancher.
report-error-original = Choisissez un signalement antérieur de la même application.
report-error-original-later = Ce signalement est plus récent : choisissez celui qui est arrivé en premier.
report-error-proposal-there = Une proposition attend déjà un deuxième avis.
report-error-future = Cette date est dans l’avenir.
report-error-too-many-files = Trop de pièces jointes : { $detail } au plus.
report-error-vector-needed = Indiquez la gravité : un vecteur CVSS complet.
report-error-vector-prefix = Un vecteur commence par CVSS:4.0/ ou CVSS:3.1/.
report-error-vector-version = La version { $detail } n’est pas calculée ici : utilisez 4.0 ou 3.1.
report-error-vector-part = « { $detail } » n’est pas de la forme critère:valeur.
report-error-vector-metric = Le critère { $detail } n’existe pas dans cette version.
report-error-vector-value = La valeur { $detail } n’existe pas.
report-error-vector-twice = Le critère { $detail } est donné deux fois.
report-error-vector-missing = Il manque : { $detail }.

## What was done

flash-report-kept = Le brouillon est enregistré.
flash-report-composed = La gravité est calculée et le brouillon enregistré.
flash-warning-report-no-draft = Ce signalement n’est plus un brouillon : son texte ne change plus. Ajoutez ce qui manque par un commentaire.
flash-warning-report-changed = L’état a changé entre-temps : rien n’a été fait une deuxième fois. Cette page montre où en sont les choses.
flash-report-file-removed = La pièce jointe est retirée.
flash-report-submitted = Le signalement est remis. Vous serez prévenu de la suite.
flash-report-discarded = Le brouillon est supprimé.
flash-report-withdrawn = Le signalement est retiré.
flash-report-answered = Votre réponse est transmise.
flash-report-appealed = Votre contestation est transmise à un autre vérificateur.
flash-report-claimed = Vous avez pris ce signalement pour deux heures.
flash-report-released = Le signalement est rendu.
flash-report-asked = La question est transmise au chasseur.
flash-report-reproduced = La reproduction est consignée.
flash-report-verified = Le signalement est vérifié.
flash-report-closed = Le signalement est clos. Son auteur est prévenu.
flash-report-proposed = Un deuxième avis est demandé.
flash-report-proposal-dropped = La proposition est écartée.
flash-report-resumed = La vérification reprend.
flash-report-decided = La contestation est tranchée.
flash-report-commented = Le commentaire est publié.

## CVSS

cvss-AV = Vecteur d’attaque (AV)
cvss-AV-N = Réseau
cvss-AV-A = Réseau voisin
cvss-AV-L = Local
cvss-AV-P = Physique
cvss-AC = Complexité de l’attaque (AC)
cvss-AC-L = Faible
cvss-AC-H = Élevée
cvss-AT = Conditions préalables (AT)
cvss-AT-N = Aucune
cvss-AT-P = Présentes
cvss-PR = Droits nécessaires (PR)
cvss-PR-N = Aucun
cvss-PR-L = Faibles
cvss-PR-H = Élevés
cvss-UI = Action d’un usager (UI)
cvss-UI-N = Aucune
cvss-UI-P = Passive
cvss-UI-A = Active
cvss-UI-R = Nécessaire
cvss-S = Portée (S)
cvss-S-U = Inchangée
cvss-S-C = Changée
cvss-C = Confidentialité (C)
cvss-I = Intégrité (I)
cvss-A = Disponibilité (A)
cvss-VC = Confidentialité, système touché (VC)
cvss-VI = Intégrité, système touché (VI)
cvss-VA = Disponibilité, système touché (VA)
cvss-SC = Confidentialité, autres systèmes (SC)
cvss-SI = Intégrité, autres systèmes (SI)
cvss-SA = Disponibilité, autres systèmes (SA)
cvss-impact-H = Élevée
cvss-impact-L = Faible
cvss-impact-N = Aucune
report-naming-title = Avez-vous trouvé cela ensemble ?
report-naming-lead = { $name } prépare un signalement et dit l’avoir trouvé avec vous.
report-naming-text = Si vous acceptez, vous lirez ce signalement une fois remis, vous pourrez répondre aux questions et vous serez crédité avec son auteur. Sans réponse avant sa remise, votre nom n’y figurera pas.
report-naming-yes = Oui, je l’ai trouvé aussi
report-naming-no = Non, retirer mon nom
report-naming-accepted = A accepté d’être nommé.
report-naming-awaited = N’a pas encore répondu : son nom n’y figurera pas sans son accord.
report-desk-named = { $name } vous nomme dans un signalement
report-desk-named-action = Répondre
flash-report-named = Vous êtes nommé dans ce signalement. Vous le lirez une fois remis.
flash-report-not-named = Votre nom est retiré de ce signalement.
report-alike-heading = Peut-être déjà connu
report-alike-lead = Beffroi rapproche ce signalement de ce que vous pouvez lire du même produit, toutes campagnes confondues. C’est à vous de juger.
report-alike-report = { $number }, { $campaign }, remis le { $date }
report-alike-vulnerability = Faille { $label }, ouverte le { $date }
report-alike-close = Clore comme doublon de celui-ci
report-alike-join = Vérifier dans la faille { $label }
report-alike-names = Mêmes chemins, paramètres ou noms : { $names }
report-alike-asset = Même élément du périmètre
report-alike-weakness = Même type de faiblesse : CWE-{ $number }
report-alike-title = Titre proche
report-alike-words = { $n ->
    [one] Un mot en commun : { $words }
   *[other] { $n } mots en commun : { $words }
}
report-alike-version = Même version testée : { $version }
report-cwe-find = Chercher un type
report-cwe-found = Vos mots ont trouvé :
report-cwe-none = Ces mots n’ont rien trouvé. Essayez-en d’autres.
report-vector-says = { $metric } : { $value }
report-vector-and =  ;{" "}
report-field-bypass-of = Contournement d’un correctif
report-bypass-hint = À choisir si vous contournez le correctif d’une faille que vous connaissez déjà. Votre signalement reste nouveau et sera lié à elle.
report-bypass-none = Ce n’est pas un contournement
report-bypass-choice = { $product }, faille du { $date } ({ $known })
report-bypass-known-reported = que vous avez signalée
report-bypass-known-retested = que vous avez contre-testée
report-bypass-known-read = que vous pouvez lire
report-bypass-title = Contourne
report-bypass-dated = le correctif d’une faille du { $date }
report-bypass-verify = Son auteur dit contourner le correctif d’une faille du { $date }.
report-field-no-bypass = Ce n’est pas un contournement : ne pas lier les deux failles
report-field-regression = Elle était corrigée et elle est revenue : la rouvrir
report-regression-hint = À cocher si la faille rejointe était corrigée ou close et que ce signalement montre qu’elle est revenue. Un nouveau tour commence, et l’éditeur est à prévenir de nouveau.
report-error-bypass = Choisissez une faille de ce produit dont un correctif est annoncé.
report-error-regression = La faille choisie n’est ni corrigée ni close : décochez cette case, ou choisissez-en une autre.
report-templates-title = Modèles de réponses
report-templates-lead = Les textes que vous écrivez souvent. Ils servent à tous ceux qui vérifient ou organisent les campagnes de ce programme.
report-templates-kept = Modèles du programme
report-templates-empty = Aucun modèle pour le moment.
report-templates-link = Écrire ou changer des modèles
report-template-new = Nouveau modèle
report-template-change = Changer ce modèle
report-template-keep = Enregistrer le modèle
report-template-end = Retirer
report-template-choose = Choisir
report-template-for-question = Question à l’auteur
report-template-for-closing = Clôture d’un signalement
report-template-for-rating = Cotation d’un signalement
report-template-for-comment = Commentaire
report-template-hint = Son texte s’ajoute au vôtre ; relisez-le avant d’envoyer.
report-template-insert = Insérer le modèle
report-template-title-hint = Pour le reconnaître dans la liste ; l’auteur du signalement ne le lit pas.
report-template-text-hint = Ces mots sont remplacés par ce que dit le signalement : { $names }
report-field-template = Modèle de réponse
report-field-purpose = Pour quoi
report-field-template-title = Nom du modèle
report-field-template-text = Texte du modèle
report-error-placeholder = Ce mot entre accolades n’est remplacé par rien : corrigez-le ou retirez ses accolades.
report-error-templates = Ce programme a déjà tous les modèles qu’il peut garder. Retirez-en un.
report-column-waiting = Dans cet état
report-column-submitted = Remis le
report-column-choose = Choisir
report-choose = Choisir le { $report }
report-state-days = { $n ->
    [0] depuis moins d’un jour
    [one] depuis un jour
   *[other] depuis { $n } jours
  }
report-bulk-take = Prendre les signalements choisis
report-bulk-release = Rendre les signalements choisis
report-bulk-taken = { $n ->
    [one] Un signalement est pris.
   *[other] { $n } signalements sont pris.
  }
report-bulk-released = { $n ->
    [one] Un signalement est rendu.
   *[other] { $n } signalements sont rendus.
  }
report-bulk-failed = { $n ->
    [one] Un signalement n’a pas pu l’être{"\u00A0"}:
   *[other] { $n } signalements n’ont pas pu l’être{"\u00A0"}:
  }
report-bulk-gone = Il n’est plus dans votre liste.
report-bulk-none = Choisissez au moins un signalement dans la liste.
report-file-action = Télécharger la liste (CSV)
report-file-number = numero
report-file-report = signalement
report-file-campaign = campagne
report-file-product = produit
report-file-state = etat
report-file-since = dans_cet_etat_depuis
report-file-severity = gravite
report-file-score = score
report-file-submitted = remis_le
report-file-claim = pris_par
report-order-oldest = Les plus anciens d’abord
report-order-newest = Les plus récents d’abord
report-order-waiting = Depuis le plus longtemps dans leur état
report-order-moved = Depuis le moins longtemps dans leur état
report-order-severest = Les plus graves d’abord
report-order-mildest = Les moins graves d’abord
