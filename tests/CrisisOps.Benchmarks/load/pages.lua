-- Reads pages, one after the other, as one reader.
--
--   BENCH_PATHS   file with one path a line; taken in turn
--   BENCH_TOKENS  file whose first line is the reader's bearer token
local requests, turn = {}, 0

function init()
    local token = io.lines(os.getenv("BENCH_TOKENS"))()
    for path in io.lines(os.getenv("BENCH_PATHS")) do
        requests[#requests + 1] = wrk.format("GET", path, { Host = wrk.headers["Host"], Authorization = "Bearer " .. token })
    end
end

function request()
    turn = turn % #requests + 1
    return requests[turn]
end

function done(summary, latency)
    local errors = summary.errors
    print(string.format("BENCH requests=%d failed=%d broken=%d late=%d p50=%.3f p99=%.3f max=%.3f",
        summary.requests, errors.status, errors.connect + errors.read + errors.write, errors.timeout,
        latency:percentile(50) / 1000, latency:percentile(99) / 1000, latency.max / 1000))
end
