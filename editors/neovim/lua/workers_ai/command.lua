-- `:WorkersAI`: what it takes, and what stands for what.

local M = {}

---@type table<string, fun(lines: workers_ai.Lines, rest: string)>
local does = {}

for _, name in ipairs({ "explain", "refactor", "tests", "edit" }) do
  does[name] = function(lines, rest)
    require("workers_ai")[name](lines, rest)
  end
end
function does.prompt(lines)
  require("workers_ai").prompt(lines)
end
function does.model(_, rest)
  require("workers_ai").model(rest)
end
for _, name in ipairs({ "cancel", "apply", "discard", "history" }) do
  does[name] = function()
    require("workers_ai")[name]()
  end
end

---@return string[]
function M.names()
  local names = vim.tbl_keys(does)
  table.sort(names)
  return names
end

---@param call vim.api.keyset.create_user_command.command_args
function M.run(call)
  local name, rest = call.args:match("^(%S+)%s*(.-)%s*$")
  local lines = { first = call.line1, last = call.line2 }
  if not does[name] then
    return require("workers_ai.message").warn(
      (":WorkersAI takes %s."):format(table.concat(M.names(), ", "))
    )
  end
  does[name](lines, rest)
end

---@param lead string
---@param line string
---@return string[]
function M.complete(lead, line)
  if line:match("^%S+%s+%S*$") == nil and line:match("WorkersAI%s+%S+%s") then
    return {}
  end
  return vim.tbl_filter(function(name)
    return vim.startswith(name, lead)
  end, M.names())
end

return M
