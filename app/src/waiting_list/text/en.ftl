waiting-list = Waiting list
sold-out-note = Sold out? Leave your e-mail address.
partly-sold-out-note = Is your choice sold out? Leave your e-mail address.
to-waiting-list = Notify me
all-taken = All taken.
being-paid = { $units ->
    [one] One is being paid for.
   *[other] { $units } are being paid for.
}
first-decided = { $minutes ->
    [one] The first is paid for or free again within a minute.
   *[other] The first is paid for or free again in { $minutes } minutes at the latest.
}
# A number takes the place of #.
paying-now = Being paid for: { $units }.
decided-in = The first is paid for or free again in { $minutes } min at the latest.
there-again = Available again.
reload = Reload the page
nothing-sold-out = { $title } isn’t sold out.
to-product = To { $title }
notice-why = We’ll e-mail you once, when it’s available again. The first to order gets it.
in-turn-why = Units that come back are offered to the people on the list, one each, in the order in which they confirmed. We keep yours for some hours, and no one else can buy it in that time.
not-shown = a product that isn’t shown at the moment
which = Which one
email = E-mail address
ask = E-mail me a link
link-sent = If this address isn’t on the list yet, we’ve sent it a link. Open it to confirm.
choose-variant = Choose what you’re waiting for.
not-sold-out = It’s available again. You can order it now.
cannot-wait = There’s no waiting list for this at the moment.
too-many-asked = Too many links have been requested. Try again in a few minutes.
confirm-notice = Confirm your request
confirm-place = Confirm your place on the list
confirm-why = You asked for { $name }. Until you confirm, you aren’t on the list.
confirm = Confirm
waiting-notice = We’ll e-mail you when { $name } is available again
waiting-place = You are on the waiting list for { $name }
ahead = { $count ->
    [0] You’re next.
    [one] { $count } person is ahead of you.
   *[other] { $count } people are ahead of you.
}
leave-it = Leave the list
offered-title = { $name } is kept for you
offered-until = Until
offered-why = One unit, for one order with the e-mail address this link was sent to. No one else can buy it until then.
take-it = Add to cart
pass-on = I don’t want it any more
lapsed-title = Your time to order { $name } has expired
lapsed-why = It was offered to the next person on the list. You can join the list again, at its end.
ordered-title = You’ve ordered { $name }
told-title = We’ve told you that { $name } is available again
over-title = { $name }: the drop is over
left = You’ve left the list. We’ve deleted your address from it.
ask-again = To the waiting list
no-unit-kept = No unit is kept for you under this link any more.
# The admin area
admin-title = Waiting list
admin-why = Units that come back are offered to the people on the list, in their order, before anyone else can buy them.
admin-hours = Hours a unit is kept
admin-save = Save waiting list
admin-saved = Waiting list saved.
admin-waiting = { $count ->
    [one] { $count } person is waiting
   *[other] { $count } people are waiting
}
admin-offered = { $count ->
    [one] { $count } has an offer
   *[other] { $count } have an offer
}
admin-nobody = No one is waiting.
admin-hours-wrong = Enter hours from 1 to { $most }.
