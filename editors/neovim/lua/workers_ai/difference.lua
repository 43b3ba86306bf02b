-- An edit that waits for its user, in Neovim's own diff mode: `do` takes a change over.

local clients = require("workers_ai.client")
local waiting = require("workers_ai.waiting")

local M = {}

---@class workers_ai.Edit
---@field job integer
---@field uri string
---@field text string the whole file after the edit

---@class workers_ai.Difference
---@field edit workers_ai.Edit
---@field client integer
---@field buffer integer of the file
---@field proposal integer a buffer that is wiped out when its window closes
---@field tab integer
---@field from integer the tab page from before
---@field added boolean whether the buffer is there for the difference only

---By tab page.
---@type table<integer, workers_ai.Difference>
local open = {}

---The lines of a text as a buffer with its line ends would have them.
---@param text string
---@param buffer integer
---@return string[]
local function lines_of(text, buffer)
  local ending = ({ dos = "\r\n", mac = "\r" })[vim.bo[buffer].fileformat] or "\n"
  if vim.endswith(text, ending) then
    text = text:sub(1, -1 - #ending)
  end
  return vim.split(text, ending, { plain = true })
end

---@param buffer integer
---@return string[]
local function all_lines(buffer)
  return vim.api.nvim_buf_get_lines(buffer, 0, -1, true)
end

---Whether all changes have been taken over by hand.
---@param shown workers_ai.Difference
---@return boolean
local function is_taken(shown)
  return vim.api.nvim_buf_is_valid(shown.buffer)
    and vim.deep_equal(all_lines(shown.buffer), lines_of(shown.edit.text, shown.buffer))
end

---@param shown workers_ai.Difference
---@param name "applyAnyway"|"discard"
local function send(shown, name)
  local client = vim.lsp.get_client_by_id(shown.client)
  if client then
    clients.command(client, name, { job = shown.edit.job })
  end
end

---@param shown workers_ai.Difference
local function close_tab(shown)
  if not vim.api.nvim_tabpage_is_valid(shown.tab) then
    return
  end
  for _, window in ipairs(vim.api.nvim_tabpage_list_wins(shown.tab)) do
    vim.api.nvim_win_call(window, vim.cmd.diffoff)
    vim.wo[window][0].winbar = ""
  end
  if #vim.api.nvim_list_tabpages() > 1 then
    local was_here = vim.api.nvim_get_current_tabpage() == shown.tab
    vim.cmd.tabclose(vim.api.nvim_tabpage_get_number(shown.tab))
    if was_here and vim.api.nvim_tabpage_is_valid(shown.from) then
      vim.api.nvim_set_current_tabpage(shown.from)
    end
  end
end

---Wipe a buffer out that nobody has asked for: of a file that did not come about.
---@param shown workers_ai.Difference
local function take_away(shown)
  local buffer = shown.buffer
  if shown.added and vim.api.nvim_buf_is_valid(buffer) and not vim.bo[buffer].modified then
    if not vim.uv.fs_stat(vim.api.nvim_buf_get_name(buffer)) then
      vim.api.nvim_buf_delete(buffer, {})
    end
  end
end

---Go back to where the user came from. What was not taken over stays held, for *AI: Apply anyway*.
---@param shown workers_ai.Difference
local function finish(shown)
  if open[shown.tab] ~= shown then
    return
  end
  open[shown.tab] = nil
  if is_taken(shown) then
    send(shown, "discard")
  end
  if vim.api.nvim_buf_is_valid(shown.proposal) then
    vim.api.nvim_buf_delete(shown.proposal, { force = true })
  end
  close_tab(shown)
  take_away(shown)
end

---@param edit workers_ai.Edit
---@param buffer integer
---@return integer proposal
local function new_proposal(edit, buffer)
  local proposal = vim.api.nvim_create_buf(false, true)
  vim.api.nvim_buf_set_name(proposal, ("workers-ai://edit/%d/%d"):format(edit.job, proposal))
  vim.api.nvim_buf_set_lines(proposal, 0, -1, true, lines_of(edit.text, buffer))
  vim.bo[proposal].bufhidden = "wipe"
  vim.bo[proposal].filetype = vim.bo[buffer].filetype
  return proposal
end

---@param edit workers_ai.Edit
---@param client integer
local function show(edit, client)
  local from = vim.api.nvim_get_current_tabpage()
  local added = vim.fn.bufexists(vim.uri_to_fname(edit.uri)) == 0
  local buffer = vim.uri_to_bufnr(edit.uri)
  vim.fn.bufload(buffer)
  vim.bo[buffer].buflisted = true
  -- A split keeps the cursor where it is.
  vim.cmd("tab split")
  if vim.api.nvim_get_current_buf() ~= buffer then
    vim.api.nvim_win_set_buf(0, buffer)
  end
  local here = vim.api.nvim_get_current_win()
  local proposal = new_proposal(edit, buffer)
  local there = vim.api.nvim_open_win(proposal, false, { split = "right", win = here })
  for _, window in ipairs({ here, there }) do
    vim.api.nvim_win_call(window, vim.cmd.diffthis)
  end
  vim.wo[here][0].winbar = " now%=do takes a change over "
  vim.wo[there][0].winbar = " proposed%=:WorkersAI apply, or discard "
  local tab = vim.api.nvim_get_current_tabpage()
  local shown = {
    edit = edit,
    client = client,
    buffer = buffer,
    proposal = proposal,
    tab = tab,
    from = from,
    added = added,
  }
  open[tab] = shown
  local function close()
    finish(shown)
  end
  vim.keymap.set("n", "q", close, { buffer = proposal, desc = "Close the difference" })
  vim.api.nvim_create_autocmd("BufWipeout", {
    buffer = proposal,
    once = true,
    callback = vim.schedule_wrap(close),
  })
end

---Show what an edit would make of a file beside what it is now, in a tab page of their own, as soon
---as the user is in normal mode.
---@param edit workers_ai.Edit
---@param client integer
function M.show(edit, client)
  waiting.in_normal_mode(function()
    show(edit, client)
  end)
end

---The difference in this tab page, else the one that was opened last.
---@return workers_ai.Difference?
local function current()
  local tabs = vim.tbl_keys(open)
  return open[vim.api.nvim_get_current_tabpage()]
    or (#tabs > 0 and open[math.max(unpack(tabs))])
    or nil
end

---@param name "applyAnyway"|"discard"
local function conclude(name)
  local shown = current()
  if shown then
    if name == "discard" or not is_taken(shown) then
      send(shown, name)
    end
    return finish(shown)
  end
  local client = clients.any()
  if client then
    clients.command(client, name)
  end
end

---Make the whole edit: the one in this tab page, else the newest that waits.
function M.apply()
  conclude("applyAnyway")
end

---Leave all as it is, and forget the answer. It stays in the journal.
function M.discard()
  conclude("discard")
end

return M
