-- What the server says, as a notification that nobody has to confirm.

local M = {}

---@type table<lsp.MessageType, integer>
local levels = {
  [vim.lsp.protocol.MessageType.Error] = vim.log.levels.ERROR,
  [vim.lsp.protocol.MessageType.Warning] = vim.log.levels.WARN,
  [vim.lsp.protocol.MessageType.Info] = vim.log.levels.INFO,
}

---Rows of the command line before a long message, while it has more of them.
---@type integer?
local rows_before

---Whether notifications are Neovim's own, in the command line; its Lua is built in.
---@return boolean
local function in_command_line()
  return vim.startswith(debug.getinfo(vim.notify, "S").source, "@vim/")
end

---Make the command line high enough, until the cursor moves: Neovim asks for Enter after a message
---that does not fit.
---@param sentence string
local function make_room(sentence)
  local width = vim.fn.strdisplaywidth(sentence)
  local free = math.max(vim.v.echospace, 1)
  local rows = 1 + math.max(0, math.ceil((width - free) / vim.o.columns))
  if rows <= math.max(vim.o.cmdheight, 1) or rows > vim.o.lines / 2 then
    return
  end
  rows_before = rows_before or vim.o.cmdheight
  vim.o.cmdheight = rows
  vim.api.nvim_create_autocmd({ "CursorMoved", "CursorMovedI", "InsertEnter", "CmdlineEnter" }, {
    group = vim.api.nvim_create_augroup("workers_ai_message", {}),
    once = true,
    callback = function()
      vim.o.cmdheight, rows_before = rows_before or vim.o.cmdheight, nil
    end,
  })
end

---@param sentence string
---@param level integer
local function notify(sentence, level)
  if in_command_line() then
    make_room(sentence)
  end
  vim.notify(sentence, level, { title = "Workers AI" })
end

---@param params lsp.ShowMessageParams
function M.show(params)
  notify(params.message, levels[params.type] or vim.log.levels.INFO)
end

---@param sentence string
function M.warn(sentence)
  notify(sentence, vim.log.levels.WARN)
end

---@param sentence string
function M.info(sentence)
  notify(sentence, vim.log.levels.INFO)
end

return M
