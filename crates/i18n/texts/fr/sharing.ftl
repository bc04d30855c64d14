## How far a vulnerability is told, and where deployers stand

sharing-title = Partage de la faille
sharing-label = { $product } V-{ $number }
sharing-label-dated = { $product }, faille du { $date }
sharing-since = depuis le { $date }
sharing-phase-restricted = Restreint
sharing-phase-alert = Alerte
sharing-phase-measures = Mesures
sharing-phase-details = Détails
sharing-phase-public = Public
sharing-tells-restricted = Seuls l’organisateur, les vérificateurs, l’éditeur et les pilotes en ont connaissance.
sharing-tells-alert = Chaque utilisateur apprend qu’une faille existe, sa gravité et qui appeler.
sharing-tells-measures = Les utilisateurs confirmés reçoivent aussi les mesures de contournement.
sharing-tells-details = Les utilisateurs confirmés reçoivent tout, sauf le moyen d’exploiter la faille.
sharing-tells-public = Tout le monde peut lire l’avis.
sharing-severity-none = Sans gravité
sharing-severity-low = Faible
sharing-severity-medium = Moyenne
sharing-severity-high = Élevée
sharing-severity-critical = Critique
sharing-position-to-inform = À informer
sharing-position-informed = Informée, sans réponse
sharing-position-read = Lue, sans réponse
sharing-position-affected = Touchée
sharing-position-not-affected = Non touchée
sharing-position-unknown = Ne sait pas
sharing-position-mitigated = Protégée en attendant
sharing-position-up-to-date = À jour
sharing-position-risk-accepted = Risque accepté
sharing-position-left = N’utilise plus le produit
sharing-answer-declare-affected = Nous sommes touchés
sharing-answer-declare-not-affected = Nous ne sommes pas touchés
sharing-answer-declare-unknown = Nous ne savons pas encore
sharing-answer-mitigate = Nous avons appliqué une mesure de contournement
sharing-answer-update = Nous avons installé une version corrigée
sharing-answer-accept-risk = Nous acceptons le risque pour un temps
sharing-answer-end-acceptance = Nous n’acceptons plus ce risque
sharing-answer-reopen = Nous sommes de nouveau touchés
sharing-answer-hint-declare-affected = Notre installation présente la faille.
sharing-answer-hint-declare-not-affected = Dites pourquoi : version différente, fonction désactivée…
sharing-answer-hint-declare-unknown = Dites ce qui vous manque pour le savoir.
sharing-answer-hint-mitigate = En attendant le correctif.
sharing-answer-hint-update = La faille n’est plus présente chez nous.
sharing-answer-hint-accept-risk = Votre signataire le signe ou le refuse ; donnez une raison et une date de fin.
sharing-answer-hint-end-acceptance = Vous redeviendrez « touchée » ; dites pourquoi.
sharing-answer-hint-reopen = Dites ce qui a changé.
sharing-correction-fixed = Corrigée, vérifiée
sharing-correction-available = Correctif annoncé, pas encore vérifié
sharing-correction-refused = Ne sera pas corrigée
sharing-correction-awaited = Correctif attendu
sharing-embargo-none = Aucun
sharing-embargo-until = Jusqu’au { $when }
sharing-embargo-lifted = Levé le { $when }
sharing-event-opinion-asked = Avis demandé à l’éditeur, avant le { $to }
sharing-event-opinion-given = Avis de l’éditeur : { $to }
sharing-event-moved = Partage porté à « { $to } »
sharing-event-tlp-changed = Étiquette changée en TLP:{ $to }
sharing-event-embargo-set = Embargo fixé jusqu’au { $to }
sharing-event-embargo-lifted = Embargo levé, prévu jusqu’au { $to }
sharing-event-publication-approved = Premier accord pour publier sans correctif vérifié
sharing-opinion-favourable = favorable
sharing-opinion-unfavourable = défavorable
sharing-opinion-silent = L’éditeur n’a pas répondu avant le { $date }. Vous pouvez avancer.
sharing-opinion-awaited = Avis demandé. L’éditeur peut répondre jusqu’au { $date }.
sharing-opinion-not-asked = L’avis de l’éditeur sur la prochaine étape n’a pas encore été demandé.
sharing-opinion-title = Avis de l’éditeur
sharing-opinion-yours = Votre avis est attendu
sharing-opinion-asked = L’organisateur veut porter le partage à « { $phase } ».
sharing-opinion-yes = Favorable
sharing-opinion-no = Défavorable
sharing-opinion-reason-hint = Nécessaire si votre avis est défavorable. Lu par l’organisateur, les vérificateurs et les pilotes.
sharing-opinion-details = Nous acceptons que les détails soient partagés pendant l’embargo
sharing-opinion-give = Donner cet avis
sharing-next = Étape suivante : { $phase }
sharing-ask = Demander l’avis de l’éditeur
sharing-approve = Donner un premier accord pour publier sans correctif vérifié
sharing-approved-by = Premier accord : { $who }
sharing-move = Passer à « { $phase } »
sharing-blocked-ask = Il faut d’abord demander l’avis de l’éditeur.
sharing-where = Jusqu’où la faille est partagée
sharing-here = Ici
sharing-passed = Fait
sharing-held-back = L’embargo retient le partage : les utilisateurs en sont à « { $phase } ».
sharing-limits = Limiter le partage ou corriger une erreur
sharing-tlp-change = Changer l’étiquette TLP
sharing-tlp-hint = RED : personnes nommées. AMBER+STRICT : utilisateurs. AMBER : et leurs exploitants. GREEN : membres. CLEAR : tout le monde.
sharing-tlp-submit = Changer l’étiquette
sharing-embargo-change = Embargo
sharing-embargo-hint = Jusque-là, les utilisateurs ne reçoivent que les mesures. Une exploitation connue lève l’embargo.
sharing-embargo-set = Fixer l’embargo
sharing-embargo-lift = Lever l’embargo
sharing-back = Revenir en arrière
sharing-back-text = Seulement pour corriger une erreur. Ce qui a déjà été lu ne peut pas être repris.
sharing-back-submit = Revenir à cette étape
sharing-no-history = Rien n’a encore été partagé
sharing-no-history-text = La première étape est de demander l’avis de l’éditeur.
sharing-facts = En bref
sharing-fact-product = Produit
sharing-fact-vendor = Éditeur
sharing-fact-correction = Correction
sharing-fact-version = Version corrigée
sharing-fact-embargo = Embargo
sharing-fact-accepted = Risque accepté
sharing-fact-accepted-by = par { $who }, jusqu’au { $date }
sharing-circle = Utilisateurs concernés
sharing-circle-count = { $n ->
    [one] { $n } organisation utilise le produit.
   *[other] { $n } organisations utilisent le produit.
 }
