-- How the jobs stand, for the statusline.

local M = {}

---@class workers_ai.Running
---@field title string
---@field message string

---@type table<string|integer, workers_ai.Running>
local running = {}

---@param params lsp.ProgressParams
function M.take(params)
  local value = params.value
  local one = running[params.token] or { title = "", message = "" }
  if value.kind == "end" then
    running[params.token] = nil
  else
    running[params.token] = {
      title = value.title or one.title,
      message = value.message or one.message,
    }
  end
  vim.schedule(function()
    vim.cmd("redrawstatus!")
  end)
end

---What runs, in words: "AI: Refactor: 42 tokens".
---@return string status empty while nothing runs
function M.status()
  local texts = {}
  for _, one in pairs(running) do
    table.insert(texts, one.message == "" and one.title or (one.title .. ": " .. one.message))
  end
  table.sort(texts)
  return table.concat(texts, " · ")
end

return M
