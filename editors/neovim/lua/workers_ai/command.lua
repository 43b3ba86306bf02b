-- `:WorkersAI`: what it takes, and what stands for what.

local M = {}

local with_place = { "explain", "refactor", "tests", "edit", "prompt" }
local without = { "apply", "cancel", "discard", "history", "model", "restart" }

---All that can follow `:WorkersAI`, sorted.
---@return string[]
function M.names()
  local names = vim.list_extend(vim.deepcopy(with_place), without)
  table.sort(names)
  return names
end

---The lines of a call; without a range, what is selected (in a `<Cmd>` mapping) or the cursor. A
---range of one number is a place for the cursor, as in `:5WorkersAI explain`.
---@param call vim.api.keyset.create_user_command.command_args
---@return workers_ai.Lines?
local function lines_of(call)
  if call.range == 1 then
    vim.api.nvim_win_set_cursor(0, { call.line1, 0 })
  end
  return call.range == 2 and { call.line1, call.line2 } or nil
end

---@param call vim.api.keyset.create_user_command.command_args
function M.run(call)
  local name, rest = call.args:match("^(%S+)%s*(.-)%s*$")
  if vim.list_contains(with_place, name) then
    require("workers_ai")[name](rest ~= "" and rest or nil, lines_of(call))
  elseif vim.list_contains(without, name) then
    require("workers_ai")[name](rest ~= "" and rest or nil)
  else
    require("workers_ai.message").warn(
      (":WorkersAI takes %s."):format(table.concat(M.names(), ", "))
    )
  end
end

---@param lead string
---@param line string
---@return string[]
function M.complete(lead, line)
  if line:match("WorkersAI%s+%S+%s") then
    return {}
  end
  return vim.tbl_filter(function(name)
    return vim.startswith(name, lead)
  end, M.names())
end

return M