sharing-circle-answered = { $n ->
    [one] { $n } a répondu.
   *[other] { $n } ont répondu.
 }
sharing-circle-link = Voir où en sont les utilisateurs
sharing-field-favourable = Votre avis
sharing-field-reason = Raison
sharing-field-tlp = Étiquette
sharing-field-tlp-reason = Raison du changement
sharing-field-until = Jusqu’au
sharing-field-lift-reason = Raison de la levée
sharing-field-to = Revenir à
sharing-field-answer = Où en êtes-vous ?
sharing-error-opinion-awaited = L’avis de l’éditeur est attendu. Vous pourrez avancer quand il l’aura donné, ou passé son délai.
sharing-error-embargo = L’embargo retient cette étape.
sharing-error-not-clear = Seule une faille marquée TLP:CLEAR peut devenir publique. Changez d’abord l’étiquette.
sharing-error-second-person = Aucun contre-test n’a confirmé de correctif : il faut l’accord de deux personnes. Une première donne son accord, une autre publie.
sharing-error-already-asked = L’avis a déjà été demandé pour cette étape.
sharing-error-not-asked = Aucun avis n’est attendu en ce moment.
sharing-error-vendor-not-told = L’éditeur n’a pas encore reçu cette faille. Remettez-la-lui avant de demander son avis.
sharing-error-public-is-clear = La faille est publique : son étiquette reste CLEAR.
sharing-error-embargo-past = La fin de l’embargo doit être à venir.
sharing-error-embargo-in-vain = Un embargo n’a plus d’effet : la faille est publique, ou son exploitation est connue.
sharing-error-acceptance-past = La fin de l’acceptation doit être à venir.
sharing-error-acceptance-too-long = Un risque ne s’accepte pas pour plus de 366 jours.
sharing-error-no-signatory = Personne ne peut signer pour votre organisation. Invitez un signataire ou, pour une information TLP:RED, faites nommer le vôtre par l’organisateur.
sharing-positions-title = Où en sont les utilisateurs
sharing-positions-finding = { $answered ->
    [one] { $answered } organisation sur { $total } a répondu
   *[other] { $answered } organisations sur { $total } ont répondu
 }
