## campaign

campaign-list-title = Campagnes
campaign-list-title-programme = Campagnes du dispositif
campaign-list-empty = Aucune campagne pour le moment
campaign-list-empty-text = Les campagnes auxquelles votre organisation prend part apparaîtront ici.
campaign-list-empty-new = Ouvrez la première : elle reste un brouillon tant que vous ne l’avez pas annoncée.
campaign-list-empty-action = Revenir à mon bureau
campaign-list-count = { $n ->
    [one] { $n } campagne
   *[other] { $n } campagnes
}
campaign-new-action = Ouvrir une campagne
campaign-new-title = Ouvrir une campagne
campaign-edit-title = Modifier la campagne
campaign-form-save = Enregistrer la campagne
campaign-back = Revenir à la campagne
campaign-choose = Choisissez
campaign-remove = Retirer
campaign-since = depuis le { $date }
campaign-texts-warning = Des autorisations ont déjà été demandées. Si vous changez les parties, les produits, le périmètre, la période ou les interdits, elles prennent fin et il faudra les demander à nouveau.
campaign-scope-warning-open = La campagne est ouverte : changer le périmètre ou la cible la suspend aussitôt. Elle ne reprend que lorsque les nouvelles autorisations sont signées et que l’organisateur la relance.

campaign-kind-bug-bounty = Bug bounty
campaign-kind-pentest = Test d’intrusion
campaign-kind-pedagogical-bug-bounty = Bug bounty pédagogique

campaign-state-draft = Brouillon
campaign-state-planned = Annoncée
campaign-state-ready = Prête
campaign-state-open = Ouverte
campaign-state-suspended = Suspendue
campaign-state-verifying = En vérification
campaign-state-closed = Terminée
campaign-state-archived = Archivée
campaign-state-cancelled = Annulée

campaign-party-school = École
campaign-party-beneficiary = Collectivité bénéficiaire
campaign-party-operator = Exploitant de la plateforme
campaign-party-vendor = Éditeur
campaign-party-pilot = Collectivité pilote
campaign-party-host = Hébergeur
campaign-party-observer = Observateur
campaign-party-organiser = Organisateur associé
campaign-parties-of-school = Écoles
campaign-parties-of-beneficiary = Collectivités
campaign-parties-of-operator = Exploitant
campaign-parties-of-vendor = Éditeurs
campaign-parties-of-pilot = Pilotes
campaign-parties-of-host = Hébergeurs
campaign-parties-of-observer = Observateurs
campaign-parties-of-organiser = Organisateurs associés
campaign-parties-word = engagés
campaign-party-none = personne encore
campaign-person-pilot = Pilote
campaign-person-hunter = Chasseur
campaign-person-verifier = Vérificateur
campaign-person-observer = Observateur

campaign-asset-url = Adresse web
campaign-asset-domain = Domaine
campaign-asset-api = Interface de programmation (API)
campaign-asset-mobile-app = Application mobile
campaign-asset-ip-range = Plage d’adresses IP
campaign-asset-other = Autre

