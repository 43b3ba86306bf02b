-- AI code actions by a language server: `:WorkersAI`, and the same as functions for key mappings.

local client = require("workers_ai.client")
local message = require("workers_ai.message")

local M = {}

---Lines of a buffer, from 1. A single line means the function or class around it.
---@class workers_ai.Lines
---@field first integer
---@field last integer

---The lines that are selected, or the one with the cursor.
---@return workers_ai.Lines
local function here()
  local first, last = vim.fn.line("v"), vim.fn.line(".")
  return { first = math.min(first, last), last = math.max(first, last) }
end

---Have the server look at the place first: it remembers what others have reported there.
---@param lines workers_ai.Lines
---@param ready fun()
local function with_diagnostics(lines, ready)
  local server = client.of()
  if not server then
    return ready()
  end
  local buffer = vim.api.nvim_get_current_buf()
  server:request("textDocument/codeAction", {
    textDocument = vim.lsp.util.make_text_document_params(buffer),
    range = {
      start = { line = lines.first - 1, character = 0 },
      ["end"] = { line = lines.last, character = 0 },
    },
    context = { diagnostics = {}, triggerKind = 1 },
  }, function()
    vim.api.nvim_buf_call(buffer, ready)
  end, buffer)
end

---@param action string
---@param lines? workers_ai.Lines
---@param instruction? string
local function act(action, lines, instruction)
  local place = lines or here()
  local path = vim.uri_from_bufnr(0)
  with_diagnostics(place, function()
    client.command(action, path, place.first, place.last, instruction)
  end)
end

---Explain the code; the explanation grows in a split beside it.
---@param lines? workers_ai.Lines
---@param instruction? string a question
function M.explain(lines, instruction)
  act("explain", lines, instruction)
end

---Refactor the code.
---@param lines? workers_ai.Lines
---@param instruction? string what to mind
function M.refactor(lines, instruction)
  act("refactor", lines, instruction)
end

---Write tests for the code.
---@param lines? workers_ai.Lines
---@param instruction? string what to test
function M.tests(lines, instruction)
  act("tests", lines, instruction)
end

---Show what would be sent to the model, and send nothing.
---@param lines? workers_ai.Lines
function M.prompt(lines)
  act("prompt", lines)
end

---Change the code as an instruction says, which is asked for unless it is given.
---@param lines? workers_ai.Lines
---@param instruction? string
function M.edit(lines, instruction)
  local place = lines or here()
  if instruction and instruction ~= "" then
    return act("edit", place, instruction)
  end
  vim.ui.input({ prompt = "Edit: " }, function(given)
    if given and given ~= "" then
      act("edit", place, given)
    end
  end)
end

---Cancel whatever runs.
function M.cancel()
  client.command("cancel")
end

---Make the edit that waits.
function M.apply()
  require("workers_ai.difference").apply()
end

---Forget the edit that waits.
function M.discard()
  require("workers_ai.difference").discard()
end

---Run the program and hand over what it prints as JSON.
---@param arguments string[]
---@param take fun(value: any)
local function ask_program(arguments, take)
  local program = client.program(unpack(arguments))
  local function finished(done)
    local ok, value = pcall(vim.json.decode, done.stdout or "", { luanil = { object = true } })
    if done.code ~= 0 or not ok then
      return message.warn(
        vim.trim(done.stderr or "") ~= "" and vim.trim(done.stderr) or "Nothing was found."
      )
    end
    take(value)
  end
  local started = pcall(vim.system, program, { text = true }, vim.schedule_wrap(finished))
  if not started then
    message.warn(("%s was not found: see :checkhealth workers_ai."):format(program[1]))
  end
end

---@param id string
local function use_model(id)
  if (vim.env.WORKERS_AI_MODEL or "") ~= "" then
    return message.warn(
      ("WORKERS_AI_MODEL goes before any choice: it says %s. Unset it and start Neovim again."):format(
        vim.env.WORKERS_AI_MODEL
      )
    )
  end
  local server = client.of()
  if not server then
    return message.warn("No AI server runs for this buffer: see :checkhealth workers_ai.")
  end
  server.settings =
    vim.tbl_deep_extend("force", server.settings or {}, { workersAI = { model = id } })
  server:notify("workspace/didChangeConfiguration", { settings = server.settings })
  vim.notify(("%s answers from now on, until Neovim ends."):format(id))
end

---Choose the model that answers, from now on and until Neovim ends.
---@param id? string asked for unless it is given
function M.model(id)
  if id and id ~= "" then
    return use_model(id)
  end
  ask_program({ "models", "--json" }, function(models)
    local live = vim.tbl_filter(function(model)
      return model.status == "live"
    end, models)
    vim.ui.select(live, {
      prompt = "Model",
      format_item = function(model)
        return ("%s (window %d)"):format(model.id, model.context_window)
      end,
    }, function(model)
      if model then
        use_model(model.id)
      end
    end)
  end)
end

---Choose one of the answers so far, and show it again.
function M.history()
  ask_program({ "history", "--json" }, function(entries)
    vim.ui.select(entries, {
      prompt = "Answers",
      format_item = function(entry)
        local file = vim.fn.fnamemodify(vim.uri_to_fname(entry.uri), ":t")
        return ("%d  %s  %s  %s  %s"):format(
          entry.number,
          entry.time,
          entry.action,
          file,
          entry.outcome
        )
      end,
    }, function(entry)
      if entry then
        client.command("showLastAnswer", { entry = entry.number })
      end
    end)
  end)
end

---What runs, for the statusline: `%{v:lua.require'workers_ai'.status()}`.
---@return string
function M.status()
  return require("workers_ai.progress").status()
end

return M
