-- KEYS: locks, and for each of these what says that it is wanted. ARGV: token, and where it is told which are free.
-- Deletes what is still held by the token, and counts it.
local locks = #KEYS / 2
local released = 0
for i = 1, locks do
  if redis.call('GET', KEYS[i]) == ARGV[1] then
    released = released + redis.call('DEL', KEYS[i])
    if redis.call('EXISTS', KEYS[locks + i]) == 1 then
      redis.call('PUBLISH', ARGV[2], KEYS[i])
    end
  end
end
return released
