# What is wrong with a text
up-to-characters = Use up to { $most } characters.
control-characters = The text contains control characters. Please type it again.
fill-in-the-gaps = The page is published. Fill in the gaps before you save: { $gaps }

# Someone else was faster
removed-since = Someone else has removed this translation. Save again to keep yours.
changed-since = Someone else has changed this to “{ $present }”. Save again to replace it.
