no-such-rate = There is no such limit.
number = Enter a number from 1 to { $most }, or leave this empty for no limit.
