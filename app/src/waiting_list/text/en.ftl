waiting-list = Waiting list
sold-out-note = Sold out? Leave your e-mail address.
partly-sold-out-note = Your choice is sold out? Leave your e-mail address.
to-waiting-list = Notify me
all-taken = All taken.
being-paid = { $units ->
    [one] One is being paid for.
   *[other] { $units } are being paid for.
}
first-decided = { $minutes ->
    [one] The first is paid or back within a minute.
   *[other] The first is paid or back in { $minutes } minutes at the latest.
}
# A number takes the place of #.
paying-now = { $units } are being paid for.
decided-in = The first is paid or back in { $minutes } min at the latest.
there-again = There is some again.
reload = Load the page
nothing-sold-out = Nothing of { $title } is sold out.
to-product = To { $title }
notice-why = We write to you once, when there is some again. The first to order gets it.
in-turn-why = What comes back is offered to those on the list, one unit each, in the order in which they confirmed. It is kept for you for some hours and is not for sale meanwhile.
not-shown = something that is not shown at present
which = Which one
email = E-mail address
ask = Send the link
link-sent = If this address is not on the list already, a link is on its way to it. Open it to confirm.
choose-variant = Choose what you wait for.
not-sold-out = There is some again. Order it before it is gone.
cannot-wait = This cannot be waited for at present.
too-many-asked = Too many links were asked for. Try again in a few minutes.
confirm-notice = Confirm your notice
confirm-place = Confirm your place in the list
confirm-why = You asked for { $name }. Nothing is sent and nothing is kept before you confirm.
confirm = Confirm
waiting-notice = We write to you once { $name } is there again
waiting-place = You are on the waiting list for { $name }
ahead = { $count ->
    [0] You are the next.
    [one] One person is before you.
   *[other] { $count } people are before you.
}
leave-it = Leave the list
offered-title = { $name } is kept for you
offered-until = Until
offered-why = One unit, for one order with the e-mail address that this link was sent to. Nobody else can buy it meanwhile.
take-it = Put it into the cart
pass-on = I do not want it any more
lapsed-title = The time for { $name } is over
lapsed-why = It went on to the next in the list. You can ask for a place at its end.
ordered-title = You have ordered { $name }
told-title = We told you that { $name } is there again
over-title = { $name }: the drop is over
left = You left the list. Nothing is kept of you.
ask-again = To the waiting list
no-unit-kept = Nothing is kept for this link any more.
# The admin area
admin-title = Waiting list
admin-why = Units that come back are offered to those who wait, in their order, before anybody else can buy them.
admin-hours = Hours that a unit is kept
admin-save = Save
admin-saved = Saved.
admin-waiting = { $count ->
    [one] One waits
   *[other] { $count } wait
}
admin-offered = { $count ->
    [one] one is offered a unit
   *[other] { $count } are offered a unit
}
admin-nobody = Nobody waits.
admin-hours-wrong = Enter hours from 1 to { $most }.
