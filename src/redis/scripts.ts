/**
 * What has to happen in one step. Each script touches keys of one slot only. Numbers come in and go
 * out as texts: Lua would cut off what is behind the point.
 */
export const scripts = {
  /**
   * A value, or the lease to find it out, or 0 when somebody else has that. Never more of a value
   * than its largest size and one octet, so that a larger one is seen to be so.
   */
  readOrLease: {
    numberOfKeys: 2,
    lua: `
local value = redis.call('GETRANGE', KEYS[1], 0, ARGV[1])
if #value > 0 then return value end
if redis.call('SET', KEYS[2], ARGV[2], 'NX', 'PX', ARGV[3]) then return 1 end
return 0`,
  },
  /** Writes a value, and gives the lease back if it is still one's own. */
  writeAndRelease: {
    numberOfKeys: 2,
    lua: `
if ARGV[2] ~= '' then redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) end
if redis.call('GET', KEYS[2]) == ARGV[1] then redis.call('DEL', KEYS[2]) end
return 1`,
  },
  /**
   * Puts what was taken into buckets (three numbers each: the time that one piece takes to come
   * back, the time that all of them take, the pieces taken) and says how far each is from full, in
   * milliseconds. The clock is the server's: those of the sidecars do not matter. Nobody owes more
   * than one bucket: what was taken beyond that is forgiven.
   */
  settleBuckets: {
    numberOfKeys: null,
    lua: `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local spent = {}
for i, key in ipairs(KEYS) do
  local capacity = tonumber(ARGV[3 * i - 1])
  local kept = redis.pcall('GET', key)
  local until_full = type(kept) == 'string' and tonumber(kept) or now
  if not (until_full >= now) then until_full = now end
  until_full = math.min(until_full + ARGV[3 * i - 2] * ARGV[3 * i], now + 2 * capacity)
  local left = until_full - now
  if left > 0 then
    redis.call('SET', key, string.format('%.3f', until_full), 'PX', math.ceil(left) + 1000)
  end
  spent[i] = string.format('%.3f', left)
end
return spent`,
  },
} as const
