no-account = Enter your account under Bank transfer first. Shoppers wouldn’t know where to send their money.
lowest-above-highest = Enter an amount that isn’t less than the minimum order total.
not-delivered-there = Tick countries that you deliver to.
