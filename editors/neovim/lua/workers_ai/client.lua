-- The servers: one for each project, and the one that works on a buffer.

local message = require("workers_ai.message")

local M = {}

M.name = "workers_ai"

---@return vim.lsp.Client[]
function M.all()
  return vim.tbl_filter(function(client)
    return not client:is_stopped()
  end, vim.lsp.get_clients({ name = M.name }))
end

---The server that works on the current buffer; without one, the user is told what to do.
---@return vim.lsp.Client?
function M.here()
  local client = vim.lsp.get_clients({ name = M.name, bufnr = 0 })[1]
  if client and not client:is_stopped() then
    return client
  end
  if vim.bo.buftype ~= "" or vim.bo.filetype == "" then
    message.warn("This buffer is no source file: go to one, or set its 'filetype'.")
  else
    message.warn(
      "No AI server works on this buffer: :WorkersAI restart, or :checkhealth workers_ai"
    )
  end
end

---Any server, for what is about no buffer in particular: the one of this buffer if it has one.
---@return vim.lsp.Client?
function M.any()
  local here = vim.lsp.get_clients({ name = M.name, bufnr = 0 })[1]
  local client = here and not here:is_stopped() and here or M.all()[1]
  if not client then
    message.warn("No AI server runs: open a source file, or :checkhealth workers_ai")
  end
  return client
end

---Run a command of a server; it answers at once, and what comes of it comes later.
---@param client vim.lsp.Client
---@param name string without "workers-ai."
---@param argument? table
function M.command(client, name, argument)
  local command = "workers-ai." .. name
  client:exec_cmd({ title = command, command = command, arguments = { argument } })
end

---The program that is started for the server, with other arguments.
---@param ... string
---@return string[]
function M.program(...)
  local configured = (vim.lsp.config[M.name] or {}).cmd
  local program = type(configured) == "table" and configured[1] or "workers-ai-ls"
  return { program, ... }
end

---Stop all servers and start them again, those too that have died.
function M.restart()
  for _, client in ipairs(M.all()) do
    client:stop()
  end
  vim.lsp.enable(M.name)
end

return M
