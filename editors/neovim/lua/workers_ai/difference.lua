-- An edit that waits for its user, in Neovim's own diff mode: `do` takes a change over, `dp` in the
-- other window puts it there.

local client_of = require("workers_ai.client")

local M = {}

---@class workers_ai.Edit
---@field job integer
---@field uri string
---@field text string the whole file after the edit

---@class workers_ai.Shown
---@field edit workers_ai.Edit
---@field client integer
---@field proposal integer a buffer
---@field buffer integer
---@field tab integer

---@type workers_ai.Shown?
local shown

---@param text string
---@return string[]
local function lines_of(text)
  return vim.split((text:gsub("\r\n", "\n"):gsub("\n$", "")), "\n")
end

---@param name string
local function send(name)
  local client = shown and vim.lsp.get_client_by_id(shown.client)
  if client then
    local command = "workers-ai." .. name
    client:exec_cmd({ title = command, command = command, arguments = { { job = shown.edit.job } } })
  end
end

---Close the tab page of the difference, if it is still open.
local function close()
  local gone = shown
  shown = nil
  if not gone then
    return
  end
  if vim.api.nvim_tabpage_is_valid(gone.tab) and #vim.api.nvim_list_tabpages() > 1 then
    vim.cmd.tabclose(vim.api.nvim_tabpage_get_number(gone.tab))
  end
  if vim.api.nvim_buf_is_valid(gone.proposal) then
    vim.api.nvim_buf_delete(gone.proposal, { force = true })
  end
end

---Whether all changes have been taken over by hand.
---@return boolean
local function is_taken()
  local now = vim.api.nvim_buf_get_lines(shown.buffer, 0, -1, true)
  return vim.deep_equal(now, lines_of(shown.edit.text))
end

---@param buffer integer
---@return integer proposal
local function proposal_for(buffer, edit)
  local proposal = vim.api.nvim_create_buf(false, true)
  vim.api.nvim_buf_set_name(proposal, ("workers-ai://edit/%d/%d"):format(edit.job, proposal))
  vim.api.nvim_buf_set_lines(proposal, 0, -1, true, lines_of(edit.text))
  vim.bo[proposal].filetype = vim.bo[buffer].filetype
  vim.bo[proposal].modified = false
  vim.keymap.set("n", "q", M.close, { buffer = proposal, desc = "Close the difference" })
  return proposal
end

---Show what an edit would make of a file beside what it is now, in a tab page of their own.
---@param edit workers_ai.Edit
---@param client integer
function M.show(edit, client)
  close()
  local buffer = vim.uri_to_bufnr(edit.uri)
  vim.fn.bufload(buffer)
  vim.bo[buffer].buflisted = true
  vim.cmd.tabnew()
  local empty = vim.api.nvim_get_current_buf()
  vim.api.nvim_win_set_buf(0, buffer)
  if empty ~= buffer and vim.api.nvim_buf_get_name(empty) == "" then
    vim.api.nvim_buf_delete(empty, {})
  end
  vim.cmd.diffthis()
  local here = vim.api.nvim_get_current_win()
  local proposal = proposal_for(buffer, edit)
  local there = vim.api.nvim_open_win(proposal, false, { split = "right", win = here })
  vim.api.nvim_win_call(there, vim.cmd.diffthis)
  vim.wo[here].winbar = "now%=do: take a change   :WorkersAI apply: all   :WorkersAI discard: none"
  vim.wo[there].winbar = "proposed by the model%=dp: put a change there"
  shown = {
    edit = edit,
    client = client,
    proposal = proposal,
    buffer = buffer,
    tab = vim.api.nvim_get_current_tabpage(),
  }
end

---Close the difference. What was not taken over stays held, for *AI: Apply anyway*.
function M.close()
  if shown and is_taken() then
    send("discard")
  end
  close()
end

---Make the whole edit.
function M.apply()
  if shown and is_taken() then
    return M.close()
  end
  if shown then
    send("applyAnyway")
    return close()
  end
  client_of.command("applyAnyway")
end

---Leave all as it is, and forget the answer. It stays in the journal.
function M.discard()
  if shown then
    send("discard")
    return close()
  end
  client_of.command("discard")
end

return M
