-- Posts notes for a fixed time, each request as a client of the real server sends it: a bearer token, an
-- idempotency key that was never used before, a small JSON body. The yardstick gets the very same requests.
--
--   BENCH_KEYS     file with one stream key a line; each post goes to a random one
--   BENCH_TOKENS   file with one bearer token a line; taken in turn
--   BENCH_STREAMS  the streams in the path (escalations), BENCH_COMMAND the command (post-note), BENCH_BODY its body
--   BENCH_RUN      a word that no other run used, for the idempotency keys
--   BENCH_SECONDS  for how long requests are sent; wrk itself runs a second longer
--   BENCH_STATUSES set: count each status (slower: wrk then parses every answer for us)
--
-- wrk cuts off what is under way when its time is up: the database has those rows and nobody counted the answers.
-- So sending stops a second earlier (an empty request sends nothing), and answers and rows must agree exactly.
local ffi = require("ffi")
ffi.cdef [[ typedef struct { long seconds, microseconds; } moment; int gettimeofday(moment *now, void *zone); ]]
local moment = ffi.new("moment")

local function now()
    ffi.C.gettimeofday(moment, nil)
    return tonumber(moment.seconds) + tonumber(moment.microseconds) / 1e6
end

local function lines(variable)
    local found, path = {}, assert(os.getenv(variable), variable .. " is not set")
    for line in io.lines(path) do found[#found + 1] = line end
    return found
end

local threads = {}

function setup(thread)
    threads[#threads + 1] = thread
    thread:set("number", #threads)
end

local keys, tokens, prefix, deadline, before_token, after_key
local count, body = 0, os.getenv("BENCH_BODY") or '{"text":"Second camera angle found, the stream is still up; asking the product team for the list of re-uploads."}'
local seconds = tonumber(os.getenv("BENCH_SECONDS"))

function init()
    keys, tokens = lines("BENCH_KEYS"), lines("BENCH_TOKENS")
    math.randomseed(os.time() + number * 7919)
    prefix = os.getenv("BENCH_RUN") .. "-" .. number .. "-"
    before_token = "/" .. (os.getenv("BENCH_COMMAND") or "post-note") .. " HTTP/1.1\r\nHost: " .. wrk.headers["Host"]
        .. "\r\nContent-Type: application/json\r\nContent-Length: " .. #body .. "\r\nAuthorization: Bearer "
end

function request()
    local time = now()
    deadline = deadline or time + seconds
    if time >= deadline then return "" end
    count = count + 1
    return "POST /v1/" .. (os.getenv("BENCH_STREAMS") or "escalations") .. "/" .. keys[math.random(#keys)] .. before_token .. tokens[count % #tokens + 1]
        .. "\r\nIdempotency-Key: " .. prefix .. count .. "\r\n\r\n" .. body
end

if os.getenv("BENCH_STATUSES") then
    statuses = {}
    function response(status) statuses[status] = (statuses[status] or 0) + 1 end
end

function done(summary, latency)
    local errors = summary.errors
    print(string.format("BENCH requests=%d failed=%d broken=%d late=%d p50=%.3f p99=%.3f max=%.3f",
        summary.requests, errors.status, errors.connect + errors.read + errors.write, errors.timeout,
        latency:percentile(50) / 1000, latency:percentile(99) / 1000, latency.max / 1000))
    if not os.getenv("BENCH_STATUSES") then return end
    for index, thread in ipairs(threads) do
        for status, times in pairs(thread:get("statuses")) do
            print(string.format("thread %d: %d answers with status %d", index, times, status))
        end
    end
end
