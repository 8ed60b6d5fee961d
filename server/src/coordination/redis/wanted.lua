-- KEYS: what says of locks that they are wanted. Gives how many are.
return redis.call('EXISTS', unpack(KEYS))
