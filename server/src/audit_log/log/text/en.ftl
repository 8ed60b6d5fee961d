# Values
yes = yes
no = no

# Fields
field = { $name ->
    [bank] Bank
    [bank_transfer] Bank transfer
    [bic] BIC
    [days] Days
    [day] Day
    [holder] Account holder
    [iban] IBAN
    [return_minor] To return
    [account] Account
    [active] Active
    [amount_minor] Amount
    [begins] Begins
    [blocks] Blocks
    [carrier] Carrier
    [cart_days] Cart days
    [cash_on_delivery] Cash on delivery
    [category] Category
    [category_id] Category ID
    [compare_at_minor] Compare-at price
    [confirmation] Confirmation
    [cost_minor] Cost
    [created] Created
    [currency] Currency
    [delivers_to] Delivers to
    [delta] Change
    [description] Description
    [description_html] Description
    [detail] Detail
    [digest] SHA-256
    [report] Report
    [ends] Ends
    [file] File
    [free_from_minor] Free from
    [grams] Grams
    [handle] Handle
    [invitation] Invitation
    [kind] Kind
    [languages] Languages
    [left_out_rows] Skipped rows
    [link] Link
    [low_stock] Low stock
    [mail_from] Sender of e-mails
    [minutes] Minutes to confirm
    [most_open] Open orders per customer
    [name] Name
    [network] Network
    [note] Note
    [options] Options
    [orders] Orders
    [outcome] Outcome
    [parent] Parent
    [payment] Payment
    [payment_hold_minutes] Payment hold minutes
    [picture] Picture
    [picture_alts] Alt texts
    [picture_src] Picture
    [pictures] Pictures
    [place] Place
    [position] Position
    [prepaid] Not payable on delivery
    [price_minor] Price
    [product] Product
    [product_id] Product ID
    [reason] Reason
    [recovery_codes] Recovery codes
    [recovery_codes_left] Recovery codes left
    [refund] Refund
    [refunded_minor] Refunded
    [restock] Restock
    [role] Role
    [second_factor] Second factor
    [second_factor_required] Second factor required
    [seo_description] Page description
    [seo_title] Page title
    [sessions] Sessions
    [days_from] Days from
    [days_to] Days to
    [dispatch_by] Order cut-off
    [handover] Handover
    [shipping_rates] Shipping rates
    [sku] SKU
    [slug] Slug
    [status] Status
    [stock] Stock
    [tags] Tags
    [tax_basis_points] Tax basis points
    [time_zone] Time zone
    [title] Title
    [tracking_number] Tracking number
    [unchanged] Unchanged
    [units] Units
    [up_to_minor] Maximum order total
    [stripe] Card
    [countries] Countries
    [offered] In the checkout
    [highest_minor] Maximum order total
    [lowest_minor] Minimum order total
    [updated] Updated
    [variant_id] Variant ID
    [variants] Variants
    [vendor] Vendor
    [city] Town or city
    [country] Country
    [email] E-mail address
    [item] Item
    [opening] Opening
    [phone] Telephone
    [postal_code] Postal code
    [register] Register
    [represented_by] Represented by
    [street] Street and number
    [test_card] Test card
    [vat_id] VAT ID
    [about_en] About the shop (en)
    [about_de] About the shop (de)
    [returns_en] Returns (en)
    [returns_de] Returns (de)
    [order_mail_en] Order confirmation (en)
    [order_mail_de] Order confirmation (de)
   *[unknown] { $words }
}
