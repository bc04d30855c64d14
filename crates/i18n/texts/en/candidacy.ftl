## candidacy
