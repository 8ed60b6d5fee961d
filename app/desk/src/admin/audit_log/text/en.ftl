# The list
audit-log = Audit log
no-matches = No matches. Every change by staff and admins is recorded here.
no-entries = No entries
show-all-entries = Show all entries
newest-first = Changes, newest first
when-and-who = When and who
difference = Difference
history = History
history-of = { " of " }{ $kind } { $id }
more-changes = { $count } more
before = before:{ " " }
after = after:{ " " }

# Its filters
everyone = Everyone
command-line = Command line
all-actions = All actions
all-of-kind = All: { $kind }
show-all = Show all
who = Who
what = What
id = ID
first-day = From
last-day = To
show = Show

# What was changed
kind = { $kind ->
    [account] account
    [catalog] catalog
    [bank] bank transfer
    [cash] cash on delivery
    [methods] payment methods
    [category] category
    [collection] collection
    [drop] drop
    [home] home page
    [home_block] block
    [announcement] announcement
    [customer] customer
    [factor] second factor
    [order] order
    [product] product
    [page] page
    [menu] menu item
    [menus] menus
    [translation] translation
    [categories] categories
    [collections] collections
    [announcements] announcements
    [look] look
    [seller] seller
    [sentences] own texts
    [limits] limits
    [brakes] abuse protection
    [settings] settings
    [staff] staff
    [stock] stock
    [variant] variant
    [invitation] invitation
   *[unknown] { $kind }
}
action = { $action ->
    [product_create] Product created
    [product_update] Product changed
    [product_delete] Product deleted
    [category_create] Category created
    [category_update] Category changed
    [category_move] Category moved
    [category_picture] Picture of a category changed
    [category_delete] Category deleted
    [collection_create] Collection created
    [collection_update] Collection changed
    [collection_picture] Picture of a collection changed
    [collection_add] Product added to a collection
    [collection_move] Product moved in a collection
    [collection_remove] Product removed from a collection
    [collection_delete] Collection deleted
    [drop_create] Drop created
    [drop_update] Drop changed
    [drop_plan] Drop planned
    [drop_call_off] Drop called off
    [drop_put_back] Units of a drop put back on the shelf
    [drop_room] Waiting room of a drop changed
    [drop_waiting_list] Waiting list of a drop changed
    [drop_line] Variant of a drop changed
    [drop_add] Product added to a drop
    [drop_remove] Variant taken out of a drop
    [drop_delete] Drop deleted
    [drop_file] Variants of a drop imported from a file
    [drop_report] Report of a drop kept
    [home_add] Block added to the home page
    [home_change] Block of the home page changed
    [home_move] Block of the home page moved
    [home_remove] Block removed from the home page
    [home_publish] Home page published
    [home_discard] Changes to the home page discarded
    [announcement_create] Announcement created
    [announcement_update] Announcement changed
    [announcement_delete] Announcement deleted
    [catalog_import] Products imported
    [stock_adjust] Stock changed
    [order_pack] Order packed
    [order_ship] Order shipped
    [order_deliver] Order delivered
    [order_confirm] Order confirmed for the customer
    [order_capture] Payment captured by hand
    [order_void] Release of a payment hold requested
    [order_return_sum] Captured sum returned by hand
    [order_cancel] Order cancelled
    [order_refund] Order refunded
    [order_tracking] Tracking number changed
    [order_receive_payment] Payment received
    [order_transfer] Payment by bank transfer recorded
    [order_transfer_returned] Bank transfer returned
    [order_note] Note written
    [order_resend] E-mail about an order sent again
    [staff_invite] Invitation sent
    [staff_withdraw] Invitation withdrawn
    [staff_join] Joined the staff
    [staff_role] Role changed
    [staff_create] Account created on the command line
    [account_close] Own account closed
    [bank_save] Settings of bank transfers changed
    [cash_save] Settings of cash on delivery changed
    [methods_save] Payment methods changed
    [settings_save] Settings changed
    [page_create] Page created
    [page_update] Page changed
    [page_delete] Page deleted
    [menu_create] Menu item added
    [menu_update] Menu item changed
    [menu_move] Menu item moved
    [menu_delete] Menu item deleted
    [look_save] Look changed
    [opening_change] Shop opened or closed
    [opening_confirm] Item of the checklist confirmed
    [seller_save] Seller’s data changed
    [sentences_save] Own texts changed
    [limits_save] Limits changed
    [brakes_save] Abuse protection changed
    [carriers_save] Carriers changed
    [translation_save] Translations changed
    [factor_on] Second factor turned on
    [factor_off] Second factor turned off
    [factor_reset] Second factor reset
    [factor_codes] Recovery codes created
    [factor_recovery] Recovery code used
    [customer_export] Customer’s data exported
    [customer_erase] Customer erased
    [customer_sign_out] Customer signed out
    [account_sign_in] Signed in
    [account_sign_in_refused] Wrong password
    [account_code_refused] Wrong second-factor code
    [account_role_refused] Tried something their role doesn’t allow
    [account_reset_used] Password reset by e-mail
    [account_password_changed] Password changed
    [account_email_change_asked] Requested a change of e-mail address
    [account_email_changed] E-mail address changed
    [account_sign_out] Signed out
    [account_session_ended] Other devices signed out
   *[unknown] { "" }
}
