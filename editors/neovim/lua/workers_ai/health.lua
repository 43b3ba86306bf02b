-- `:checkhealth workers_ai`

local client = require("workers_ai.client")

local M = {}

---How each status of `workers-ai-ls doctor` is told; the rest is for information.
local tell = { ok = vim.health.ok, fix = vim.health.error, warn = vim.health.warn }

local function check_neovim()
  if vim.fn.has("nvim-0.11") == 1 then
    vim.health.ok(("Neovim %s"):format(tostring(vim.version())))
  else
    vim.health.error("Neovim 0.11 or newer is needed", "Upgrade Neovim.")
  end
end

---@return boolean
local function check_program()
  local program = client.program()[1]
  local path = vim.fn.exepath(program)
  if path == "" then
    vim.health.error(("%s is not on the PATH of this Neovim"):format(program), {
      "Install it, or set `cmd` by vim.lsp.config('workers_ai', { cmd = { ... } }).",
      "Started from a desktop, Neovim may lack the PATH of your shell.",
    })
    return false
  end
  local done = vim.system(client.program("--version"), { text = true }):wait(10000)
  local report = done.code == 0 and vim.health.ok or vim.health.error
  report(("%s (%s)"):format(vim.trim(done.stdout or ""), path))
  return done.code == 0
end

local function check_clients()
  local clients = vim.lsp.get_clients({ name = client.name })
  if #clients == 0 then
    vim.health.warn(
      "The server does not run",
      "Open a file; vim.lsp.enable('workers_ai') starts it."
    )
  end
  for _, each in ipairs(clients) do
    local buffers = #vim.tbl_keys(each.attached_buffers)
    vim.health.ok(
      ("It runs for %s (%d buffers)"):format(each.root_dir or "files of no project", buffers)
    )
  end
end

---What `workers-ai-ls doctor` finds: account, token, model and endpoint.
local function check_endpoint()
  local done = vim.system(client.program("doctor", "--json"), { text = true }):wait(30000)
  local ok, found = pcall(vim.json.decode, done.stdout or "")
  if not ok then
    return vim.health.warn(vim.trim(done.stderr or "workers-ai-ls doctor said nothing"))
  end
  for _, each in ipairs(found.checks) do
    local report = tell[each.status] or vim.health.info
    report(("%s: %s"):format(each.name, each.sentence))
  end
end

function M.check()
  vim.health.start("Workers AI: editor")
  check_neovim()
  local there = check_program()
  check_clients()
  if there then
    vim.health.start("Workers AI: account and endpoint (workers-ai-ls doctor)")
    check_endpoint()
  end
end

return M