campaign-field-name = Nom de la campagne
campaign-field-kind = Nature
campaign-field-kind-party = Part prise
campaign-field-summary = Présentation
campaign-field-summary-hint = Quelques phrases pour toutes les parties. N’y mettez ni cible ni compte.
campaign-field-opens-at = Ouverture
campaign-field-opens-at-hint = La campagne s’ouvre et se ferme d’elle-même à ces instants.
campaign-field-closes-at = Fermeture
campaign-field-call = Appel à candidatures
campaign-field-call-hint = Ses candidates confirmées seront proposées comme bénéficiaires.
campaign-field-call-none = Aucun
campaign-field-prohibitions = Interdits
campaign-field-prohibitions-hint = Un par ligne. Ils figurent dans les autorisations.
campaign-field-stop-contact = Qui appeler pour tout arrêter
campaign-field-stop-contact-hint = Un nom et un numéro joignable pendant toute la campagne.
campaign-field-restitution-shared = Partager la restitution avec le groupe de travail
campaign-field-restitution-shared-hint = Sans les détails d’exploitation, une fois la campagne finie.
campaign-field-product = Produit
campaign-field-version = Version testée
campaign-field-version-hint = Comme le catalogue l’écrit ; vide, elle n’est pas précisée.
campaign-field-owners = Titulaires du système testé
campaign-field-owners-hint = Qui possède l’environnement de test. Chacun devra signer une autorisation.
campaign-field-hosts = Hébergeurs du système testé
campaign-field-hosts-hint = Qui héberge l’environnement de test. Chacun devra signer une autorisation.
campaign-field-url = Adresse de l’environnement de test
campaign-field-url-hint = Par exemple https://test.editeur.example. Elle est scellée et n’est montrée qu’aux chasseurs qui ont accepté les règles.
campaign-field-inside = Peut-on le tester ?
campaign-field-asset-kind = Type
campaign-field-value = Adresse ou désignation
campaign-field-value-hint = Par exemple https://test.editeur.example/demarches
campaign-field-note = Précision
campaign-field-account-product = Produit
campaign-field-label = Repère
campaign-field-label-hint = Pour reconnaître l’invitation dans la liste, sans nom de personne.
campaign-field-label-account = Repère du compte
campaign-field-label-account-hint = Par exemple « agent 1 ». Jamais le mot de passe.
campaign-field-secret = Identifiant et mot de passe
campaign-field-secret-hint = Scellés dès l’enregistrement ; vous ne pourrez plus les relire.
campaign-field-part = Part prise
campaign-field-organisation = Pour quelle organisation
campaign-field-organisation-hint = Une des parties de la campagne.
campaign-field-email = Adresse électronique
campaign-field-email-hint = Sans adresse, le lien s’affiche une fois et vous le remettez vous-même.
campaign-field-sure = Retirer de la campagne
campaign-field-reason = Motif
campaign-field-reason-hint = Il est inscrit au journal.
campaign-field-count = Nombre de codes
campaign-field-code = Code
campaign-field-code-hint = Vingt lettres et chiffres, imprimés sur la feuille de votre école. Les tirets et les majuscules ne comptent pas.
campaign-field-text = Texte des règles
campaign-field-text-hint = En Markdown. Chaque chasseur l’accepte avant de voir quoi que ce soit de la cible.
campaign-field-accepted = J’ai lu ces règles et je m’engage à les respecter
campaign-default-prohibitions = Déni de service et tests de charge
    Ingénierie sociale et hameçonnage
    Accès physique
    Lecture, copie ou modification de données réelles au-delà de la preuve
    Rebond vers d’autres systèmes que la cible
campaign-default-rules = # Règles d’engagement
    
    - Je ne teste que ce qui est dans le périmètre, pendant la période annoncée, avec le compte qui m’est remis.
    - Je m’arrête dès que la faille est prouvée : je ne lis, ne copie et ne modifie aucune donnée réelle.
    - Je ne fais ni déni de service, ni ingénierie sociale, ni hameçonnage.
    - Je signale ce que je trouve ici, et nulle part ailleurs ; je n’en parle à personne avant la publication.
    - Si l’on me demande d’arrêter, j’arrête aussitôt.

campaign-parties-title = Parties et produits
campaign-parties-heading = Les parties
campaign-parties-empty = Aucune partie encore
campaign-parties-empty-text = Ajoutez l’école, les collectivités bénéficiaires, l’exploitant et l’éditeur.
campaign-parties-count = { $n ->
    [one] { $n } partie
   *[other] { $n } parties
}
campaign-column-name = Campagne
campaign-column-programme = Dispositif
campaign-column-state = État
campaign-column-opens = Ouverture
campaign-column-closes = Fermeture
campaign-column-organisation = Organisation
campaign-column-part = Part prise
campaign-column-commitment = Engagement
campaign-column-action = Action
campaign-column-product = Produit
campaign-column-version = Version
campaign-column-vendor = Éditeur
campaign-column-owners = Titulaires
campaign-column-hosts = Hébergeurs
campaign-column-asset = Élément
campaign-column-inside = Périmètre
campaign-column-asset-kind = Type
campaign-column-account = Compte
campaign-column-handed = Remis à
campaign-column-person = Personne
campaign-column-since = Depuis
campaign-column-standing = Situation
campaign-column-number = Numéro
campaign-column-code = Code
campaign-column-given-to = Remis à
campaign-committed = Engagée
campaign-not-committed = engagement attendu
campaign-committed-on = le { $date }
campaign-proposed = Candidates confirmées de l’appel
campaign-proposed-hint = Elles ont obtenu une place et l’ont confirmée.
campaign-proposed-add = Ajouter ces bénéficiaires
campaign-party-add-heading = Ajouter une partie
campaign-party-add = Ajouter cette partie
campaign-products-heading = Les produits testés
campaign-products-intro = Pour chaque produit, dites qui possède et qui héberge l’environnement de test. L’éditeur est ajouté aux parties.
campaign-products-empty = Aucun produit encore
campaign-products-empty-text = Choisissez un produit du catalogue ci-dessous.
campaign-products-count = { $n ->
    [one] { $n } produit
   *[other] { $n } produits
}
campaign-product-add-heading = Ajouter un produit, ou changer le sien
campaign-product-add = Enregistrer ce produit
campaign-vendor-itself = L’éditeur du produit

