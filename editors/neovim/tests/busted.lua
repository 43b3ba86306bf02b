-- Runs busted inside Neovim: nvim -l tests/busted.lua ROOT [OPTION...]
--
-- ROOT holds lua-busted and all that it needs, unpacked from Debian's packages by
-- `.ci/install-editors busted`; Neovim's LuaJIT takes the builds for Lua 5.1.

local root = table.remove(arg, 1)
local here = vim.fs.dirname(vim.fs.abspath(debug.getinfo(1, "S").source:sub(2)))

local scripts = root .. "/usr/share/lua/5.1/"
package.path = table.concat({ scripts .. "?.lua", scripts .. "?/init.lua", package.path }, ";")
for _, folder in ipairs(vim.fn.glob(root .. "/usr/lib/*/lua/5.1", false, true)) do
  package.cpath = folder .. "/?.so;" .. package.cpath
end
vim.opt.runtimepath:prepend(vim.fs.dirname(here))

vim.list_extend(arg, vim.fn.glob(here .. "/*_spec.lua", false, true))
require("busted.runner")({ standalone = false })

-- Here all has passed: a failure is an error above. Neovim's own way to end crashes after busted.
io.stdout:flush()
os.exit(0)
