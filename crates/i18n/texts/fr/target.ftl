# Cibles derrière la passerelle, accès des chasseurs.

target-link = Cibles de la passerelle
target-back = Retour à la campagne
target-list-title = Cibles de la campagne
target-list-readers = Lu par l’organisateur et les pilotes. Les chasseurs ne voient pas l’adresse réelle
target-no-gateway = Cette instance n’a pas de passerelle : personne ne peut encore atteindre une cible. Son administrateur la met en service avec « gateway.domain » et « gateway.listen » dans beffroi.toml.
target-list-heading = Cibles
target-list-empty = Aucune cible derrière la passerelle
target-list-empty-text = Déclarez ci-dessous un environnement de test : les chasseurs ne l’atteindront que par la passerelle, qui enregistre leurs essais comme preuves.
target-stopped = Arrêtée
target-since = Depuis le { $date }
target-fingerprint = Empreinte
target-certified = Sans donnée personnelle
target-certified-by = Certifié par { $name }, le { $date }
target-all-methods = Toutes
target-all-paths = Tous
target-stop = Arrêter « { $name } »
target-resume = Rouvrir « { $name } »
target-remove = Retirer « { $name } » de la campagne
target-leases-heading = Accès ouverts
target-leases-empty = Aucun accès
target-leases-empty-text = Chaque chasseur prend le sien sur la page de la campagne, une fois les règles acceptées.
target-leases-count = { $n ->
    [one] { $n } accès
   *[other] { $n } accès
}
target-column-who = Chasseur
target-column-target = Cible
target-column-label = Nom de l’accès
target-column-since = Depuis
target-renewed = Secret renouvelé le { $date }
target-lease-end = Couper
target-declare-heading = Déclarer une cible
target-declare-intro = Là où les chasseurs testent, à part de la production. La passerelle est seule à en connaître l’adresse.
target-stop-heading = Arrêter ou rouvrir cette cible
target-declare = Déclarer cette cible
target-field-product = Produit
target-field-name = Nom de la cible
target-field-name-hint = Ce que lisent les chasseurs, par exemple « Recette du portail famille ».
target-field-url = Adresse réelle
target-field-url-hint = Un hôte entier, par exemple https://recette.editeur.example ou http://10.1.2.3:8080. Les chasseurs ne la voient pas.
target-field-public-host = Nom public de l’application
target-field-public-host-hint = Le nom que l’application met dans ses liens. Par défaut, celui de l’adresse.
target-field-methods = Méthodes permises
target-field-methods-hint = Par exemple GET POST. Vide : toutes.
target-field-paths = Chemins permis
target-field-paths-hint = Un début de chemin par ligne, par exemple /portail. Vide : tous.
target-field-excluded = Chemins exclus
target-field-excluded-hint = Un début de chemin par ligne ; ils restent fermés quoi que disent les autres.
target-field-certified = Je certifie que cette cible ne contient aucune donnée personnelle réelle.
target-field-reason = Motif
target-field-basis = Sur quoi repose l’accord de l’éditeur
target-error-scheme = L’adresse commence par https:// ou http://.
target-error-host = Ce n’est pas un nom d’hôte : écrivez par exemple recette.editeur.example, sans espace ni accent.
target-error-port = Le port est un nombre entre 1 et 65535.
target-error-path = Une cible est un hôte entier : retirez ce qui suit le nom et le port, et limitez les chemins ci-dessous.
target-error-credentials = Une adresse ne contient ni nom ni mot de passe : donnez-les comme compte de test.
target-error-method = Le mot n° { $detail } n’est pas une méthode HTTP : écrivez par exemple GET POST PUT.
target-error-beginning = La ligne { $detail } n’est pas un début de chemin : elle commence par / et ne contient ni espace, ni point d’interrogation, ni #.
target-error-too-many = Pas plus de 100 lignes.
target-error-certified = Sans cette certification, la cible n’est pas déclarée.
target-error-targets = Cette campagne a déjà toutes les cibles qu’elle peut avoir. Retirez-en une.
target-error-no-gateway = Cette instance n’a pas de passerelle. Prévenez l’organisateur.
target-take = Prendre un accès à « { $name } »
target-renew = Renouveler mon accès à « { $name } »
target-give-back = Rendre mon accès à « { $name } »
target-own-since = Vous avez un accès ; son secret date du { $date }. Perdu ? Renouvelez-le, l’ancien cesse aussitôt.
flash-target-given-back = Accès rendu : plus rien ne passe par lui.
target-access-title = Accès à une cible
target-access-readers = Lu par vous seul
target-shown-once = Ce secret n’est montré qu’une fois. Copiez-le maintenant ; s’il se perd ou s’ébruite, renouvelez votre accès.
target-browser-heading = Avec un navigateur
target-browser-text = La passerelle pose un témoin propre à cet accès, puis montre l’application.
target-browser-enter = Ouvrir la cible
target-tools-heading = Avec vos outils
target-copy-address = Adresse de la cible pour vous
target-copy-credential = Secret de l’accès
target-copy-curl = Essai en ligne de commande
target-basic-text = Un outil qui ne sait pas ajouter d’en-tête s’identifie en « Basic » : nom beffroi, mot de passe le secret ci-dessus. La passerelle retire l’un et l’autre avant la cible.
target-proxy-text = Si votre machine ne résout pas ce nom, passez par le mandataire HTTP { $proxy }.
target-copy-proxy = Par le mandataire
target-recorded-text = Tout ce qui passe est enregistré et scellé : ce sont vos preuves. Le vérificateur les rejoue, vous y choisissez ce qui accompagne vos signalements.
target-recorded-until = L’enregistrement est détruit le { $date }.
target-field-engine = Où elle tourne
target-engine-external = Chez l’éditeur ou l’hébergeur
target-engine-external-hint = Un environnement de test qui existe déjà, à part de la production.
target-engine-container = Hébergée ici, dans des conteneurs
target-engine-container-hint = La plateforme la démarre, l’isole, la remet à neuf et la détruit. Le vérificateur rejoue sur une copie propre.
target-field-recipe = Recette
target-field-recipe-hint = Si elle est hébergée ici : un texte TOML qui nomme chaque image par son empreinte, ses ports, volumes, ressources et contrôles de santé.
target-field-sharing = Si elle est hébergée ici
target-sharing-shared = Une instance pour tous les chasseurs
target-sharing-own = Une instance par chasseur
target-no-engine = Cette instance de Beffroi n’héberge pas de cible : son administrateur nomme un moteur de conteneurs avec « hosting.socket », ou une grappe Kubernetes avec « hosting.engine », et « beffroi check » lui dit ce qui y manque.
target-no-engine-demo = Cette démonstration n’héberge pas de cible : au démarrage, sa console dit ce qui manque. Le plus souvent, sur Debian : installez podman, iptables et nftables, démarrez le service podman.socket, supprimez le dossier de la démonstration et relancez-la en root.
target-error-no-engine = Rien n’héberge de cible ici : déclarez un environnement existant, ou prévenez l’administrateur.
target-error-public-host = Dites sous quel nom l’application se connaît, par exemple portail.mairie.example.
target-start = Démarrer « { $name } »
target-instances-count = { $n ->
    [one] { $n } instance
   *[other] { $n } instances
}
target-column-instance = Instance
target-column-state = État
target-purpose-shared = Commune
target-purpose-own = D’un chasseur
target-purpose-replay = Propre, pour un rejeu
target-instance-wanted = Démarre
target-instance-running = En marche
target-instance-resetting = Remise à neuf
target-instance-failed = En panne
target-instance-leaving = En cours de destruction
target-instance-ended = Détruite
target-instance-reset = Remettre à neuf
target-instance-retry = Redémarrer
target-instance-leave = Détruire
target-problem-engine-unreachable = Ce qui héberge les cibles (moteur ou grappe) ne répond pas. L’administrateur le démarre ou corrige ses réglages, puis redémarrez.
target-problem-not-isolated = Rien ne démarre ici tant que les cibles ne seraient pas isolées : « beffroi check » dit ce qui manque.
target-problem-images-missing = Une image nommée par la recette n’est pas là. Chargez-la dans le moteur, ou poussez-la dans un dépôt que la grappe atteint, puis redémarrez.
target-problem-seeds-missing = Une archive que nomme la recette n’est pas dans les données de départ de la campagne. Envoyez-la, puis redémarrez.
target-problem-seed-unreadable = Une archive que nomme la recette est là, et ne s’ouvre pas : l’administrateur regarde où les fichiers sont gardés. Il n’y a rien à renvoyer.
target-problem-pool-empty = Plus aucun réseau n’est libre : détruisez des instances, ou élargissez « hosting.pool ».
target-problem-not-healthy = Elle ne répond pas à son contrôle de santé. Remettez-la à neuf, ou corrigez la recette.
target-problem-ended = L’un de ses services s’est arrêté. Remettez-la à neuf, ou corrigez la recette.
target-problem-overfull = Elle a écrit plus que sa recette ne lui permet, et a été arrêtée. Remettez-la à neuf.
target-problem-memory = Elle a dépassé sa mémoire. Remettez-la à neuf, ou donnez-lui-en plus dans la recette.
target-problem-engine = Ce qui héberge les cibles a refusé. Le journal du serveur dit pourquoi.
target-recipe-syntax = Recette, ligne { $detail } : ce n’est pas du TOML.
target-recipe-unknown = Recette, ligne { $detail } : ce champ n’existe pas.
target-recipe-missing = Recette, ligne { $detail } : ce champ manque.
target-recipe-wrong-type = Recette, ligne { $detail } : ce n’est pas le type attendu.
target-recipe-malformed = Recette, ligne { $detail } : cela ne se lit pas.
target-recipe-tag = Recette, ligne { $detail } : nommez l’image par son empreinte, pas par une étiquette.
target-recipe-too-small = Recette, ligne { $detail } : trop petit.
target-recipe-too-large = Recette, ligne { $detail } : trop grand.
target-recipe-duplicate = Recette, ligne { $detail } : déjà nommé.
target-recipe-no-such-service = Recette, ligne { $detail } : ce service n’existe pas.
target-recipe-cycle = Recette, ligne { $detail } : ces services s’attendent l’un l’autre.
target-recipe-root = Recette, ligne { $detail } : rien ne tourne sous l’utilisateur root.
target-recipe-reserved = Recette, ligne { $detail } : ce nom est réservé.
target-ready-ready = Joignable par la passerelle
target-ready-starting = En cours de démarrage
target-ready-failed = À l’arrêt : reprenez votre accès pour la relancer
target-ready-gone = Retirée : reprenez votre accès pour en avoir une neuve
target-error-instances = Cette cible a autant d’instances qu’elle peut en avoir. Réessayez quand l’une sera rendue, ou prévenez l’organisateur.
target-recipe-tls = La passerelle parle HTTP sans TLS aux cibles hébergées ici : faites écouter l’application sans TLS, et retirez « tls » de l’entrée.
target-seeds-heading = Données de départ
target-seeds-intro = Une archive remplit un volume au démarrage et à chaque remise à neuf. Sa recette la nomme par son empreinte : « seed = "sha256:…" ».
target-seeds-until = Ces archives sont détruites le { $date }, avec les enregistrements de la campagne.
target-seeds-empty = Aucune archive
target-seeds-empty-text = Envoyez une archive tar (ou .tar.gz), puis copiez son empreinte dans la recette. Elle ne contient que des données inventées.
target-seed-digest = Empreinte, à copier dans la recette
target-seed-size = Taille
target-seed-size-of = { $sent }, et { $unpacked } une fois ouverte
target-seed-entries = Contenu
target-seed-entries-count = { $n ->
    [one] { $n } entrée
   *[other] { $n } entrées
}
target-seed-sent = Envoyée
target-seed-sent-by = Par { $name }, le { $date }
target-seed-used = Utilisée par
target-seed-unused = Aucune cible
target-seed-warning = Ressemble à des données personnelles : { $counts }. Si elles sont réelles, retirez cette archive et envoyez-en une qui n’en contient pas.
target-seed-no-warning = Rien, dans les textes lus, ne ressemble à une donnée personnelle. Cela ne prouve pas qu’il n’y en a pas.
target-seed-more = { $n ->
    [one] et { $n } autre fichier
   *[other] et { $n } autres fichiers
}
target-seed-unread = { $n ->
    [one] { $n } texte n’a pas été lu jusqu’au bout.
   *[other] { $n } textes n’ont pas été lus jusqu’au bout.
}
target-seed-other = { $n ->
    [one] { $n } fichier n’est pas un texte et n’a pas été lu.
   *[other] { $n } fichiers ne sont pas des textes et n’ont pas été lus.
}
target-seed-remove = Retirer l’archive « { $name } »
target-seed-send = Envoyer cette archive
target-field-seed = Archive de données de départ
target-field-seed-hint = Un fichier .tar ou .tar.gz, { $size } au plus. Chemins relatifs seulement, sans lien qui en sorte.
target-personal-nir = { $n ->
    [one] { $n } numéro de sécurité sociale
   *[other] { $n } numéros de sécurité sociale
}
target-personal-iban = { $n ->
    [one] { $n } IBAN
   *[other] { $n } IBAN
}
target-personal-phone = { $n ->
    [one] { $n } numéro de téléphone
   *[other] { $n } numéros de téléphone
}
target-personal-email = { $n ->
    [one] { $n } adresse électronique
   *[other] { $n } adresses électroniques
}
target-certified-warning = Avant de certifier : l’archive « { $name } » ressemble à des données personnelles ({ $counts }). L’avertissement est noté avec votre certification si la recette la nomme.
target-certified-warned = Averti, au moment de certifier, de
target-error-warned = Une archive que nomme la recette ressemble à des données personnelles. Lisez l’avertissement ci-dessus, puis certifiez si elles sont inventées.
target-seed-error-broken = L’envoi s’est interrompu. Recommencez.
target-seed-error-seeds = Cette campagne a déjà { $detail } archives, le plus qu’elle peut avoir. Retirez-en une.
target-seed-error-same = Ces octets sont déjà là, sous le nom « { $detail } ».
target-seed-error-used = Une cible de la campagne nomme cette archive : retirez d’abord la cible.
target-seed-error-empty = Cette archive est vide.
target-seed-error-malformed = Ce n’est pas une archive tar, ou elle se contredit. Refaites-la avec « tar --create ». Dernière entrée lue : « { $detail } ».
target-seed-error-truncated = Cette archive s’arrête avant sa fin, après « { $detail } ».
target-seed-error-trailing = Quelque chose suit la fin de l’archive, après « { $detail } ». Refaites-la d’un seul tenant.
target-seed-error-too-large = Cette archive dépasse { $detail }.
target-seed-error-bomb = Une fois ouverte, cette archive dépasserait { $detail }.
target-seed-error-too-many = Cette archive a trop d’entrées, ou des noms trop longs : « { $detail } » est de trop.
target-seed-error-absolute = Le chemin de « { $detail } » commence par / : archivez avec des chemins relatifs.
target-seed-error-climbs = Le chemin de « { $detail } » remonte par « .. » : archivez depuis le dossier lui-même.
target-seed-error-name = Le chemin de « { $detail } » est vide, trop long, ou contient un caractère de contrôle.
target-seed-error-device = « { $detail } » est un périphérique ou un tube : une archive ne contient que des fichiers, des dossiers et des liens.
target-seed-error-kind = « { $detail } » est d’une sorte que les moteurs ne lisent pas tous de même (un fichier à trous, par exemple). Refaites l’archive sans --sparse.
target-seed-error-link = Le lien « { $detail } » mène hors de l’archive.
target-seed-error-behind-link = « { $detail } » passe par un lien de l’archive : il serait écrit ailleurs.
target-recipe-no-such-seed = Recette, ligne { $detail } : aucune archive de cette empreinte dans les données de départ de la campagne. Envoyez-la ci-dessus, ou nommez-en une qui est là.
target-problem-not-possible = La recette demande ce que la grappe ne sait pas faire (données de départ, état gardé, image sans dépôt). Le journal du serveur dit quoi : corrigez la recette.
target-cluster = Ici, une grappe Kubernetes héberge les cibles : chaque image est nommée avec son dépôt, les volumes commencent vides, aucun état ne se garde, et la limite de processus est celle du nœud.
target-seed-error-cluster = La grappe Kubernetes qui héberge les cibles ne prend pas de données de départ : mettez-les dans l’image.
target-snapshots-count = { $n ->
    [one] { $n } état gardé
   *[other] { $n } états gardés
}
target-column-snapshot = État gardé
target-column-kept = Gardé
target-snapshot-kept-by = Par { $name }, le { $date }
target-snapshot-wanted = En cours
target-snapshot-kept = Gardé
target-snapshot-failed = N’a pas pu être gardé
target-unkept-no-instance = L’instance n’était plus là.
target-unkept-engine-unreachable = Ce qui héberge les cibles ne répondait pas. Retirez cet état, puis gardez-le de nouveau.
target-unkept-not-possible = Ce qui héberge les cibles ne garde pas d’état.
target-unkept-engine = Ce qui héberge les cibles a refusé : la place manque peut-être. Le journal du serveur dit pourquoi.
target-snapshot-leaving = En cours de destruction
target-snapshot-ended = Détruit
target-snapshot-from = Partie de l’état « { $name } »
target-snapshot-reset = Remettre à cet état
target-snapshot-start = Démarrer de cet état
target-snapshot-remove = Retirer
target-snapshot-heading = Garder l’état présent
target-snapshot-intro = Ce que les services ont écrit est gardé avec la cible, et détruit avec elle. Ce qui n’est qu’en mémoire ne l’est pas. Un rejeu part toujours de l’état neuf.
target-field-state = Nom de cet état
target-field-state-hint = Par exemple « Comptes créés, trois dossiers déposés ».
target-snapshot-keep = Garder cet état
target-snapshot-error-cluster = La grappe Kubernetes qui héberge les cibles ne garde pas d’état.
target-snapshot-error-running = Seul l’état d’une instance en marche se garde : attendez qu’elle réponde.
target-snapshot-error-most = Cette cible a autant d’états gardés qu’elle peut en avoir. Retirez-en un.
target-snapshot-error-used = Une instance est partie de cet état : remettez-la à neuf ou détruisez-la d’abord.
target-problem-no-snapshot = L’état gardé dont elle devait partir n’est plus là. Remettez-la à neuf.
