-- KEYS: generations. ARGV: topics.
for _, topic in ipairs(ARGV) do
  redis.call('HINCRBY', KEYS[1], topic, 1)
end
return #ARGV
