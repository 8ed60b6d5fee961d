columns = Columns
how-kept = A view that you save keeps them, too. Without a tick all are shown.
show-columns = Show columns
