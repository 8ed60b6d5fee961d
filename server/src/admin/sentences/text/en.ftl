no-such-sentence = There is no such sentence, or the shop doesn’t have this language.
changed-since = Someone else has changed the sentences since you opened them. Your changes haven’t been saved yet; save again to replace theirs.
