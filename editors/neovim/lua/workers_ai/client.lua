-- The server that works on a buffer.

local M = {}

M.name = "workers_ai"

---@param buffer? integer
---@return vim.lsp.Client?
function M.of(buffer)
  return vim.lsp.get_clients({ name = M.name, bufnr = buffer or 0 })[1]
    or vim.lsp.get_clients({ name = M.name })[1]
end

---Run a command of the server; it answers at once, and what comes of it comes later.
---@param name string without "workers-ai."
---@param ... any
---@return boolean sent
function M.command(name, ...)
  local client = M.of()
  if not client then
    require("workers_ai.message").warn(
      "No AI server runs for this buffer: see :checkhealth workers_ai."
    )
    return false
  end
  local command = "workers-ai." .. name
  client:exec_cmd({ title = command, command = command, arguments = { ... } })
  return true
end

---The program that is started for the server, with other arguments.
---@param ... string
---@return string[]
function M.program(...)
  local configured = (vim.lsp.config[M.name] or {}).cmd
  local program = type(configured) == "table" and configured[1] or "workers-ai-ls"
  return { program, ... }
end

return M