campaign-scope-title = Périmètre, cible et comptes
campaign-scope-readers = Lu par l’organisateur et les pilotes ; chaque lecture est inscrite au journal
campaign-target-heading = Où se trouve la cible
campaign-target-missing = Aucune adresse n’est enregistrée
campaign-target-set = Adresse enregistrée
campaign-target-readers = Lu par les chasseurs qui ont accepté les règles ; chaque lecture est inscrite au journal
campaign-target-save = Enregistrer l’adresse
campaign-assets-heading = Ce qui peut et ne peut pas être testé
campaign-assets-empty = Le périmètre est vide
campaign-assets-empty-text = Ajoutez au moins un élément à tester pour chaque produit.
campaign-assets-count = { $n ->
    [one] { $n } élément
   *[other] { $n } éléments
}
campaign-inside = Dans le périmètre
campaign-outside = Hors périmètre
campaign-asset-add-heading = Ajouter un élément
campaign-asset-add = Ajouter au périmètre
campaign-asset-products-first = Choisissez d’abord les produits testés.
campaign-accounts-heading = Comptes de test
campaign-accounts-intro = Les comptes sont remis un par un. Personne d’autre que le chasseur qui en prend un ne peut le lire.
campaign-accounts-empty = Aucun compte
campaign-accounts-empty-text = Ajoutez-en autant que de chasseurs, si la cible en demande.
campaign-accounts-count = { $n ->
    [one] { $n } compte
   *[other] { $n } comptes
}
campaign-account-free = Libre
campaign-account-add-heading = Ajouter un compte
campaign-account-add = Sceller ce compte
campaign-account-own = Votre compte « { $label } » pour { $product }
campaign-account-take = Prendre un compte de test pour { $product }

campaign-people-title = Participants
campaign-people-heading = Qui prend part
campaign-people-empty = Personne n’a encore rejoint la campagne
campaign-people-empty-text = Invitez des pilotes, des vérificateurs ou des chasseurs ; une école enrôle les siens par codes.
campaign-people-count = { $n ->
    [one] { $n } personne
   *[other] { $n } personnes
}
campaign-person-suspended = Suspendu
campaign-person-accepted = Règles acceptées
campaign-person-not-accepted = Règles à accepter
campaign-person-actions = Suspendre ou retirer
campaign-person-suspend = Suspendre
campaign-person-resume = Lever la suspension
campaign-person-withdraw-sure = Pour retirer { $who } : je sais que cela ne se défait pas
campaign-person-withdraw = Retirer de la campagne
campaign-invite-heading = Inviter quelqu’un
campaign-invite-intro = La personne reçoit un lien à usage unique.
campaign-invite = Envoyer l’invitation
campaign-invited-link = Invitation prête. Ce lien ne s’affiche qu’une fois et ne sert qu’une fois : copiez-le avant de quitter cette page. S’il est perdu, refaites l’invitation ci-dessous.
campaign-invited-link-label = Lien à remettre

campaign-codes-title = Codes d’enrôlement
campaign-codes-make-heading = Préparer une feuille de codes
campaign-codes-make-text = Un code par élève. La feuille ne s’affiche qu’une fois : imprimez-la aussitôt.
campaign-codes-make = Préparer les codes
campaign-codes-waiting-heading = Codes en attente
campaign-codes-waiting = { $n ->
    [one] { $n } code n’a pas encore servi.
   *[other] { $n } codes n’ont pas encore servi.
}
campaign-codes-end = Annuler les codes inutilisés
campaign-codes-link = Gérer les codes d’enrôlement
campaign-joined-heading = Qui a rejoint
campaign-joined-empty = Personne n’a encore utilisé de code
campaign-joined-empty-text = Préparez une feuille de codes et distribuez-la.
campaign-sheet-title = Feuille de codes
campaign-sheet-once = Cette feuille ne s’affichera plus. Imprimez-la maintenant, et remettez chaque code à une seule personne.
campaign-sheet-again = Feuille perdue ? Annulez les codes inutilisés et faites-en une autre
campaign-sheet-step-open = Ouvrez
campaign-sheet-step-code = Saisissez votre code.
campaign-sheet-step-pseudonym = Choisissez un pseudonyme et un mot de passe. L’adresse électronique est facultative.
campaign-sheet-until = Ces codes servent une fois, jusqu’au { $date }.
campaign-sheet-count = { $n ->
    [one] { $n } code
   *[other] { $n } codes
}
campaign-join-title = Rejoindre une campagne
campaign-join-text = Votre école vous a remis un code. Il sert une seule fois.