sharing-positions-caption = { $n ->
    [one] { $n } organisation concernée
   *[other] { $n } organisations concernées
 }
sharing-positions-empty = Personne n’est concerné pour l’instant
sharing-positions-empty-text = Aucune organisation n’a déclaré utiliser ce produit. Dès qu’une installation est confirmée, elle rejoint le cercle.
sharing-column-organisation = Organisation
sharing-column-position = Situation
sharing-column-informed = Informée le
sharing-column-answered = Réponse
sharing-column-reason = Raison
sharing-column-product = Faille
sharing-column-severity = Gravité
sharing-column-told = Ce qui est partagé
sharing-column-yours = Votre situation
sharing-column-count = Nombre
sharing-column-campaign = Campagne
sharing-column-window = Dates
sharing-column-products = Produits testés
sharing-public-products-kept = nommés avec les failles publiées
sharing-column-since = Publié le
sharing-declared-late = Déclarée après l’ouverture
sharing-not-informed = pas encore
sharing-until = jusqu’au { $date }
sharing-overdue = En retard
sharing-silent-since = Sans réponse depuis le { $date }
sharing-counts-only = Vous voyez les nombres. Le nom de chaque organisation est réservé à l’organisateur et aux vérificateurs.
sharing-situations-title = Ce qui me concerne
sharing-situations-lead = Les failles des produits que votre organisation utilise, et où vous en êtes avec chacune.
sharing-situations-caption = { $n ->
    [one] { $n } faille vous concerne
   *[other] { $n } failles vous concernent
 }
sharing-no-product = Aucun produit déclaré
sharing-no-product-text = Déclarez les produits que vous utilisez : c’est ainsi que vous serez prévenu.
sharing-no-product-action = Ouvrir le catalogue
sharing-nothing = Rien ne vous concerne en ce moment
sharing-nothing-text = { $n ->
    [one] Nous vous préviendrons dès qu’une faille touchera le produit que vous avez déclaré.
   *[other] Nous vous préviendrons dès qu’une faille touchera l’un des { $n } produits que vous avez déclarés.
 }
