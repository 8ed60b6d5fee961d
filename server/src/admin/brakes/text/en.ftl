no-such-rate = There is no such brake.
number = Enter a number from 1 to { $most }, or leave this empty for no limit.
changed-since = Someone else has changed the brakes since you opened them. Your changes haven’t been saved yet; save again to replace theirs.
