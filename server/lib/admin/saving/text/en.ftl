changed-since = Someone else has changed these settings since you opened them. Your changes haven’t been saved yet; save again to replace theirs.

# What is wrong with a field
choose-an-option = Choose one of the two options.
number-between = Enter a number from { $least } to { $most }.
enter-an-amount = Enter an amount, such as 250.00.