campaign-rules-title = Règles d’engagement
campaign-rules-action = Règles d’engagement
campaign-rules-intro = Une nouvelle version s’applique aux campagnes en cours : chaque chasseur doit l’accepter avant de revoir la cible.
campaign-rules-write = Publier cette version
campaign-rules-versions = Versions
campaign-rules-none = Aucune version
campaign-rules-none-text = Le texte proposé ci-dessus est un point de départ.
campaign-rules-version = Version { $version }, { $date }
campaign-rules-read = Relire les règles (version { $version })
campaign-rules-accept = Accepter les règles

campaign-write-report = Rédiger un signalement
campaign-move-plan = Annoncer aux parties
campaign-move-suspend = Suspendre la campagne
campaign-move-resume = Reprendre la campagne
campaign-move-close = Clore la campagne
campaign-move-archive = Archiver
campaign-move-cancel = Annuler la campagne
campaign-suspend-heading = Tout arrêter
campaign-resume-heading = Reprendre
campaign-cancel-heading = Annuler cette campagne
campaign-request = Demander les autorisations
campaign-suspended-text = La campagne est suspendue. Plus rien ne doit être testé.
campaign-commit-heading = { $part ->
    [school] Engager votre organisation comme école
    [beneficiary] Engager votre organisation comme bénéficiaire
    [operator] Engager votre organisation comme exploitant
    [vendor] Engager votre organisation comme éditeur
    [pilot] Engager votre organisation comme pilote
    [host] Engager votre organisation comme hébergeur
    [organiser] Engager votre organisation comme organisateur associé
   *[other] Engager votre organisation
}
campaign-commit-text = L’engagement de { $organisation } est attendu avant l’ouverture de cette campagne.
campaign-commit-window = La campagne a lieu du { $from } au { $until }.
campaign-commit-duty = Ce à quoi votre organisation s’engage
campaign-duty-school = Choisir les élèves qui testent, les encadrer pendant toute la campagne et faire respecter les règles d’engagement.
campaign-duty-beneficiary = Laisser tester les applications désignées dans le périmètre, dire qui joindre, et corriger ou protéger sa propre installation quand une faille est établie.
campaign-duty-operator = Tenir les cibles à part de la production, vérifier chaque signalement reçu et tout arrêter quand on le demande.
campaign-duty-vendor = Lire les signalements vérifiés, y répondre, corriger en commençant par le plus grave, et annoncer chaque version corrigée.
campaign-duty-pilot = Préparer le périmètre, suivre les signalements et présenter les résultats pour les autres, sans vérifier ni payer.
campaign-duty-host = Laisser tester les systèmes hébergés qui sont dans le périmètre, dire qui joindre, et prévenir de toute perturbation.
campaign-duty-observer = Suivre la campagne sans rien y changer.
campaign-duty-organiser = Préparer et suivre la campagne avec l’organisateur, et en rendre compte.
campaign-commit-meaning = L’engagement est daté, porte votre nom et reste dans l’historique de la campagne. L’autorisation de tester, elle, se signe à part.
campaign-commit = { $part ->
    [school] S’engager comme école
    [beneficiary] S’engager comme bénéficiaire
    [operator] S’engager comme exploitant
    [vendor] S’engager comme éditeur
    [pilot] S’engager comme pilote
    [host] S’engager comme hébergeur
    [organiser] S’engager comme organisateur associé
   *[other] Engager l’organisation
}
campaign-missing-heading = { $n ->
    [one] Il manque { $n } chose
   *[other] Il manque { $n } choses
}
campaign-waits-signatures = { $n ->
    [one] Toutes les autorisations sont demandées. Une signature est attendue.
   *[other] Toutes les autorisations sont demandées. { $n } signatures sont attendues.
}
campaign-missing-products = Choisir au moins un produit à tester
campaign-missing-window = Corriger la période : elle est vide ou passée
campaign-missing-rules = Écrire les règles d’engagement
campaign-missing-scope = Définir le périmètre de { $name }
campaign-missing-signer = Désigner pour { $name } : { $detail }
campaign-missing-party = Ajouter une partie : { $detail }
campaign-missing-commitment = { $name } doit s’engager ({ $detail }) : un de ses responsables le fait depuis son bureau
campaign-missing-authorisation = L’autorisation de { $name } est à demander ({ $detail })
campaign-missing-signature = { $name } doit signer son autorisation ({ $detail }) : elle attend sur le bureau de son signataire
campaign-missing-signatory = { $name } doit signer son autorisation ({ $detail }), mais n’a encore aucun signataire : invitez-en un, ou faites-en inviter un
campaign-missing-authorisation-too-short = L’autorisation de { $name } finit avant la fermeture ({ $detail })
campaign-all-there = Tout est prêt
campaign-all-there-text = La campagne s’ouvrira d’elle-même le { $date }.
campaign-prepare-heading = Préparer
campaign-edit-link = Nom, période, interdits
campaign-parties-link = Parties et produits
campaign-scope-link = Périmètre, cible et comptes
campaign-people-link = Participants
campaign-hunter-heading = Ce que vous pouvez tester
campaign-hunter-suspended = Votre accès est suspendu. Adressez-vous à votre école ou à l’organisateur.
campaign-hunter-rules-first = Avant de voir la cible, lisez et acceptez les règles d’engagement (version { $version }).
campaign-hunter-no-rules = Les règles d’engagement ne sont pas encore écrites. Vous serez prévenu.
campaign-window-text = Du { $from } au { $until }.
campaign-denied-not-a-participant = Vous ne prenez pas part à cette campagne.
campaign-denied-person-suspended = Votre accès est suspendu.
campaign-denied-campaign-suspended = La campagne est suspendue. La cible réapparaîtra à la reprise.
campaign-denied-campaign-not-open = La campagne n’est pas encore ouverte. La cible apparaîtra ici à l’ouverture.
campaign-denied-outside-window = La cible n’est montrée que pendant la période de test.
campaign-denied-not-authorised = Une autorisation manque. La cible apparaîtra ici quand toutes seront signées.
campaign-denied-rules-not-accepted = Acceptez d’abord les règles d’engagement.
campaign-denied-consent-missing = Le consentement de votre représentant légal manque encore.
campaign-drafts-heading = Vos brouillons
campaign-drafts-late = La période de test est finie. Un brouillon commencé avant peut encore être complété et remis, jusqu’à la clôture de la campagne.
campaign-own-heading = Vos applications testées
campaign-own-confirmed = Installation confirmée
campaign-own-declared = Installation déclarée
campaign-facts-heading = Repères
campaign-fact-programme = Dispositif
campaign-fact-owner = Organisateur
campaign-fact-products = Produits
campaign-products-hidden = Montrés une fois les règles acceptées
campaign-fact-hunters = Chasseurs
campaign-fact-restitution = Restitution partagée

