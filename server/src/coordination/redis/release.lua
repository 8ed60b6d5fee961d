-- KEYS: locks or leases. ARGV: token. Deletes what is still held by the token, and counts it.
local released = 0
for _, key in ipairs(KEYS) do
  if redis.call('GET', key) == ARGV[1] then
    released = released + redis.call('DEL', key)
  end
end
return released
