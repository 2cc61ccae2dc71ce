-- Posts alerts in our own format for a fixed time, each with a reference that was never used before.
--
--   BENCH_DEDUP    file with one dedup key a line; each alert has a random one of them
--   BENCH_TOKENS   file with one key of a source a line; taken in turn
--   BENCH_RUN      a word that no other run used, for the references
--   BENCH_SECONDS  for how long requests are sent; wrk itself runs a second longer: see posting.lua
dofile(debug.getinfo(1, "S").source:match("@(.*/)") .. "posting.lua")

local keys, tokens, prefix, head
local count = 0

function init()
    keys, tokens = lines("BENCH_DEDUP"), lines("BENCH_TOKENS")
    math.randomseed(os.time() + number * 7919)
    prefix = os.getenv("BENCH_RUN") .. "-" .. number .. "-"
    head = "POST /v1/alerts HTTP/1.1\r\nHost: " .. wrk.headers["Host"] .. "\r\nContent-Type: application/json\r\nAuthorization: Bearer "
end

function request()
    if over() then return "" end
    count = count + 1
    local body = '{"externalRef":"' .. prefix .. count .. '","title":"Copies of the attack video from accounts made today","severity":"warning","dedupKey":"' .. keys[math.random(#keys)] .. '"}'
    return head .. tokens[count % #tokens + 1] .. "\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body
end

function done(summary, latency) report(summary, latency) end
