-- What every server says about the selected code goes along with the request for code actions;
-- Neovim by itself passes on only what the asked server has said.

local M = {}

---@param buffer integer
---@param line integer from 0
---@param column integer bytes
---@param encoding string
---@return lsp.Position
local function position(buffer, line, column, encoding)
  local text = vim.api.nvim_buf_get_lines(buffer, line, line + 1, false)[1] or ""
  return {
    line = line,
    character = vim.str_utfindex(text, encoding, math.min(column, #text), false),
  }
end

---The diagnostics that meet some lines.
---@param buffer integer
---@param first integer from 0
---@param last integer
---@param encoding string
---@return lsp.Diagnostic[]
function M.within(buffer, first, last, encoding)
  local found = {}
  for _, each in ipairs(vim.diagnostic.get(buffer)) do
    local ending = each.end_lnum or each.lnum
    if each.lnum <= last and ending >= first then
      table.insert(found, {
        range = {
          start = position(buffer, each.lnum, each.col, encoding),
          ["end"] = position(buffer, ending, each.end_col or each.col, encoding),
        },
        severity = each.severity,
        message = each.message,
        source = each.source,
        code = each.code,
      })
    end
  end
  return found
end

---The clients that have been told, by id.
---@type table<integer, boolean>
local told = {}

---Have all requests for code actions say what every server has reported there.
---@param client vim.lsp.Client
function M.pass_on(client)
  if told[client.id] then
    return
  end
  told[client.id] = true
  local request = client.request
  ---@diagnostic disable-next-line: duplicate-set-field
  function client.request(self, method, params, ...)
    -- Called without `self`, as older plugins do, it passes on what it is given.
    if method == "textDocument/codeAction" then
      local lines, where = params.range, vim.uri_to_bufnr(params.textDocument.uri)
      params = vim.deepcopy(params)
      params.context.diagnostics =
        M.within(where, lines.start.line, lines["end"].line, client.offset_encoding)
    end
    return request(self, method, params, ...)
  end
end

return M
