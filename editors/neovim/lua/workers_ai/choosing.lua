-- What is chosen from a list that the program prints: the model, and an earlier answer.

local clients = require("workers_ai.client")
local message = require("workers_ai.message")

local M = {}

---@class workers_ai.Model
---@field id string
---@field status string
---@field context_window integer tokens

---@class workers_ai.Entry
---@field number integer
---@field time string
---@field action string
---@field uri string
---@field outcome string

---Run the program and hand over what it prints as JSON.
---@param arguments string[]
---@param take fun(value: any)
local function ask_program(arguments, take)
  local program = clients.program(unpack(arguments))
  ---@param done vim.SystemCompleted
  local function finished(done)
    local ok, value = pcall(vim.json.decode, done.stdout or "", { luanil = { object = true } })
    if done.code == 0 and ok then
      return take(value)
    end
    local said = vim.trim(done.stderr or "")
    message.warn(said ~= "" and said or ("%s printed no list."):format(table.concat(program, " ")))
  end
  local started = pcall(vim.system, program, { text = true }, vim.schedule_wrap(finished))
  if not started then
    message.warn(("%s was not found: see :checkhealth workers_ai"):format(program[1]))
  end
end

---@param id string
local function use(id)
  local fixed = vim.env.WORKERS_AI_MODEL or ""
  if fixed ~= "" then
    return message.warn(
      ("WORKERS_AI_MODEL goes before any choice: it says %s. Unset it and start Neovim again."):format(
        fixed
      )
    )
  end
  local chosen = { workersAI = { model = id } }
  -- For servers that start later, too.
  vim.lsp.config(clients.name, { settings = chosen })
  for _, client in ipairs(clients.all()) do
    client.settings = vim.tbl_deep_extend("force", client.settings or {}, chosen)
    client:notify("workspace/didChangeConfiguration", { settings = client.settings })
  end
  message.info(("%s answers from now on, until Neovim ends."):format(id))
end

---Choose the model that answers, from now on and until Neovim ends.
---@param id? string asked for unless it is given
function M.model(id)
  if id then
    return use(id)
  end
  ---@param models workers_ai.Model[]
  ask_program({ "models", "--json" }, function(models)
    local live = vim.tbl_filter(function(model)
      return model.status == "live"
    end, models)
    vim.ui.select(live, {
      prompt = "Model",
      ---@param model workers_ai.Model
      format_item = function(model)
        return ("%s (window %d)"):format(model.id, model.context_window)
      end,
    }, function(model)
      if model then
        use(model.id)
      end
    end)
  end)
end

---@param entry workers_ai.Entry
---@return string
local function line_of(entry)
  local name = vim.fs.basename(vim.uri_to_fname(entry.uri))
  local parts = { entry.number, entry.time, entry.action, name, entry.outcome }
  return table.concat(parts, "  ")
end

---Choose one of the answers so far, and show it again.
function M.answer()
  local client = clients.any()
  if not client then
    return
  end
  ---@param entries workers_ai.Entry[]
  ask_program({ "history", "--json" }, function(entries)
    if #entries == 0 then
      return message.info("There are no answers yet.")
    end
    vim.ui.select(entries, { prompt = "Answers", format_item = line_of }, function(entry)
      if entry then
        clients.command(client, "showLastAnswer", { entry = entry.number })
      end
    end)
  end)
end

return M
