-- Posts alerts in our own format for a fixed time, each with a reference that was never used before.
--
--   BENCH_DEDUP    file with one dedup key a line; each alert has a random one of them
--   BENCH_TOKENS   file with one key of a source a line; taken in turn
--   BENCH_RUN      a word that no other run used, for the references
--   BENCH_SECONDS  for how long requests are sent; wrk itself runs a second longer: see notes.lua
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

local keys, tokens, prefix, deadline, head
local count, seconds = 0, tonumber(os.getenv("BENCH_SECONDS"))

function init()
    keys, tokens = lines("BENCH_DEDUP"), lines("BENCH_TOKENS")
    math.randomseed(os.time() + number * 7919)
    prefix = os.getenv("BENCH_RUN") .. "-" .. number .. "-"
    head = "POST /v1/alerts HTTP/1.1\r\nHost: " .. wrk.headers["Host"] .. "\r\nContent-Type: application/json\r\nAuthorization: Bearer "
end

function request()
    local time = now()
    deadline = deadline or time + seconds
    if time >= deadline then return "" end
    count = count + 1
    local body = '{"externalRef":"' .. prefix .. count .. '","title":"Copies of the attack video from accounts made today","severity":"warning","dedupKey":"' .. keys[math.random(#keys)] .. '"}'
    return head .. tokens[count % #tokens + 1] .. "\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body
end

function done(summary, latency)
    local errors = summary.errors
    print(string.format("BENCH requests=%d failed=%d broken=%d late=%d p50=%.3f p99=%.3f max=%.3f",
        summary.requests, errors.status, errors.connect + errors.read + errors.write, errors.timeout,
        latency:percentile(50) / 1000, latency:percentile(99) / 1000, latency.max / 1000))
end