campaign-event-opened-as-draft = Campagne préparée
campaign-event-edited = Campagne modifiée
campaign-event-recordings-destroyed = Enregistrements détruits, leur délai passé
campaign-fact-recordings = Enregistrements
campaign-recordings-until = Détruits le { $date }
campaign-recordings-destroyed = Détruits le { $date }, comme annoncé
campaign-recorded-text = Tout ce que vous envoyez aux cibles par la passerelle est enregistré et scellé. Ces enregistrements sont détruits le { $date }, au terme du délai qui suit la fin de la campagne ; ce que vous joignez à un signalement reste avec lui.
campaign-field-recording-days = Conservation des enregistrements, en jours après la fin
campaign-field-recording-days-hint = Passé ce délai, ce qui est passé par la passerelle est détruit ; les preuves jointes aux signalements restent. Les participants voient la date avant d’accepter les règles.
campaign-error-recording-days = Donnez un nombre de jours, entre 1 et { $detail }.
campaign-event-parties-added = Parties ajoutées
campaign-event-party-removed = Partie retirée
campaign-event-committed = Une organisation s’est engagée
campaign-event-product-set = Produit ajouté ou modifié
campaign-event-product-removed = Produit retiré
campaign-event-scope-added = Périmètre complété
campaign-event-scope-removed = Périmètre réduit
campaign-event-target-set = Adresse de la cible enregistrée
campaign-event-target-declared = Cible de la passerelle déclarée
campaign-event-target-removed = Cible de la passerelle retirée
campaign-event-target-stopped = Cible arrêtée
campaign-event-target-resumed = Cible rouverte
campaign-event-corrected-declared = Version corrigée déclarée pour les contre-tests
campaign-event-corrected-accepted = Version corrigée acceptée par l’éditeur
campaign-event-corrected-refused = Version corrigée refusée par l’éditeur
campaign-event-corrected-recorded = Accord de l’éditeur noté pour une version corrigée
campaign-event-corrected-removed = Version corrigée retirée
campaign-event-corrected-ended = Version corrigée retirée avec la campagne
campaign-event-lease-taken = Accès à une cible pris
campaign-event-lease-renewed = Accès à une cible renouvelé
campaign-event-lease-ended = Accès à une cible fermé
campaign-event-certificate-registered = Certificat enregistré pour un accès
campaign-event-certificate-ended = Certificat d’un accès retiré
campaign-event-recorder-closed = Enregistrement fermé
campaign-event-recorder-opened = Enregistrement rouvert
campaign-event-instance-wanted = Instance de cible demandée
campaign-event-instance-started = Instance de cible en marche
campaign-event-instance-failed = Instance de cible en panne
campaign-event-instance-reset = Remise à neuf d’une cible demandée
campaign-event-instance-leaves = Destruction d’une instance demandée
campaign-event-instance-destroyed = Instance de cible détruite
campaign-event-snapshot-wanted = État de cible à garder
campaign-event-snapshot-kept = État de cible gardé
campaign-event-snapshot-failed = État de cible non gardé
campaign-event-snapshot-leaves = État de cible à détruire
campaign-event-snapshot-destroyed = État de cible détruit
campaign-event-seed-kept = Archive de données de départ envoyée
campaign-event-seed-removed = Archive de données de départ retirée
campaign-event-texts-ended = Les autorisations demandées ont pris fin : leur texte ne correspondait plus
campaign-event-account-added = Compte de test ajouté
campaign-event-account-removed = Compte de test retiré
campaign-event-account-handed = Compte de test remis
campaign-event-invited = Invitation envoyée
campaign-event-joined = Une personne a rejoint la campagne
campaign-event-codes-made = Codes d’enrôlement préparés
campaign-event-codes-ended = Codes inutilisés annulés
campaign-event-person-suspended = Une personne suspendue
campaign-event-person-resumed = Suspension d’une personne levée
campaign-event-person-withdrawn = Une personne retirée
campaign-event-rules-changed = Nouvelle version des règles d’engagement
campaign-event-rules-accepted = Règles d’engagement acceptées
campaign-event-authorisations-requested = Autorisations demandées
campaign-event-authorisation-signed = Autorisation signée
campaign-event-authorisation-revoked = Autorisation révoquée
campaign-event-planned = Campagne annoncée aux parties
campaign-event-ready = Tout est réuni : la campagne est prête
campaign-event-fell-back = Il manque de nouveau quelque chose : la campagne n’est plus prête
campaign-event-opened = La campagne s’est ouverte
campaign-event-suspended = Campagne suspendue
campaign-event-suspended-unauthorised = Campagne suspendue : une autorisation a pris fin
campaign-event-suspended-revoked = Campagne suspendue : une autorisation a été révoquée
campaign-event-suspended-scope = Campagne suspendue : son périmètre a changé
campaign-event-resumed = Campagne reprise
campaign-event-window-ended = La période de test est finie
campaign-event-closed = Campagne close
campaign-event-archived = Campagne archivée
campaign-event-cancelled = Campagne annulée

