## organisation
