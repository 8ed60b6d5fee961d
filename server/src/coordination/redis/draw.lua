-- KEYS: buckets, each once. ARGV: how many draws there are, and so many times what a bucket holds may be owed; for each
-- draw, how many buckets it is of, and for each of these its place among KEYS, the microseconds until it has one more,
-- how many it holds, and what is done: take, look, count or return. Gives for each draw 0 and 0, or the place of the
-- bucket, among those of the draw, that lacks one for longest, and for how many microseconds. A draw takes from all of
-- its buckets or from none, and sees what those before it took. Kept is the moment at which a bucket is full. What is
-- counted may be owed.
local draws, most_owed = tonumber(ARGV[1]), tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
-- When each is full, and which of them are to be written.
local known, changed = {}, {}
for first = 1, #KEYS, 1000 do
  local last = math.min(first + 999, #KEYS)
  for i, value in ipairs(redis.call('MGET', unpack(KEYS, first, last))) do
    known[first + i - 1] = tonumber(value or 0)
  end
end
local answer = {}
local at = 3
for draw = 1, draws do
  local buckets = tonumber(ARGV[at])
  local longest, empty = 0, 0
  local full = {}
  for i = 1, buckets do
    local from = at + 4 * i - 3
    local place, each, holds, how =
      tonumber(ARGV[from]), tonumber(ARGV[from + 1]), tonumber(ARGV[from + 2]), ARGV[from + 3]
    local whole = each * holds
    local most = whole
    if how == 'look' or how == 'count' then
      most = whole * (most_owed + 1)
    end
    -- Another server's clock may have been ahead.
    local seen = math.min(math.max(known[place], now), now + most)
    local before = math.min(math.max(full[place] or seen, now), now + most)
    local wait = seen + each - now - whole
    if (how == 'take' or how == 'look') and wait > longest then
      longest, empty = wait, i
    end
    if how == 'return' then
      full[place] = math.max(before - each, now)
    elseif how ~= 'look' then
      full[place] = math.min(before + each, now + most)
    end
  end
  at = at + 4 * buckets + 1
  answer[2 * draw - 1], answer[2 * draw] = empty, longest
  if empty == 0 then
    for place, moment in pairs(full) do
      known[place], changed[place] = moment, true
    end
  end
end
for place in pairs(changed) do
  local left = math.max(1, math.ceil((known[place] - now) / 1000))
  redis.call('SET', KEYS[place], string.format('%.0f', known[place]), 'PX', string.format('%.0f', left))
end
return answer
