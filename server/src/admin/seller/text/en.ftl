choose-country = Choose a country from the list.
changed-since = Someone else has changed the seller’s data since you opened it. Your changes haven’t been saved yet; save again to replace theirs.
