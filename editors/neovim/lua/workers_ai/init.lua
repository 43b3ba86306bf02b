-- AI code actions by a language server: `:WorkersAI`, and the same as functions for key mappings.

local clients = require("workers_ai.client")

local M = {}

---@param client vim.lsp.Client
---@param action string
---@param place workers_ai.Place
---@param instruction? string
local function act(client, action, place, instruction)
  -- The server remembers what others have reported there; it reads one request after the other.
  client:request("textDocument/codeAction", {
    textDocument = { uri = place.uri },
    range = place.range,
    context = { diagnostics = {}, triggerKind = vim.lsp.protocol.CodeActionTriggerKind.Automatic },
  }, function() end)
  clients.command(client, action, {
    uri = place.uri,
    range = place.range,
    instruction = instruction,
  })
end

---@param lines? workers_ai.Lines
---@return vim.lsp.Client?, workers_ai.Place?
local function server_and_place(lines)
  local client = clients.here()
  if not client then
    return
  end
  local place = require("workers_ai.place")
  local encoding = client.offset_encoding
  return client, lines and place.of(lines, encoding) or place.here(encoding)
end

---@param action string
---@return fun(instruction?: string, lines?: workers_ai.Lines)
local function acting(action)
  return function(instruction, lines)
    local client, place = server_and_place(lines)
    if client and place then
      act(client, action, place, instruction)
    end
  end
end

-- Each of these takes an instruction, if there is one, and lines; without lines they work on what is
-- selected, or else on the function or class around the cursor.

---Explain the code; the explanation grows in a split beside it.
M.explain = acting("explain")

---Refactor the code.
M.refactor = acting("refactor")

---Write tests for the code.
M.tests = acting("tests")

---Show what would be sent to the model, and send nothing.
M.prompt = acting("prompt")

---Change the code as an instruction says, which is asked for unless it is given.
---@param instruction? string
---@param lines? workers_ai.Lines
function M.edit(instruction, lines)
  local client, place = server_and_place(lines)
  if not client or not place then
    return
  end
  if instruction then
    return act(client, "edit", place, instruction)
  end
  vim.ui.input({ prompt = "Edit: " }, function(given)
    if given and given ~= "" then
      act(client, "edit", place, given)
    end
  end)
end

---Cancel whatever runs.
function M.cancel()
  for _, client in ipairs(clients.all()) do
    clients.command(client, "cancel")
  end
end

---Make the edit that waits.
function M.apply()
  require("workers_ai.difference").apply()
end

---Forget the edit that waits.
function M.discard()
  require("workers_ai.difference").discard()
end

---Choose the model that answers, from now on and until Neovim ends.
---@param id? string asked for unless it is given
function M.model(id)
  require("workers_ai.choosing").model(id)
end

---Choose one of the answers so far, and show it again.
function M.history()
  require("workers_ai.choosing").answer()
end

---Start the servers again.
function M.restart()
  clients.restart()
end

---What runs, for the statusline: `%{v:lua.require'workers_ai'.status()}`.
---@return string
function M.status()
  return require("workers_ai.progress").status()
end

return M
