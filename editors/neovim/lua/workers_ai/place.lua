-- Where in a buffer an action works, as the server is told.

local M = {}

---@class workers_ai.Place
---@field uri string
---@field range lsp.Range empty: the function or class around it

---First and last, from 1.
---@alias workers_ai.Lines [integer, integer]

---@param line integer from 1
---@return string
local function text_of(line)
  return vim.api.nvim_buf_get_lines(0, line - 1, line, false)[1] or ""
end

---@param line integer from 1
---@param bytes integer before the position
---@param encoding string
---@return lsp.Position
local function position(line, bytes, encoding)
  local text = text_of(line)
  local character = vim.str_utfindex(text, encoding, math.min(bytes, #text), false)
  return { line = line - 1, character = character }
end

---@param start lsp.Position
---@param ending lsp.Position
---@return workers_ai.Place
local function place(start, ending)
  return { uri = vim.uri_from_bufnr(0), range = { start = start, ["end"] = ending } }
end

---Whole lines of the current buffer.
---@param lines workers_ai.Lines
---@param encoding string
---@return workers_ai.Place
function M.of(lines, encoding)
  local last = math.min(lines[2], vim.api.nvim_buf_line_count(0))
  return place(position(lines[1], 0, encoding), position(last, math.huge, encoding))
end

---What is selected in the current buffer, else where the cursor is. The selection ends by it, as it
---does by `:`.
---@param encoding string
---@return workers_ai.Place
function M.here(encoding)
  local mode = vim.api.nvim_get_mode().mode:sub(1, 1)
  if not vim.list_contains({ "v", "V", "\22" }, mode) then
    local at = vim.api.nvim_win_get_cursor(0)
    local here = position(at[1], at[2], encoding)
    return place(here, here)
  end
  local first, last = vim.fn.getpos("v"), vim.fn.getpos(".")
  if first[2] > last[2] or (first[2] == last[2] and first[3] > last[3]) then
    first, last = last, first
  end
  vim.cmd.normal({ vim.keycode("<Esc>"), bang = true })
  if mode ~= "v" then
    return M.of({ first[2], last[2] }, encoding)
  end
  local bytes = last[3] - 1
  if vim.o.selection ~= "exclusive" and bytes < #text_of(last[2]) then
    bytes = bytes + 1 + vim.str_utf_end(text_of(last[2]), bytes + 1)
  end
  return place(position(first[2], first[3] - 1, encoding), position(last[2], bytes, encoding))
end

return M
