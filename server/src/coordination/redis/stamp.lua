-- KEYS: generations. ARGV: topics. Gives the source, the epoch and the topics' numbers.
local replication = redis.call('INFO', 'replication')
if not string.find(replication, 'role:master', 1, true) then
  return { err = 'READONLY a replica may be behind' }
end
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
local history = string.match(replication, 'master_replid:(%x+)')
-- Gone with the numbers, by eviction or by hand: numbers that begin again must not look the same.
local epoch = redis.call('HGET', KEYS[1], 'epoch')
if not epoch then
  local now = redis.call('TIME')
  epoch = string.format('%.0f', now[1] * 1000000 + now[2])
  redis.call('HSET', KEYS[1], 'epoch', epoch)
end
local answer = { string.sub(run, 1, 16) .. string.sub(history, 1, 16), epoch }
-- unpack() takes no more than some thousands.
for first = 1, #ARGV, 1000 do
  local last = math.min(first + 999, #ARGV)
  local numbers = redis.call('HMGET', KEYS[1], unpack(ARGV, first, last))
  for _, number in ipairs(numbers) do
    answer[#answer + 1] = number or '0'
  end
end
return answer
