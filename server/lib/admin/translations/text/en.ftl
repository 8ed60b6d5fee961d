# What is wrong with a text
up-to-characters = Use up to { $most } characters.
control-characters = The text contains control characters. Please type it again.
fill-in-the-gaps = The page is published. Fill in the gaps before you save: { $gaps }

# Someone else was faster
removed-since = Someone else has removed this translation. Save again to keep yours.
changed-since = Someone else has changed this to “{ $present }”. Save again to replace it.
removed-since-in-file = Someone else has removed this translation. Empty the cell in the column “Was” to keep yours.
changed-since-in-file = Someone else has changed this to “{ $present }”. Empty the cell in the column “Was” to replace it.

# A file of translations
no-translation-file = This isn’t a file of translations. Download the texts and fill in the column “Translated content”.
file-too-large = The file is larger than 4 MB.
too-many-rows = A file can have up to { $most } rows.
no-such-text = There is no such text (any more).
line-is-wrong = Line { $line }: { $words }
