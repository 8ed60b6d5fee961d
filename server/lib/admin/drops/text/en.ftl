not-over = The report can be kept when the drop is over.
not-paid = The report can be kept when no order waits for its payment any more.
kept-already = This report is in the audit log already.
