-- How the jobs stand, for the statusline.

local M = {}

---@class workers_ai.Running
---@field client integer
---@field title string
---@field message string

---By client and token, which each server counts for itself.
---@type table<string, workers_ai.Running>
local running = {}

---@param client integer
---@param params lsp.ProgressParams
function M.take(client, params)
  local value = params.value
  local key = ("%d %s"):format(client, params.token)
  if value.kind == "end" then
    running[key] = nil
  else
    local one = running[key] or { title = "", message = "" }
    running[key] = {
      client = client,
      title = value.title or one.title,
      message = value.message or one.message,
    }
  end
  vim.schedule(function()
    vim.cmd.redrawstatus({ bang = true })
  end)
end

---What runs, in words: "AI: Refactor: 42 tokens".
---@return string status empty while nothing runs
function M.status()
  local texts = {}
  for key, one in pairs(running) do
    local client = vim.lsp.get_client_by_id(one.client)
    if not client or client:is_stopped() then
      running[key] = nil -- it died in the middle
    else
      table.insert(texts, one.message == "" and one.title or (one.title .. ": " .. one.message))
    end
  end
  table.sort(texts)
  return table.concat(texts, " · ")
end

return M
