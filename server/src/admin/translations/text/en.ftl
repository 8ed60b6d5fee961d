# What is wrong with a text
up-to-characters = Use up to { $most } characters.

# Someone else was faster
removed-since = Someone else has removed this translation. Save again to keep yours.
changed-since = Someone else has changed this to “{ $present }”. Save again to replace it.
