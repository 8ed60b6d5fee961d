-- KEYS: locks, and for each of these what says that it is wanted. ARGV: token, and where it is told that one is free.
-- Deletes what is still held by the token, and counts it.
local locks = #KEYS / 2
local released = 0
local is_wanted = false
for i = 1, locks do
  if redis.call('GET', KEYS[i]) == ARGV[1] then
    released = released + redis.call('DEL', KEYS[i])
    is_wanted = is_wanted or redis.call('EXISTS', KEYS[locks + i]) == 1
  end
end
if is_wanted then
  redis.call('PUBLISH', ARGV[2], '')
end
return released