campaign-desk-commit = { $part ->
    [school] Engager votre organisation dans la campagne comme école
    [beneficiary] Engager votre organisation dans la campagne comme bénéficiaire
    [operator] Engager votre organisation dans la campagne comme exploitant
    [vendor] Engager votre organisation dans la campagne comme éditeur
    [pilot] Engager votre organisation dans la campagne comme pilote
    [host] Engager votre organisation dans la campagne comme hébergeur
    [organiser] Engager votre organisation dans la campagne comme organisateur associé
   *[other] Engager votre organisation dans la campagne
}
campaign-desk-commit-action = Lire et engager
campaign-desk-draft = Finir de préparer la campagne
campaign-desk-draft-action = Continuer
campaign-desk-missing = { $n ->
    [one] Il manque { $n } chose avant l’ouverture
   *[other] Il manque { $n } choses avant l’ouverture
}
campaign-desk-missing-action = Voir qui manque
campaign-desk-scope = { $n ->
    [one] Le périmètre de { $n } produit est à définir
   *[other] Le périmètre de { $n } produits est à définir
}
campaign-desk-scope-action = Compléter le périmètre
campaign-desk-suspended = La campagne est suspendue
campaign-desk-suspended-action = Décider de la suite
campaign-desk-read-action = Lire pourquoi
campaign-desk-verifying = Clore la campagne quand le dernier signalement est réglé
campaign-desk-verifying-action = Voir la campagne
campaign-desk-rules = Accepter les règles d’engagement
campaign-desk-rules-action = Lire les règles
campaign-desk-hunt = La campagne est ouverte
campaign-desk-hunt-action = Voir la cible
campaign-desk-codes = Remettre les codes d’enrôlement à vos élèves
campaign-desk-codes-action = Préparer les codes