sharing-answer-by = À dire avant le { $date }
sharing-what-is-told = Ce que vous pouvez savoir
sharing-no-text = Aucun texte n’est encore partagé à cette étape. Votre contact est l’organisateur du programme.
sharing-readers = TLP:{ $tlp }. Ne transmettez pas au-delà.
sharing-layer-alert = Alerte
sharing-layer-measures = Mesures à prendre
sharing-layer-title = Intitulé
sharing-layer-details = Détails
sharing-your-answer = Votre situation
sharing-say = Dire où nous en sommes
sharing-answer-reason-hint = Nécessaire pour « non touchés », « ne savons pas », les mesures prises, un risque accepté, ou un changement de réponse.
sharing-risk-title = Si vous acceptez le risque
sharing-risk-text = La proposition attend au bureau de votre signataire ; la situation ne change que s’il la signe. L’acceptation prend fin à la date dite, et la faille revient alors à votre bureau.
sharing-risk-until-hint = Au plus 366 jours.
sharing-risk-both-title = Signer tout de suite
sharing-risk-both = Vous êtes aussi signataire : donnez votre fonction et votre mot de passe pour signer en même temps. Sans mot de passe, la proposition attend une signature.
sharing-risk-password-hint = Il vaut signature.
sharing-risk-pending = Acceptation du risque proposée
sharing-risk-pending-text = Accepter le risque jusqu’au { $date } : la proposition attend une signature depuis le { $since }. Une autre réponse la retire.
sharing-risk-nobody = Plus personne ne peut la signer : invitez un signataire.
sharing-risk-unsigned = Personne n’a signé avant la fin proposée, le { $date }. Proposez une autre date ou donnez une autre réponse.
sharing-risk-asked = Votre signature est demandée
sharing-risk-asked-text = Votre organisation propose d’accepter ce risque pour un temps.
sharing-risk-proposed-title = Ce qui vous est proposé
sharing-risk-until = Accepter le risque jusqu’au { $date }.
sharing-risk-proposed-by = Proposé par { $who } le { $date }
sharing-risk-over = La fin proposée est passée : il n’y a plus rien à signer.
sharing-risk-signed-title = Acceptation signée
sharing-risk-sign-title = Accepter le risque
sharing-risk-sign-text = Vous engagez { $organisation } et signez sous votre nom, { $name }. L’acceptation prend fin à la date dite.
sharing-risk-sign = Signer l’acceptation
sharing-risk-refuse-title = Refuser
sharing-risk-refuse-text = La situation reste ce qu’elle est. Votre raison est donnée à la personne qui propose.
sharing-risk-refuse = Refuser d’accepter le risque
sharing-answer-submit = Enregistrer notre réponse
flash-position-answered = Votre réponse est enregistrée.
flash-risk-proposed = La proposition attend la signature de votre signataire.
flash-risk-signed = Le risque est accepté, sous votre signature.
flash-risk-refused = Votre refus est enregistré.
sharing-note-answered = Réponse : { $to }
sharing-note-informed = Organisation informée
sharing-note-left = Le produit n’est plus utilisé
sharing-note-read = Première lecture
sharing-note-reopened = La faille est revenue : de nouveau touchée
sharing-note-risk-proposed = Acceptation du risque proposée
sharing-note-risk-refused = Acceptation du risque refusée par le signataire
sharing-note-risk-signed = Risque accepté par le signataire
sharing-product-version = { $product }, version { $version }
sharing-members-title = Résultats pour les membres
sharing-members-lead = Ce qui a été testé, et comment cela s’est terminé.
sharing-members-readers = Réservé aux membres du programme. Le détail d’une faille n’est lu que par ceux qui utilisent le produit.
sharing-members-fixed = { $fixed ->
    [one] { $fixed } faille corrigée et vérifiée sur { $total }.
   *[other] { $fixed } failles corrigées et vérifiées sur { $total }.
 }
sharing-members-version = Version corrigée : { $version }.
sharing-members-caption = Failles par gravité
sharing-members-restitution = Restitution, sans moyen d’exploitation
sharing-members-not-ended = La campagne n’est pas terminée. Les résultats paraîtront ensuite.
sharing-members-nothing-yet = Testé. Aucun résultat n’est encore partagé avec les membres.
sharing-no-campaign = Aucune campagne annoncée
sharing-no-campaign-text = Les campagnes paraissent ici dès qu’elles sont annoncées à leurs parties.
sharing-campaign-ended = Terminée : du { $from } au { $to }
sharing-campaign-runs = Du { $from } au { $to }
sharing-public-title = Résultats publics
sharing-public-figures = Ce que le programme a fait
sharing-public-more = Les vingt-cinq plus récentes sont nommées ici.
sharing-public-more-link = Toutes, en JSON
sharing-public-method = Compté : relevé dans Beffroi. Déclaré : dit par les organisations concernées. Estimé : un test évité pour chaque organisation qui utilise un produit testé, au-delà de la première. Un nombre inférieur à 5 n’est pas montré quand il pourrait désigner quelqu’un.
sharing-public-campaigns = Campagnes
sharing-public-campaigns-caption = { $n ->
    [one] { $n } campagne
   *[other] { $n } campagnes
 }
sharing-public-advisories = Avis publics
sharing-public-advisories-caption = Failles rendues publiques
sharing-public-finding = { $n ->
    [one] { $n } faille a été rendue publique
   *[other] { $n } failles ont été rendues publiques
 }
