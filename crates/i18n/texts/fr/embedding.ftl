## Results outside the platform

embedding-title = Diffuser les résultats ailleurs
embedding-lead = Montrez les résultats du programme sur votre propre site, ou suivez-les avec vos outils.
embedding-on-beffroi = Voir sur Beffroi
embedding-read-by = Réservé aux membres du programme, lu pour : { $organisation }.
embedding-until = Cet accès prend fin le { $date }.
embedding-public-title = Ce que tout le monde peut lire
embedding-public-text = Ces adresses ne demandent aucun accès. Le cadre ne s’affiche que sur les sites autorisés par l’organisateur.
embedding-not-published = Le programme n’est pas publié : ces adresses ne répondent pas encore.
embedding-copy-frame = À coller dans une page de votre site
embedding-copy-json = En JSON
embedding-copy-atom = En flux Atom
embedding-copy-secret = Le secret du site
embedding-copy-sample = Exemple, en PHP
embedding-sites-title = Sites autorisés
embedding-field-sites = Sites qui peuvent afficher les résultats
embedding-hint-sites = Un par ligne, sans page : https://communaute.example. Aucun autre site ne peut les afficher dans un cadre.
embedding-save-sites = Enregistrer les sites
embedding-error-site = Ceci n’est pas l’adresse d’un site : « { $detail } ». Écrivez https:// et un nom, sans rien après.
embedding-error-sites-too-many = { $detail } sites au plus.
embedding-error-keys-too-many = Trop d’accès sont ouverts pour ce programme. Mettez fin à ceux qui ne servent plus.
embedding-error-days = Ce nombre de jours n’est pas possible.
embedding-site-key-title = Montrer aux membres, sur votre site, ce qui leur est réservé
embedding-site-key-text = { $n ->
    [one] Votre site sait quel membre est connecté. Avec sa clé, il signe pour lui un accès qui ne dure pas plus d’une minute. La clé ne sert que tant que vous êtes organisateur.
   *[other] Votre site sait quel membre est connecté. Avec sa clé, il signe pour lui un accès qui ne dure pas plus de { $n } minutes. La clé ne sert que tant que vous êtes organisateur.
 }
embedding-make-site-key = Créer une clé de site
embedding-members-ids = Identifiants des membres
embedding-members-ids-caption = Identifiants des membres, pour les accès que votre site signe
embedding-column-id = Identifiant
embedding-link-title = Suivre les résultats avec vos outils
embedding-link-text = Ce lien ouvre les résultats réservés aux membres à qui le connaît : gardez-le comme un mot de passe. Il cesse de servir à sa date, dès que vous y mettez fin, ou dès que votre rôle ou l’adhésion prend fin.
embedding-field-organisation = Pour quelle organisation
embedding-field-days = Durée, en jours
embedding-hint-days = { $n ->
    [one] Un jour au plus.
   *[other] { $n } jours au plus.
 }
embedding-make-link = Créer un lien
embedding-keys-title = Accès ouverts
embedding-keys-empty = Aucun accès ouvert
embedding-keys-empty-text = Les clés de site et les liens paraissent ici, et l’on y met fin d’ici.
embedding-keys-caption = { $n ->
    [one] { $n } accès ouvert
   *[other] { $n } accès ouverts
 }
embedding-column-kind = Accès
embedding-column-made = Créé
embedding-column-until = Jusqu’au
embedding-key-site = Clé de site
embedding-key-member = Lien de { $organisation }
embedding-end-key = Mettre fin à cet accès
flash-embedding-key-ended = L’accès a pris fin.
embedding-made-link = Votre lien est prêt
embedding-made-key = La clé du site est prête
embedding-holds-until = Valable jusqu’au { $date }
embedding-shown-once = Cette page ne s’affiche qu’une fois. Copiez ce qu’elle montre avant de la quitter.
embedding-sample-text = { $n ->
    [one] Votre site écrit pour chaque affichage un accès au nom du membre connecté. Sa fin ne peut pas dépasser une minute à partir de maintenant.
   *[other] Votre site écrit pour chaque affichage un accès au nom du membre connecté. Sa fin ne peut pas dépasser { $n } minutes à partir de maintenant.
 }
embedding-feed-public = { $name } : avis publics
embedding-feed-members = { $name } : résultats pour les membres
embedding-feed-public-readers = Tout le monde peut le lire.
embedding-feed-members-readers = Réservé aux membres du programme.
