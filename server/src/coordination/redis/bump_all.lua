-- KEYS: generations. The epoch is made of the time, so that none comes back with an old dump; under
-- a new one the numbers may begin again.
local now = redis.call('TIME')
local epoch = now[1] * 1000000 + now[2]
local old = redis.call('HGET', KEYS[1], 'epoch')
if old and tonumber(old) >= epoch then
  epoch = tonumber(old) + 1
end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'epoch', string.format('%.0f', epoch))
return 1