flash-campaign-opened = La campagne est créée. Choisissez maintenant ses parties et ses produits.
flash-campaign-moved = C’est fait.
flash-campaign-committed = Votre organisation est engagée.
flash-campaign-rules-accepted = Vous avez accepté les règles d’engagement.
flash-campaign-rules-written = La nouvelle version est publiée.
flash-campaign-account-taken = Ce compte est à vous seul.
flash-campaign-requested = Les autorisations sont demandées. Chaque signataire est prévenu.
flash-campaign-invited = L’invitation est partie.
flash-campaign-codes-ended = Les codes inutilisés ne servent plus.
error-campaign-begun = La campagne a commencé : ce qui a été convenu ne change plus.
error-campaign-over = La période de test est finie ou la campagne est annulée : cela ne sert plus.
error-campaign-plan-missing = Il manque encore un produit, une partie, un titulaire, un hébergeur ou une période à venir.
error-campaign-not-authorised = Une autorisation manque. Demandez-la et faites-la signer avant de reprendre.
error-campaign-party-needed = Cette partie édite ou héberge un produit testé. Retirez d’abord le produit.
error-target-closed = La cible n’est pas accessible maintenant.
error-account-already = Vous avez déjà un compte pour ce produit.
error-account-none-left = Il n’y a plus de compte libre. Prévenez l’organisateur.
error-rules-none = Aucune règle d’engagement n’est écrite.
error-rules-tick = Cochez la case pour accepter les règles.
error-rules-newer = Une version plus récente des règles vient de paraître. Relisez-les.
error-codes-count = Indiquez un nombre de codes entre 1 et 500.
error-code-unknown = Ce code n’est pas reconnu, a déjà servi ou n’est plus valable. Vérifiez chaque caractère.
error-pseudonym-known = Ce pseudonyme est déjà pris. Choisissez-en un autre.
error-pseudonym-address = Un pseudonyme ne contient pas de @.
error-not-a-url = L’adresse commence par https:// ou http://

mail-campaign-planned-subject = { $campaign } : votre engagement est attendu
mail-campaign-planned-text = La campagne « { $campaign } » est annoncée. Votre organisation y prend part : engagez-la avant l’ouverture.
    { $link }
mail-campaign-corrected-asked-subject = { $campaign } : une version corrigée attend votre accord
mail-campaign-corrected-asked-text = Une version corrigée d’un de vos produits doit être hébergée pour les contre-tests de « { $campaign } ». Dites depuis votre bureau si vous l’acceptez : d’ici là, rien ne lui est envoyé.
    { $link }
mail-campaign-corrected-answered-subject = { $campaign } : l’éditeur a répondu sur une version corrigée
mail-campaign-corrected-answered-text = L’éditeur a répondu sur une version corrigée de « { $campaign } ». Sa réponse se lit avec les cibles de la campagne.
    { $link }
mail-campaign-opened-subject = { $campaign } : la campagne est ouverte
mail-campaign-opened-text = La période de test de « { $campaign } » a commencé.
    { $link }
mail-campaign-not-opened-subject = { $campaign } : la campagne n’a pas pu s’ouvrir
mail-campaign-not-opened-text = L’heure d’ouverture de « { $campaign } » est passée, mais une autorisation manque.
    { $link }
mail-campaign-suspended-subject = { $campaign } : la campagne est suspendue
mail-campaign-suspended-text = « { $campaign } » est suspendue. Plus rien ne doit être testé jusqu’à la reprise.
    { $link }
mail-campaign-cancelled-subject = { $campaign } : la campagne est annulée
mail-campaign-cancelled-text = « { $campaign } » est annulée par celles et ceux qui l’organisent. Rien ne sera testé.
    { $link }
mail-campaign-resumed-subject = { $campaign } : la campagne reprend
mail-campaign-resumed-text = « { $campaign } » reprend.
    { $link }
mail-campaign-window-ended-subject = { $campaign } : la période de test est finie
mail-campaign-window-ended-text = La période de test de « { $campaign } » est finie. Les derniers signalements sont en cours de vérification.
    { $link }
mail-campaign-you-suspended-subject = { $campaign } : votre accès est suspendu
mail-campaign-you-suspended-text = Votre accès à « { $campaign } » est suspendu. Arrêtez tout test et adressez-vous à votre école ou à l’organisateur.
    { $link }
mail-campaign-you-resumed-subject = { $campaign } : votre accès est rétabli
mail-campaign-you-resumed-text = Votre accès à « { $campaign } » est rétabli.
    { $link }
mail-authorisation-requested-subject = { $campaign } : votre autorisation est demandée
mail-authorisation-requested-text = Une autorisation de test vous est demandée pour « { $campaign } ». Lisez-la et signez-la depuis votre bureau.
    { $link }
