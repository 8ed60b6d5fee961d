-- KEYS: fence, locks. ARGV: token, milliseconds. Gives the fencing number, or 0 where one is held.
for i = 2, #KEYS do
  if redis.call('EXISTS', KEYS[i]) == 1 then
    return 0
  end
end
for i = 2, #KEYS do
  redis.call('SET', KEYS[i], ARGV[1], 'PX', ARGV[2])
end
-- Made of the time, so that it rises past whatever was granted before the data were lost.
local now = redis.call('TIME')
local fence = now[1] * 1000000 + now[2]
local old = redis.call('GET', KEYS[1])
if old and tonumber(old) >= fence then
  fence = tonumber(old) + 1
end
redis.call('SET', KEYS[1], string.format('%.0f', fence))
return fence
