# Couverture : ce qui a été touché des cibles.

coverage-title = Couverture
coverage-link = Couverture des cibles
coverage-lead = Ce que les chasseurs ont touché de chaque cible, compté dans les échanges que la passerelle enregistre.
coverage-readers = Lu par l’organisateur, les pilotes et les vérificateurs : quoi, quand, par combien ; jamais par qui, ni ce qui a été échangé
coverage-up-to-date = À jour
coverage-waiting = { $n ->
    [one] { $n } enregistrement en attente
   *[other] { $n } enregistrements en attente
}
coverage-counted = Compté le { $date }
coverage-unread = { $n ->
    [one] { $n } enregistrement n’a pas pu être lu : ces chiffres ne le comptent pas. Le journal du serveur dit pourquoi.
   *[other] { $n } enregistrements n’ont pas pu être lus : ces chiffres ne les comptent pas. Le journal du serveur dit pourquoi.
}
coverage-destroyed = La couverture ne se lit plus
coverage-destroyed-text = La clé de cette campagne a été détruite à la fin de sa durée de conservation, et avec elle tout ce qui avait été compté.
coverage-no-target = Aucune cible derrière la passerelle
coverage-no-target-text = La couverture se compte sur ce qui passe par la passerelle : déclarez d’abord l’environnement de test que les chasseurs atteindront.
coverage-declare = Déclarer une cible
coverage-empty = Rien n’a encore été touché
coverage-empty-text = Les chiffres apparaissent environ une minute après les premières requêtes. Un chasseur prend son accès sur la page de la campagne, une fois celle-ci ouverte et les règles acceptées.
coverage-targets-caption = Les cibles et ce qui en a été touché
coverage-shown = affichée ci-dessous
coverage-taken-out = retirée de la campagne
coverage-column-endpoints = Points d’entrée touchés
coverage-column-endpoint = Point d’entrée
coverage-column-requests = Requêtes
coverage-column-hunters = Chasseurs
coverage-column-paths = Chemins du périmètre touchés
coverage-column-first = Première fois
coverage-column-last = Dernière fois
coverage-column-period = Période
coverage-column-fresh = Dont nouveaux
coverage-column-known = Connus à la fin
coverage-paths = { $touched } sur { $all }
coverage-paths-least = au moins { $touched } sur { $all }
coverage-more = plus de { $number }
coverage-few = moins de { $n }
coverage-about = environ { $number }
coverage-days = du { $from } au { $until }
coverage-nowhere = { $n ->
    [one] { $n } requête n’a touché aucun point d’entrée : la cible a répondu 404, ou rien.
   *[other] { $n } requêtes n’ont touché aucun point d’entrée : la cible a répondu 404, ou rien.
}
coverage-paths-heading = Ce qui n’a jamais été touché
coverage-paths-none = Le périmètre de cette cible permet tous les chemins sans en nommer : rien ne dit ce qui reste à voir. Nommez les siens à la prochaine déclaration pour le suivre ici.
coverage-paths-all = Chaque chemin que nomme le périmètre a été touché au moins une fois.
coverage-paths-untouched = { $n ->
    [one] Un chemin que nomme le périmètre n’a jamais été touché :
   *[other] { $n } chemins que nomme le périmètre n’ont jamais été touchés :
}
coverage-paths-unlisted = { $n ->
    [one] Un chemin que nomme le périmètre n’est pas parmi les points d’entrée distingués :
   *[other] { $n } chemins que nomme le périmètre ne sont pas parmi les points d’entrée distingués :
}
coverage-paths-perhaps = Ils sont peut-être parmi les points d’entrée comptés ensemble, dont la liste n’est pas gardée.
coverage-time-heading = Dans le temps
coverage-time-few = Moins de { $n } chasseurs sont passés par cette cible. Les jours se montreront quand ils seront { $n } : d’ici là, ils désigneraient quelqu’un.
coverage-finding = { $fresh ->
    [0] { $n ->
        [one] { $n } point d’entrée touché en tout ; rien de nouveau sur la dernière période ({ $period }).
       *[other] { $n } points d’entrée touchés en tout ; rien de nouveau sur la dernière période ({ $period }).
    }
   *[other] { $n ->
        [one] { $n } point d’entrée touché en tout, dont { $fresh } pour la première fois sur la dernière période ({ $period }).
       *[other] { $n } points d’entrée touchés en tout, dont { $fresh } pour la première fois sur la dernière période ({ $period }).
    }
}
coverage-finding-more = { $fresh ->
    [0] Plus de { $n } points d’entrée touchés en tout ; parmi ceux qui sont distingués, aucun nouveau sur la dernière période ({ $period }).
   *[other] Plus de { $n } points d’entrée touchés en tout ; parmi ceux qui sont distingués, { $fresh } pour la première fois sur la dernière période ({ $period }).
}
coverage-legend-again = touchés dans la période
coverage-legend-fresh = dont pour la première fois
coverage-legend-known = connus en tout
coverage-time-table = Voir le tableau
coverage-time-caption = Points d’entrée touchés par période
coverage-time-method = Une période s’étend sur autant de jours qu’il en faut pour que { $n } chasseurs au moins y soient passés : aucun jour ne désigne quelqu’un.
coverage-list-heading = Points d’entrée
coverage-list-empty = Aucun point d’entrée touché
coverage-list-empty-text = Les requêtes n’ont trouvé que des pages absentes. Vérifiez avec un pilote que la cible répond à l’adresse déclarée.
coverage-field-path = Dans le chemin
coverage-field-method = Méthode
coverage-method-any = Toutes
coverage-filter = Filtrer
coverage-none = Aucun point d’entrée ne correspond
coverage-none-text = Élargissez la recherche, ou affichez tout.
coverage-all = Tout afficher
coverage-count = { $n ->
    [one] { $n } point d’entrée
   *[other] { $n } points d’entrée
}
coverage-place = { $from } à { $until } sur { $n }
coverage-order-path = Par chemin
coverage-order-requests = Le plus de requêtes
coverage-order-hunters = Le plus de chasseurs
coverage-order-newest = Découverts en dernier
coverage-order-oldest = Découverts en premier
coverage-order-last = Touchés en dernier
coverage-others = { $n ->
    [one] Au-delà de { $most } points d’entrée, les autres sont comptés ensemble : { $n } requête, chasseurs : { $hunters }.
   *[other] Au-delà de { $most } points d’entrée, les autres sont comptés ensemble : { $n } requêtes, chasseurs : { $hunters }.
}
coverage-file-action = Télécharger la liste (CSV)
coverage-method-heading = Comment ces chiffres sont comptés
coverage-method-folded = Un point d’entrée est une méthode et un chemin, sans les paramètres. Ce qui nomme une chose ou une personne est remplacé : nombres {"{n}"}, dates {"{date}"}, identifiants {"{uuid}"}, empreintes et jetons {"{hash}"} et {"{token}"}, adresses électroniques {"{email}"}, titres et textes {"{text}"}.
coverage-method-hunters = Un chasseur compte une fois, quel que soit le nombre de ses accès. En dessous de { $n }, le nombre n’est pas donné.
coverage-method-touched = Un point d’entrée est touché quand la cible répond autre chose que 404, même par une erreur ou un refus.
coverage-method-most = { $n ->
    [one] { $n } point d’entrée au plus est distingué par cible ; les suivants sont comptés ensemble.
   *[other] { $n } points d’entrée au plus sont distingués par cible, les premiers touchés ; les suivants sont comptés ensemble.
}
coverage-file-target = Cible
coverage-file-method = Méthode
coverage-file-path = Chemin
coverage-file-requests = Requêtes
coverage-file-hunters = Chasseurs
coverage-file-first = Première période, à partir du
coverage-file-last = Dernière période, jusqu’au
