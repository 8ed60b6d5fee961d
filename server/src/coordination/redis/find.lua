-- KEYS: entry, lease. ARGV: token, the lease's milliseconds.
local value = redis.call('GET', KEYS[1])
if value then
  return { 'entry', value, redis.call('PTTL', KEYS[1]) }
end
if redis.call('SET', KEYS[2], ARGV[1], 'NX', 'PX', ARGV[2]) then
  return { 'lease', '', 0 }
end
return { 'being made', '', 0 }
