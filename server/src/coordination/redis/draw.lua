-- KEYS: what the buckets of each draw are kept under, draw by draw; those of one key are one value. ARGV: how many kinds
-- of draws there are, and so many times what a bucket holds may be owed; for each kind, of how many keys and of how many
-- buckets it is, and for each of these under which of its keys it is, its name there, the microseconds until it has one
-- more, how many it holds, and what is done: take, look, count or return; then the kind of each draw. Gives for each
-- draw 0 and 0, or the place of the bucket, among those of the draw, that lacks one for longest, and for how many
-- microseconds. A draw takes from all of its buckets or from none, and sees what those before it took. Kept is the
-- moment at which a bucket is full. What is counted may be owed.
local count_kinds, most_owed = tonumber(ARGV[1]), tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
-- They are the same for most of a crowd, and so are read once.
local kinds, at = {}, 3
for n = 1, count_kinds do
  local kind = { keys = tonumber(ARGV[at]) }
  local buckets = tonumber(ARGV[at + 1])
  at = at + 2
  for i = 1, buckets do
    local each, how = tonumber(ARGV[at + 2]), ARGV[at + 4]
    local whole = each * tonumber(ARGV[at + 3])
    local bucket = {
      place = tonumber(ARGV[at]), name = ARGV[at + 1], each = each, whole = whole, most = whole, how = how, first = i,
    }
    if how == 'look' or how == 'count' then
      bucket.most = whole * (most_owed + 1)
    end
    for other = 1, i - 1 do
      if kind[other].place == bucket.place and kind[other].name == bucket.name then
        bucket.first = kind[other].first
      end
    end
    kind[i] = bucket
    at = at + 5
  end
  kinds[n] = kind
end
-- When each is full, by key and name, and which keys are to be written.
local known, changed = {}, {}
for first = 1, #KEYS, 1000 do
  local last = math.min(first + 999, #KEYS)
  for i, value in ipairs(redis.call('MGET', unpack(KEYS, first, last))) do
    local key = KEYS[first + i - 1]
    if not known[key] then
      local moments = {}
      if value then
        for name, moment in string.gmatch(value, '([^ =]+)=(%d+)') do
          moments[name] = tonumber(moment)
        end
      end
      known[key] = moments
    end
  end
end
local answer = {}
local keys_before = 0
for draw = 1, #ARGV - at + 1 do
  local kind = kinds[tonumber(ARGV[at + draw - 1])]
  local longest, empty = 0, 0
  local full = {}
  for i = 1, #kind do
    local bucket = kind[i]
    local each, whole, most, how, first = bucket.each, bucket.whole, bucket.most, bucket.how, bucket.first
    -- Another server's clock may have been ahead.
    local seen = math.min(math.max(known[KEYS[keys_before + bucket.place]][bucket.name] or 0, now), now + most)
    local before = math.min(math.max(full[first] or seen, now), now + most)
    local wait = seen + each - now - whole
    if (how == 'take' or how == 'look') and wait > longest then
      longest, empty = wait, i
    end
    if how == 'return' then
      full[first] = math.max(before - each, now)
    elseif how ~= 'look' then
      full[first] = math.min(before + each, now + most)
    end
  end
  answer[2 * draw - 1], answer[2 * draw] = empty, longest
  if empty == 0 then
    for i, moment in pairs(full) do
      local bucket = kind[i]
      local key = KEYS[keys_before + bucket.place]
      known[key][bucket.name] = moment
      changed[key] = true
    end
  end
  keys_before = keys_before + kind.keys
end
for key in pairs(changed) do
  local words, last = {}, now
  for name, moment in pairs(known[key]) do
    if moment > now then
      words[#words + 1] = string.format('%s=%.0f', name, moment)
      last = math.max(last, moment)
    end
  end
  if last > now then
    local left = math.ceil((last - now) / 1000)
    redis.call('SET', key, table.concat(words, ' '), 'PX', string.format('%.0f', left))
  else
    redis.call('DEL', key)
  end
end
return answer
