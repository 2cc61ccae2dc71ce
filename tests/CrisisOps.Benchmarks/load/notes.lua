-- Posts notes for a fixed time, each request as a client of the real server sends it: a bearer token, an
-- idempotency key that was never used before, a small JSON body. The yardstick gets the very same requests.
--
--   BENCH_KEYS     file with one stream key a line; each post goes to a random one
--   BENCH_TOKENS   file with one bearer token a line; taken in turn
--   BENCH_STREAMS  the streams in the path (escalations), BENCH_COMMAND the command (post-note), BENCH_BODY its body
--   BENCH_RUN      a word that no other run used, for the idempotency keys
--   BENCH_SECONDS  for how long requests are sent; wrk itself runs a second longer
--   BENCH_STATUSES set: count each status (slower: wrk then parses every answer for us)
dofile(debug.getinfo(1, "S").source:match("@(.*/)") .. "posting.lua")

local keys, tokens, prefix, before_token
local count, body = 0, os.getenv("BENCH_BODY") or '{"text":"Second camera angle found, the stream is still up; asking the product team for the list of re-uploads."}'

function init()
    keys, tokens = lines("BENCH_KEYS"), lines("BENCH_TOKENS")
    math.randomseed(os.time() + number * 7919)
    prefix = os.getenv("BENCH_RUN") .. "-" .. number .. "-"
    before_token = "/" .. (os.getenv("BENCH_COMMAND") or "post-note") .. " HTTP/1.1\r\nHost: " .. wrk.headers["Host"]
        .. "\r\nContent-Type: application/json\r\nContent-Length: " .. #body .. "\r\nAuthorization: Bearer "
end

function request()
    if over() then return "" end
    count = count + 1
    return "POST /v1/" .. (os.getenv("BENCH_STREAMS") or "escalations") .. "/" .. keys[math.random(#keys)] .. before_token .. tokens[count % #tokens + 1]
        .. "\r\nIdempotency-Key: " .. prefix .. count .. "\r\n\r\n" .. body
end

if os.getenv("BENCH_STATUSES") then
    statuses = {}
    function response(status) statuses[status] = (statuses[status] or 0) + 1 end
end

function done(summary, latency)
    report(summary, latency)
    if not os.getenv("BENCH_STATUSES") then return end
    for index, thread in ipairs(threads) do
        for status, times in pairs(thread:get("statuses")) do
            print(string.format("thread %d: %d answers with status %d", index, times, status))
        end
    end
end
