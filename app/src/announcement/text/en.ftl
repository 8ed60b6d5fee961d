announcement = Announcement

# In the admin area
announcements = Announcements
saved = Announcement saved.
deleted = Announcement deleted.
none-yet = Your announcements will appear here. One is shown above every page of the shop.
one-at-a-time = One is shown at a time: of those that are running, the one that began last.
text = Text
starts = Begins
ends = Ends
change = Change
at-once = At once
never = Never
shown = Shown now
scheduled = Scheduled
ended = Ended
covered = Covered by another one
delete = Delete “{ $text }”
new-announcement = New announcement
edit-announcement = Edit announcement
link = Link
link-hint = A page of the shop, such as /products?sort=newest, or an address that begins with https://.
time-hint = In the shop’s time zone ({ $zone }).
create = Create announcement
save = Save announcement
cancel = Cancel

# What is wrong with one
text-wanted = Enter a text.
too-long = Use up to { $most } characters.
time-wanted = Enter a date and a time, such as 2026-12-24 18:00.
ends-too-soon = The end must be after the beginning.
too-many = There can be up to { $most } announcements. Delete one.
changed-since = Someone else has changed this announcement since you opened it.
