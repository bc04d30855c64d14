## authorisation