sharing-no-advisory = Aucun avis public
sharing-no-advisory-text = Une faille paraît ici lorsqu’elle est rendue publique, en règle générale une fois corrigée.
sharing-public-basis = Cadre
sharing-public-owner = Organisateur
sharing-public-act = Fondement
sharing-figure-organisations = Organisations participantes
sharing-figure-campaigns = Campagnes
sharing-figure-products = Produits testés
sharing-figure-hunters = Personnes ayant testé
sharing-figure-reports = Signalements reçus
sharing-figure-up-to-date = Organisations à jour
sharing-figure-saved = Tests évités
sharing-figure-masked = moins de 5
sharing-nature-counted = compté
sharing-nature-declared = déclaré
sharing-nature-estimated = estimé
sharing-desk-answer = { $product }, faille du { $date } : dites où vous en êtes
sharing-desk-answer-action = Répondre
sharing-desk-risk = { $product }, faille du { $date } : l’acceptation du risque a pris fin
sharing-desk-risk-action = Revoir
sharing-desk-risk-unsigned = { $product }, faille du { $date } : l’acceptation du risque n’a pas été signée à temps
sharing-desk-sign-risk = { $product }, faille du { $date } : un risque à accepter ou à refuser
sharing-desk-sign-risk-action = Lire et signer
sharing-desk-silent = { $product }, faille { $label } : l’éditeur n’a pas répondu, vous pouvez avancer
sharing-desk-given = { $product }, faille { $label } : l’éditeur a donné son avis
sharing-desk-move-action = Décider du partage
sharing-desk-unanswered = { $count ->
    [one] { $product }, faille { $label } : { $count } utilisateur n’a pas répondu
   *[other] { $product }, faille { $label } : { $count } utilisateurs n’ont pas répondu
 }
sharing-desk-unanswered-action = Voir qui
sharing-desk-opinion = { $product }, faille { $label } : votre avis est demandé avant le partage
sharing-desk-opinion-action = Donner un avis
sharing-named-title = Personnes nommées
sharing-named-text = Sous TLP:RED, seules ces personnes passent l’étiquette. Chacune lit alors ce que l’étape et ses installations lui donnent, jamais plus.
sharing-named-empty = Personne n’est nommé
sharing-named-empty-text = Sous TLP:RED, aucun utilisateur ne lit donc cette faille.
sharing-named-caption = { $n ->
    [one] { $n } personne nommée
   *[other] { $n } personnes nommées
 }
