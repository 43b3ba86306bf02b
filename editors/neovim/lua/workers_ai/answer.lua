-- Explanations, in a split beside the code, while they grow.

local M = {}

---@class workers_ai.Answer
---@field token string
---@field action string
---@field delta? string what comes next
---@field text? string all of it, in place of what came before

---@type table<string, integer>
local buffers = {}

local shown = { explain = true, prompt = true }

---@param answer workers_ai.Answer
---@return integer buffer
local function buffer_for(answer)
  local buffer = buffers[answer.token]
  if buffer and vim.api.nvim_buf_is_valid(buffer) then
    return buffer
  end
  buffer = vim.api.nvim_create_buf(false, true)
  vim.api.nvim_buf_set_name(buffer, ("workers-ai://%s/%d"):format(answer.action, buffer))
  vim.bo[buffer].bufhidden = "hide"
  vim.bo[buffer].filetype = "markdown"
  vim.bo[buffer].modifiable = false
  vim.keymap.set("n", "q", "<Cmd>close<CR>", { buffer = buffer, desc = "Close the answer" })
  buffers[answer.token] = buffer
  return buffer
end

---The window that shows answers in this tab page, if one is open.
---@return integer?
local function window()
  for _, each in ipairs(vim.api.nvim_tabpage_list_wins(0)) do
    if vim.w[each].workers_ai_answers then
      return each
    end
  end
end

---Show a buffer of an answer; the cursor stays where it is.
---@param buffer integer
local function open(buffer)
  local where = window()
  if where then
    vim.api.nvim_win_set_buf(where, buffer)
    return
  end
  local wide = vim.o.columns >= 140
  where = vim.api.nvim_open_win(buffer, false, { split = wide and "right" or "below", win = -1 })
  vim.w[where].workers_ai_answers = true
  vim.wo[where].wrap = true
  vim.wo[where].linebreak = true
  vim.wo[where].conceallevel = 2
  vim.wo[where].number = false
  vim.wo[where].relativenumber = false
  vim.wo[where].signcolumn = "no"
  if not wide then
    vim.api.nvim_win_set_height(where, math.floor(vim.o.lines * 0.4))
  end
end

---@param buffer integer
---@param write fun()
local function writing(buffer, write)
  vim.bo[buffer].modifiable = true
  write()
  vim.bo[buffer].modifiable = false
  vim.bo[buffer].modified = false
end

---@param buffer integer
---@param text string
local function append(buffer, text)
  writing(buffer, function()
    local last = vim.api.nvim_buf_line_count(buffer) - 1
    local column = #vim.api.nvim_buf_get_lines(buffer, last, last + 1, true)[1]
    vim.api.nvim_buf_set_text(buffer, last, column, last, column, vim.split(text, "\n"))
  end)
end

---Follow the end of the answer, unless its reader has gone there to read.
---@param buffer integer
local function follow(buffer)
  local where = window()
  if
    where
    and where ~= vim.api.nvim_get_current_win()
    and vim.api.nvim_win_get_buf(where) == buffer
  then
    vim.api.nvim_win_set_cursor(where, { vim.api.nvim_buf_line_count(buffer), 0 })
  end
end

---Take a part of an answer, or all of it.
---@param answer workers_ai.Answer
function M.take(answer)
  if not shown[answer.action] then
    return
  end
  local is_new = buffers[answer.token] == nil
  local buffer = buffer_for(answer)
  if is_new then
    open(buffer)
  end
  if answer.delta then
    append(buffer, answer.delta)
    follow(buffer)
  elseif answer.text then
    writing(buffer, function()
      vim.api.nvim_buf_set_lines(
        buffer,
        0,
        -1,
        true,
        vim.split((answer.text:gsub("\n$", "")), "\n")
      )
    end)
    if answer.text ~= "" then
      buffers[answer.token] = nil
    end
  end
end

return M
