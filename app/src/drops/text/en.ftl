# Its page
drop = Drop
starts = Starts
shown-from = Its products are shown from
open-now = On sale now
open-until = until
over-now = This drop is over.
was-called-off = This drop has been called off.
counting = Time to the start
days = days
hours = hours
minutes = minutes
seconds = seconds
has-started = It has started.
reload = Show the products
refreshes = This page reloads by itself every 20 seconds.
products = Products
nothing-shown = The products are still secret.
nothing-left = None of its products is for sale right now.
on-sale-from = On sale from { $time }
of-drop = Part of the drop
calendar = Save to calendar
calendar-title = { $title } starts

# Reminders
remind-me = Remind me
remind-why = We’ll e-mail you { $minutes } minutes before the start. First, confirm your address with the link we send you.
email = E-mail address
send-link = E-mail me a link
link-sent = We’ve sent you a link. Open it to confirm your reminder.
reminder = Reminder
confirm-reminder = Confirm your reminder
confirm-why = We’ll e-mail you before { $title } starts.
confirm = Yes, remind me
reminder-confirmed = We’ll remind you
back-to-drop = To the drop

# Its waiting room
room = Waiting room
room-of = Waiting room: { $title }
room-needed = To order from this drop, you need a place in its waiting room.
room-why = It opens { $minutes } minutes before the start. The order of everyone who comes before the start is drawn at random, so there’s no need to hurry.
to-room = To the waiting room
room-opens = The waiting room opens on
no-place = You don’t have a place yet.
has-place = You have a place.
drawn-at-start = The order is drawn at random at the start:
waiting-now = Please wait. You’ll keep your place if you close this page.
estimate-why = These are estimates. They change as people order or let their time pass.
let-in-now = It’s your turn.
order-until = You can order until at least
to-products = To the products
once-why = Your place is good for one order, which can have several items.
lapsed = Your time to order has expired. You can take a new place, behind everyone who is waiting.
has-ordered = You’ve used your place for an order.
all-taken = All taken.
nothing-held = Nothing is being paid for any more.
being-paid = { $units ->
    [one] { $units } unit is still being paid for. If it comes back, the waiting room goes on, and you keep your place.
   *[other] { $units } units are still being paid for. If some come back, the waiting room goes on, and you keep your place.
}
places-given = Places given out: { $number }
people-ahead = People ahead of you: { $number }
minutes-left = Time until your turn: about { $number } min
nobody-now = No one is being let in right now: the people whose turn it is can still order all the units left.
units-left = Units left: { $number }
paying-now = Units being paid for: { $number }
room-refreshes = This page reloads by itself every { $seconds } seconds.
place-why = A place is good for one order. Your browser keeps it in a cookie.
take-place = Take a place
first-code = First, get a code by e-mail
code-why = Each e-mail address gets one place. We’ll e-mail you a code to confirm yours. If you have an account with a confirmed address, you can sign in instead.
mail-code = E-mail me a code
code-sent = We’ve e-mailed you a code.
then-place = Then take your place
code = Code
code-wrong = This code is wrong or has expired. Ask for a new one.
too-many-codes = Too many codes have been requested or tried. Try again in a few minutes.
room-not-open = No places are being given out right now.
proof = Check my place
proof-undrawn = The shop has drawn a secret and shows its hash here. At the start it shows the secret itself, so it cannot choose another one.
proof-drawn = The seed is the SHA-256 of the secret and of all ticket numbers from before the start. Your number is the beginning of the SHA-256 of the seed and your ticket. Smaller numbers come first.
proof-commitment = Hash of the secret (SHA-256)
proof-secret = Secret
proof-mix = All tickets from before the start (XOR)
proof-seed = Seed
proof-ticket = Your ticket
proof-bucket = Second of arrival (0: before the start)
proof-number = Your number

# All of them
drops = Drops
deleted = Drop deleted.
none-yet = Your drops will appear here.
title = Title
units = Units
left = Not sold
state = Status
new-drop = New drop
create = Create drop
draft = Draft
planned = Planned
running = Open
ended = Over
called-off = Called off

