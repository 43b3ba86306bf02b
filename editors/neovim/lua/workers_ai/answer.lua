-- Explanations, in a split beside the code, while they grow.

local waiting = require("workers_ai.waiting")

local M = {}

---@class workers_ai.Answer
---@field token string
---@field action string
---@field delta? string what comes next
---@field text? string all of it, in place of what came before

---The buffers of answers that are not complete, by client and token.
---@type table<string, integer>
local growing = {}

local shown = { explain = true, prompt = true }
local wide = 140
local options = {
  wrap = true,
  linebreak = true,
  conceallevel = 2,
  number = false,
  relativenumber = false,
  signcolumn = "no",
}

---Close the window of an answer, or leave it where it is the last one.
local function leave()
  vim.cmd(vim.fn.winnr("$") > 1 and "close" or "buffer #")
end

---@param action string
---@return integer buffer
local function new_buffer(action)
  local buffer = vim.api.nvim_create_buf(false, true)
  vim.api.nvim_buf_set_name(buffer, ("workers-ai://%s/%d"):format(action, buffer))
  vim.b[buffer].workers_ai_answer = true
  vim.bo[buffer].filetype = "markdown"
  vim.bo[buffer].modifiable = false
  vim.keymap.set("n", "q", leave, { buffer = buffer, desc = "Close the answer" })
  return buffer
end

---The window that shows an answer in this tab page, if one is open.
---@return integer?
local function window()
  for _, each in ipairs(vim.api.nvim_tabpage_list_wins(0)) do
    if vim.b[vim.api.nvim_win_get_buf(each)].workers_ai_answer then
      return each
    end
  end
end

---@param buffer integer
---@return integer window
local function new_window(buffer)
  local splitkeep = vim.o.splitkeep
  vim.o.splitkeep = "screen" -- the code stays where its reader looks
  local split = vim.o.columns >= wide and "right" or "below"
  local where = vim.api.nvim_open_win(buffer, false, { split = split, win = -1 })
  if split == "below" then
    vim.api.nvim_win_set_height(where, math.floor(vim.o.lines * 0.4))
  end
  vim.o.splitkeep = splitkeep
  return where
end

---Show the buffer of an answer; the cursor stays where it is.
---@param buffer integer
local function open(buffer)
  local where = window()
  if where then
    vim.api.nvim_win_set_buf(where, buffer)
  else
    where = new_window(buffer)
  end
  for name, value in pairs(options) do
    -- For this buffer only: what else is shown in the window looks as its user has it.
    vim.wo[where][0][name] = value
  end
end

---Put lines in place of all from a position on; Neovim's user can't, as it would be lost.
---@param buffer integer
---@param line integer from 0
---@param column integer
---@param text string
local function replace_from(buffer, line, column, text)
  vim.bo[buffer].modifiable = true
  vim.api.nvim_buf_set_text(buffer, line, column, -1, -1, vim.split(text, "\n"))
  vim.bo[buffer].modifiable = false
  vim.bo[buffer].modified = false
end

---@param buffer integer
---@param text string
local function append(buffer, text)
  local last = vim.api.nvim_buf_line_count(buffer) - 1
  local line = vim.api.nvim_buf_get_lines(buffer, last, last + 1, true)[1]
  replace_from(buffer, last, #line, text)
end

---Follow the end of the answer, unless its reader has gone there to read.
---@param buffer integer
local function follow(buffer)
  for _, where in ipairs(vim.fn.win_findbuf(buffer)) do
    if where ~= vim.api.nvim_get_current_win() then
      vim.api.nvim_win_set_cursor(where, { vim.api.nvim_buf_line_count(buffer), 0 })
    end
  end
end

---Take a part of an answer, or all of it.
---@param answer workers_ai.Answer
---@param client integer
function M.take(answer, client)
  if not shown[answer.action] then
    return
  end
  local key = ("%d %s"):format(client, answer.token)
  local buffer = growing[key]
  if not buffer then
    buffer = new_buffer(answer.action)
    growing[key] = buffer
    waiting.outside_cmdwin(function()
      open(buffer)
    end)
  end
  -- What somebody has wiped out does not come back; `:WorkersAI history` has it.
  local there = vim.api.nvim_buf_is_valid(buffer)
  if answer.delta and there then
    append(buffer, answer.delta)
    follow(buffer)
  elseif answer.text then
    if there then
      replace_from(buffer, 0, 0, (answer.text:gsub("\n$", "")))
    end
    -- An empty one makes room for another try.
    growing[key] = answer.text == "" and buffer or nil
  end
end

return M
