## sharing