# One of them
created = Drop created. Add products to it, then plan it.
saved = Drop saved.
planned-now = The drop is planned, and its units are set aside.
off = The drop is called off, and its units are back on the shelf.
rest-back = What was left is back on the shelf.
view-in-shop = View in the shop
no-lines-yet = Nothing is in this drop yet. Search for products below.
price = Price
usual = usually { $price }
units-hint = { $shelf } more on the shelf
not-counted = not counted
limit = Per customer
any = Any number
save-line = Save
remove = Take { $title } out of this drop
not-on-sale = Not on sale
gone-product = Deleted product
address = Address
address-hint = The last part of the page’s address.
text = Text
text-hint = Shown on its page from the moment you plan it. HTML such as <p>, <h2>, <ul> and <a>; unsafe HTML is removed when you save.
reveal = Secret until
reveal-hint = Until then no one finds its products in the shop, and none of them is sold before the start. Leave it empty for products that stay on sale until the start. Time zone: { $zone }.
opens = Start
closes = End
time-hint = Time zone: { $zone }.
closes-hint = To stop the drop earlier or let it run longer, change this at any time, even after it has ended. Leave it empty if the drop runs until you call it off. Time zone: { $zone }.
save = Save drop
plan = Plan this drop
plan-why = Its page is public from now on, and its units leave the shelf. It starts and ends by itself.
plan-now = Plan now
call-off = Call off this drop
call-off-why = To stop the drop or let it run longer, change its end instead. A drop that is called off says so on its page, and can’t go on. It sells nothing more. Its units go back on the shelf; orders stay. Products that were still secret stay hidden until you take them out of it.
call-off-now = Call off now
put-back = Put the rest back on the shelf
put-back-why = { $units } units are set aside that this drop did not sell.
delete = Delete this drop
delete-why = This permanently deletes the drop and its page. Its products stay, and those that were secret are shown if they are on sale.
delete-now = Delete permanently
reminded = { $count ->
    [one] { $count } customer wants to be reminded.
   *[other] { $count } customers want to be reminded.
}

# What is not in it of its products
beside = Not in this drop
beside-why = These variants of its products are not in this drop, for example because they were added later. They are sold from the shelf at their usual price, but not before the start if the drop keeps its products secret.
add-variants = Add to this drop

# For those who change its products
in-drops = Part of a drop
set-aside = { $drop }, { $variant }: { $units } set aside
set-aside-alone = { $drop }: { $units } set aside
in-drops-why = What is set aside is not part of the stock here: leave it out when you count. A variant that you add is not in the drop; it is sold from the shelf at its own price, but not before the start if the drop keeps its products secret. Add it in the drop’s editor.

# What is wrong with one
title-wanted = Enter a title.
too-long = Use up to { $most } characters.
address-empty = It needs at least one letter or digit.
address-taken = Another drop has this address.
text-too-long = This text is too long.
time-wanted = Enter a date and a time.
reveal-too-late = This must not be after the start.
end-too-early = This must be after the start.
start-is-over = The start must be in the future.
has-begun = The drop has started: its start can’t be moved any more.
changed-since = Someone else has changed this drop since you opened it.
too-many = There can be up to { $most } drops. Delete one.
too-many-lines = A drop can have up to { $most } variants.
choose-product = Choose one of the products.
no-lines = Add a product first.
amount-unread = Enter a price such as { $example }.
units-unread = Enter a number from 1 to { $most }.
units-sold = { $sold } are sold already: enter that many or more.
not-on-shelf = Only { $units } more of { $title } are on the shelf.
limit-unread = Enter a number of 1 or more, or nothing.
other-drop = { $title } is in the drop { $other } at the same time.
gone-from-shop = { $title } is not in the shop any more. Take it out of this drop.
not-a-draft = This drop has already been planned or called off.
not-planned = This drop is not planned.
not-over = This drop is not over.
not-empty = This drop can’t be deleted: units are set aside for it, or it has sold some.
too-many-reminders = Too many reminders have been requested. Try again later.
drop-has-begun = This drop has already started.

# Its waiting room, for its owner
room-saved = Waiting room saved.
room-switch = Only people who have been let in can order
room-on = On
room-off = Off
room-binding = One place for
bound-mailbox = each confirmed e-mail address
bound-nobody = anyone, as often as they ask
per-minute = People let in per minute
per-minute-hint = The most. Fewer people are let in while orders take longer, and never more than there are units left.
room-minutes = Minutes to order
room-minutes-hint = How long someone who has been let in can order.
room-hash = Hash of the secret
room-counts = Waiting: { $waiting }. Let in: { $let_in }.
save-room = Save waiting room
number-from-to = Enter a number from { $least } to { $most }.
choose-one = Choose one.