sharing-named-by = par { $who }, le { $date }
sharing-named-add = Nommer une personne
sharing-named-hint = Des personnes qui ont déjà un rôle chez un utilisateur du produit, chez son éditeur ou chez une partie de la campagne.
sharing-named-nobody = Personne d’autre n’a de rôle chez un utilisateur du produit, chez son éditeur ou chez une partie de la campagne.
sharing-field-naming = Organisation de cette personne
sharing-naming-hint = { $n ->
    [one] Une organisation utilise ce produit : écrivez le début du nom de celle où quelqu’un est à nommer. Sans nom, seuls l’éditeur et les parties de la campagne sont proposés.
   *[other] { $n } organisations utilisent ce produit : écrivez le début du nom de celle où quelqu’un est à nommer. Sans nom, seuls l’éditeur et les parties de la campagne sont proposés.
}
sharing-naming-search = Chercher cette organisation
sharing-naming-none = Personne n’a de rôle dans une organisation concernée dont le nom contient « { $name } ». Vérifiez le nom, ou faites inviter quelqu’un par l’administrateur de cette organisation.
sharing-naming-more = { $n ->
    [one] Seule la première personne est proposée : précisez le nom de son organisation.
   *[other] Seules les { $n } premières personnes sont proposées : précisez le nom de leur organisation.
}
sharing-named-submit = Nommer cette personne
sharing-named-end = Ne plus la nommer
sharing-column-person = Personne
sharing-column-reads = Ce qu’elle lit
sharing-column-named = Nommée
sharing-column-end = Fin
sharing-choose = Choisissez
sharing-reads-none = Rien à cette étape
sharing-reads-existence = Qu’elle existe, sans aucun texte
sharing-reads-alert = L’alerte
sharing-reads-measures = Les mesures
sharing-reads-details = Les détails
sharing-reads-exploit = Tout, de par son rôle
sharing-event-named = Personne nommée : { $to }
sharing-event-naming-ended = N’est plus nommée : { $to }
sharing-field-person = Personne
sharing-field-named-reason = Raison
sharing-event-details-allowed = L’éditeur accepte que les détails soient partagés pendant l’embargo
sharing-consent = Accord de l’éditeur pour les détails
sharing-consent-given = Donné : les détails peuvent être partagés pendant l’embargo.
sharing-consent-missing = Pas encore donné. L’éditeur peut le donner sur cette page tant que l’embargo court.
sharing-consent-yours = Les détails pendant l’embargo
sharing-consent-text = L’embargo retient les détails. Vous pouvez accepter qu’ils soient partagés avant sa fin.
sharing-consent-give = Accepter que les détails soient partagés
sharing-error-no-consent-needed = Aucun embargo ne retient les détails, ou votre accord est déjà donné.
sharing-error-nothing-to-tell = Le texte de cette étape n’est pas écrit : personne ne lirait rien. Écrivez-le d’abord.
sharing-write-texts = Écrire les textes
sharing-field-move-reason = Raison de ce pas
sharing-move-reason-needed = Nécessaire : l’éditeur est d’un avis défavorable, ou aucun correctif n’est vérifié.
sharing-move-reason-hint = Lue par l’organisateur, les vérificateurs, l’éditeur et les pilotes.
sharing-back-choose = Choisissez une étape
sharing-fact-announced = Version annoncée, pas encore vérifiée
sharing-readers-clear = TLP:CLEAR. Tout le monde peut le lire.
sharing-not-confirmed = Votre installation n’est pas confirmée : vous ne recevez que l’alerte, jamais les mesures ni les détails.
sharing-not-confirmed-link = La faire confirmer
sharing-concerns-part = Montrer
sharing-concerns-all = Tout
sharing-concerns-part-unanswered = Ce qui attend notre réponse
sharing-concerns-part-overdue = Les réponses en retard
sharing-concerns-part-exposed = Ce qui nous expose, ou peut-être
sharing-concerns-part-settled = Ce qui est réglé
sharing-concerns-risk = Gravité pour nous
sharing-concerns-any-severity = Toutes les gravités
sharing-concerns-at-least = { $severity } ou plus
sharing-concerns-any-product = Tous les produits
sharing-concerns-none = Aucune faille ne répond à ces critères
sharing-concerns-none-text = Élargissez la recherche, ou revenez à toute la liste.
sharing-concerns-see-all = Voir toute la liste
sharing-concerns-due = Échéance
sharing-concerns-own = chez nous ; { $severity } pour tous
sharing-concerns-answered = Répondu le { $date }
sharing-concerns-shown = { $from } à { $to } sur { $n }
sharing-concerns-file = Enregistrer cette liste en CSV
sharing-together-choose = Choisir
sharing-together-choose-one = Choisir : { $label }
sharing-together-title = Répondre pour plusieurs failles
sharing-together-text = Cochez des failles de la liste, puis dites où vous en êtes avec elles. Un risque s’accepte faille par faille, sur sa page.
sharing-together-reason = Raison, ou mesures prises en attendant
sharing-together-reason-hint = Gardée avec chaque faille choisie. Nécessaire pour « non touchés », « ne savons pas », les mesures prises, ou un changement de réponse.
sharing-together-submit = Répondre pour les failles choisies
sharing-together-done = { $n ->
    [one] Une réponse est enregistrée.
   *[other] { $n } réponses sont enregistrées.
 }
sharing-together-failed = { $n ->
    [one] Une faille garde sa situation :
   *[other] { $n } failles gardent leur situation :
 }
