-- KEYS: buckets. ARGV: for each, the microseconds until it has one more, how many it holds, and what is
-- done: take, look, count or return. Gives 0 and 0, or the place of the bucket that lacks one for longest, and
-- for how many microseconds. Kept is the moment at which a bucket is full. What is counted may be owed: so many
-- times what the bucket holds as the last of ARGV says.
local most_owed = tonumber(ARGV[#ARGV])
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local longest, empty = 0, 0
local full = {}
for i, key in ipairs(KEYS) do
  local each, holds = tonumber(ARGV[3 * i - 2]), tonumber(ARGV[3 * i - 1])
  local whole = each * holds
  local how = ARGV[3 * i]
  local most = whole
  if how == 'look' or how == 'count' then
    most = whole * (most_owed + 1)
  end
  -- Another server's clock may have been ahead.
  local from = math.min(math.max(tonumber(redis.call('GET', key) or 0), now), now + most)
  local wait = from + each - now - whole
  if (how == 'take' or how == 'look') and wait > longest then
    longest, empty = wait, i
  end
  if how == 'return' then
    full[i] = math.max(from - each, now)
  else
    full[i] = math.min(from + each, now + most)
  end
end
if empty > 0 then
  return { empty, longest }
end
for i, key in ipairs(KEYS) do
  if ARGV[3 * i] ~= 'look' then
    local left = math.max(1, math.ceil((full[i] - now) / 1000))
    redis.call('SET', key, string.format('%.0f', full[i]), 'PX', string.format('%.0f', left))
  end
end
return { 0, 0 }
