-- KEYS: fence, locks, and for each of these what says that it is wanted. ARGV: token, its milliseconds, and for how many
-- it is known that a lock was refused. Gives the fencing number, or 0 where one is held.
local locks = (#KEYS - 1) / 2
local is_held = false
for i = 2, locks + 1 do
  if redis.call('EXISTS', KEYS[i]) == 1 then
    redis.call('SET', KEYS[locks + i], '1', 'PX', ARGV[3])
    is_held = true
  end
end
if is_held then
  return 0
end
for i = 2, locks + 1 do
  redis.call('SET', KEYS[i], ARGV[1], 'PX', ARGV[2])
  redis.call('DEL', KEYS[locks + i])
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
