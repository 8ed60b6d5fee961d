changed-since = Someone else has changed the carriers since you opened them. Your changes haven’t been saved yet; save again to replace theirs.
enter-a-name = Enter a name.
named-twice = This carrier is in the list twice.
too-many = Enter { $most } carriers or fewer.
enter-a-pattern = Enter an address that begins with https:// and has { $number } once, behind the host.