mail-authorisation-revoked-subject = { $campaign } : une autorisation a été révoquée
mail-authorisation-revoked-text = Une autorisation de « { $campaign } » vient d’être révoquée. La campagne ne peut pas s’ouvrir sans elle.
    { $link }
campaign-missing-reason = Écrire pourquoi { $name } est testée une fois de plus
campaign-duplicate-known = Ce que l’on sait de ses tests
campaign-duplicate-heading = Pourquoi un test de plus ?
campaign-duplicate-text = Cette application a été testée dans les douze derniers mois, l’est en ce moment ou va l’être. Mieux vaut rejoindre ce test ; si un autre est nécessaire, écrivez pourquoi. La campagne ne peut pas être annoncée sans cela.
campaign-duplicate-none = Rien n’indique un autre test : il n’y a rien à justifier.
campaign-duplicate-submit = Enregistrer le motif
campaign-duplicate-why = Pourquoi { $name } est testée une fois de plus
campaign-field-duplicate-reason = Motif
campaign-field-duplicate-reason-hint = Il est lu par tous ceux qui voient la campagne. N’y écrivez rien d’une faille.
campaign-event-duplicate-explained = Motif d’un test de plus
flash-campaign-duplicate = L’application est ajoutée. Elle a déjà été testée, ou va l’être : écrivez pourquoi la tester encore.
campaign-joins-heading = Organisations qui rejoignent la campagne
campaign-joins-text = Qui utilise l’application partage ce test au lieu d’en refaire un : il suit la campagne, sans accéder à la cible.
campaign-join-waits = { $organisation } demande à rejoindre la campagne depuis le { $date }.
campaign-join-accept = Accepter
campaign-join-decline = Refuser
campaign-leave = { $organisation } ne participe plus à la campagne
campaign-join-withdraw = Retirer la demande de { $organisation }
campaign-joins-more = { $n ->
    [one] Et une autre organisation.
   *[other] Et { $n } autres organisations.
}
campaign-event-organisation-joined = Une organisation a rejoint la campagne
campaign-event-join-asked = Une organisation demande à rejoindre la campagne
campaign-event-join-declined = Demande à rejoindre refusée
campaign-event-organisation-left = Une organisation n’y participe plus
campaign-desk-joins = { $n ->
    [one] Une organisation demande à rejoindre la campagne
   *[other] { $n } organisations demandent à rejoindre la campagne
 }
campaign-desk-joins-action = Répondre
error-campaign-joined = Votre organisation participe déjà à cette campagne, ou l’a déjà demandé.
flash-campaign-joined = Votre organisation a rejoint la campagne.
flash-campaign-join-asked = La demande est envoyée à l’organisateur de la campagne.
flash-campaign-left = Votre organisation ne participe plus à la campagne.
flash-campaign-join-withdrawn = La demande de rejoindre la campagne est retirée.
error-campaign-join-left = Cette organisation n’utilise plus rien de ce que la campagne teste : elle ne peut pas la rejoindre. Refusez sa demande.
mail-campaign-joined-subject = { $campaign } : une organisation a rejoint la campagne
mail-campaign-joined-text = Une organisation qui utilise ce que teste « { $campaign } » a rejoint la campagne.
    { $link }
mail-campaign-join-asked-subject = { $campaign } : une organisation demande à rejoindre la campagne
mail-campaign-join-asked-text = Une organisation qui utilise ce que teste « { $campaign } » demande à la rejoindre. Elle attend votre réponse.
    { $link }
mail-campaign-join-accepted-subject = { $campaign } : votre demande est acceptée
mail-campaign-join-accepted-text = L’organisateur de « { $campaign } » a accepté que votre organisation rejoigne la campagne. Sa page s’ouvre ici.
    { $link }
mail-campaign-join-declined-subject = { $campaign } : votre demande est refusée
mail-campaign-join-declined-text = L’organisateur de « { $campaign } » a refusé que votre organisation rejoigne la campagne. Ce que l’on peut en savoir se lit sur la page du programme ; vous pourrez lire son bilan quand il sera publié.
    { $link }
campaign-order-opens = Ouverture, la plus récente d’abord
campaign-order-opens-first = Ouverture, la plus ancienne d’abord
campaign-order-closes = Fermeture, la plus récente d’abord
campaign-order-closes-first = Fermeture, la plus ancienne d’abord
campaign-order-name = Nom, de A à Z
campaign-order-name-last = Nom, de Z à A
campaign-order-programme = Programme, de A à Z
campaign-order-programme-last = Programme, de Z à A