sharing-together-none = Choisissez au moins une faille dans la liste.
sharing-together-gone = Elle n’est plus dans votre liste.
sharing-together-changed = quelqu’un y a répondu entre-temps (« { $state } »). Relisez, puis répondez à nouveau s’il le faut.
sharing-together-not-from = cette réponse ne suit pas « { $state } ». Répondez d’abord sur sa page.
sharing-together-waits = une acceptation du risque y attend une signature. Répondez sur sa page.
sharing-file-product = produit
sharing-file-opened = ouverte_le
sharing-file-severity = gravite
sharing-file-score = score
sharing-file-own = gravite_propre
sharing-file-told = partage
sharing-file-correction = correction
sharing-file-version = version
sharing-file-yours = situation
sharing-file-due = echeance
sharing-file-answered = repondu_le
sharing-column-own = Gravité chez elle
sharing-own-title = Gravité chez vous
sharing-own-none = Vous n’avez pas dit si cette faille est plus ou moins grave chez vous. La gravité commune compte.
sharing-own-say = Dire la gravité chez nous
sharing-own-hint = Selon votre installation : exposition, données, mesures déjà en place. Votre liste se trie d’après elle.
sharing-own-vector-hint = Facultatif : le vecteur CVSS 4.0 ou 3.1 entier, avec vos métriques d’environnement. Sa gravité remplace alors le choix.
sharing-own-submit = Enregistrer cette gravité
sharing-own-take-back = Revenir à la gravité commune
sharing-field-band = Gravité
sharing-field-vector = Vecteur
sharing-field-own-reason = Pourquoi
flash-position-rated = La gravité chez vous est enregistrée.
sharing-note-rated = Gravité propre : { $to }
sharing-note-rating-taken-back = Gravité propre retirée
sharing-progress-title = Au fil du temps
sharing-progress-finding = { $settled ->
    [one] { $settled } organisation sur { $total } a réglé la question ; réponses en retard : { $late }
   *[other] { $settled } organisations sur { $total } ont réglé la question ; réponses en retard : { $late }
 }
sharing-progress-informed = Informées
sharing-progress-read = Ont lu
sharing-progress-answered = Ont répondu
sharing-progress-settled = À jour ou non touchées
sharing-progress-table = Voir les nombres
sharing-progress-caption = Organisations, du premier envoi à maintenant
sharing-progress-at = Le
sharing-progress-method = Compté d’après la dernière réponse de chacune. Une organisation qui n’utilise plus le produit compte jusqu’à son départ.
sharing-late-title = En retard
sharing-late-count = { $n ->
    [one] { $n } organisation n’a pas répondu à temps.
   *[other] { $n } organisations n’ont pas répondu à temps.
 }
sharing-late-read = a lu
sharing-late-unread = n’a pas lu
sharing-remind = Relancer celles qui sont en retard
sharing-remind-text = Un message part à leurs responsables de la sécurité, sans aucun détail. Une fois par jour au plus.
sharing-remind-tomorrow = Elles ont été relancées il y a moins d’un jour.
sharing-reminded = Dernière relance : { $date }.
sharing-error-nobody-late = Aucune réponse n’est en retard.
sharing-error-reminded-today = Elles ont été relancées il y a moins d’un jour. Attendez demain.
sharing-event-reminded = Organisations en retard relancées : { $to }
flash-late-reminded = La relance part.
sharing-field-environment = Votre environnement
sharing-environment-hint = Choisissez ce qui diffère chez vous : la gravité est calculée avec le vecteur commun, selon CVSS.
sharing-error-environment = La gravité de votre environnement ne peut pas être calculée tant que les détails de cette faille ne vous sont pas partagés. Choisissez une gravité.
cvss-CR = Besoin de confidentialité (CR)
cvss-IR = Besoin d’intégrité (IR)
cvss-AR = Besoin de disponibilité (AR)
cvss-MAV = Vecteur d’attaque chez vous (MAV)
cvss-MPR = Droits nécessaires chez vous (MPR)
cvss-requirement-H = Élevé
cvss-requirement-M = Moyen
cvss-requirement-L = Faible
sharing-order-due = Échéance, la plus proche d’abord
sharing-order-due-last = Échéance, la plus lointaine d’abord
sharing-order-severest = Les plus graves pour nous d’abord
sharing-order-mildest = Les moins graves pour nous d’abord
sharing-order-state = Situation, sans réponse d’abord
sharing-order-state-last = Situation, réglées d’abord
sharing-order-product = Produit, de A à Z
sharing-order-product-last = Produit, de Z à A
sharing-order-newest = Les plus récentes d’abord
sharing-order-oldest = Les plus anciennes d’abord
