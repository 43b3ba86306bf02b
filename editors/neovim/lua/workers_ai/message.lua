-- What the server says, as a notification that nobody has to confirm.

local M = {}

local levels = {
  [vim.lsp.protocol.MessageType.Error] = vim.log.levels.ERROR,
  [vim.lsp.protocol.MessageType.Warning] = vim.log.levels.WARN,
  [vim.lsp.protocol.MessageType.Info] = vim.log.levels.INFO,
}

---@param params lsp.ShowMessageParams
function M.show(params)
  vim.notify(params.message, levels[params.type] or vim.log.levels.INFO, { title = "Workers AI" })
end

---@param sentence string
function M.warn(sentence)
  vim.notify(sentence, vim.log.levels.WARN, { title = "Workers AI" })
end

return M
