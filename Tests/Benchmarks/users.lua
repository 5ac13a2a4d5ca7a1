-- Requests of many users for wrk. The environment says which, as what is on a command line every user of this machine
-- can read:
--   USERS    a file with a line `user token` for each
--   TARGET   what follows /api/USER
--   BODY     makes it a POST of this JSON
--   ORDER    `random`: any user each time, always the same ones; else one after the other
local requests = {}
local isRandom = os.getenv("ORDER") == "random"
local last = 0

function init()
    math.randomseed(42)
    for line in io.lines(os.getenv("USERS")) do
        local user, token = line:match("(%S+) (%S+)")
        local headers = { ["Authorization"] = "Bearer " .. token, ["Content-Type"] = "application/json" }
        requests[#requests + 1] = wrk.format(
            os.getenv("BODY") and "POST" or "GET", "/api/" .. user .. os.getenv("TARGET"), headers, os.getenv("BODY"))
    end
end

function request()
    last = last % #requests + 1
    return requests[isRandom and math.random(#requests) or last]
end
