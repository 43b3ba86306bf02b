-- Windows open only when that disturbs nobody.

local M = {}

---@param event string
---@param pattern string
---@param act fun()
local function on(event, pattern, act)
  vim.api.nvim_create_autocmd(event, {
    pattern = pattern,
    once = true,
    callback = vim.schedule_wrap(act),
  })
end

---Do it outside of the command-line window, where no other window can be opened.
---@param act fun()
function M.outside_cmdwin(act)
  if vim.fn.getcmdwintype() == "" then
    return act()
  end
  on("CmdwinLeave", "*", function()
    M.outside_cmdwin(act)
  end)
end

---Do it in normal mode: somebody who types goes on typing where the cursor was.
---@param act fun()
function M.in_normal_mode(act)
  M.outside_cmdwin(function()
    if vim.api.nvim_get_mode().mode == "n" then
      return act()
    end
    on("ModeChanged", "*:n", function()
      M.in_normal_mode(act)
    end)
  end)
end

return M
