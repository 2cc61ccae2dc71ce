-- What the scripts that post for a fixed time share; wrk runs each script once in the main state and once for each thread.
--
-- wrk cuts off what is under way when its time is up: the database has those rows and nobody counted the answers.
-- So sending stops a second earlier (an empty request sends nothing), and answers and rows must agree exactly.
local ffi = require("ffi")
ffi.cdef [[ typedef struct { long seconds, microseconds; } moment; int gettimeofday(moment *now, void *zone); ]]
local moment = ffi.new("moment")
local deadline

function lines(variable)
    local found, path = {}, assert(os.getenv(variable), variable .. " is not set")
    for line in io.lines(path) do found[#found + 1] = line end
    return found
end

-- True once BENCH_SECONDS have gone by since it was first asked.
function over()
    ffi.C.gettimeofday(moment, nil)
    local time = tonumber(moment.seconds) + tonumber(moment.microseconds) / 1e6
    deadline = deadline or time + tonumber(os.getenv("BENCH_SECONDS"))
    return time >= deadline
end

threads = {}

function setup(thread)
    threads[#threads + 1] = thread
    thread:set("number", #threads)
end

function report(summary, latency)
    local errors = summary.errors
    print(string.format("BENCH requests=%d failed=%d broken=%d late=%d p50=%.3f p99=%.3f max=%.3f",
        summary.requests, errors.status, errors.connect + errors.read + errors.write, errors.timeout,
        latency:percentile(50) / 1000, latency:percentile(99) / 1000, latency.max / 1000))
end
