no-such-variant = This combination doesn’t exist. Please choose another.
cart-is-full = A cart holds up to { $most } different items.
too-many-units = Up to { $most } of one item can be ordered at once.
not-in-cart = This item is no longer in your cart.
