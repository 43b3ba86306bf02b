-- Loaded at start: the command, what has to be heard, and the server. Nothing has to be set up.

if vim.g.loaded_workers_ai or vim.fn.has("nvim-0.11") == 0 then
  return
end
vim.g.loaded_workers_ai = true

vim.api.nvim_create_user_command("WorkersAI", function(call)
  require("workers_ai.command").run(call)
end, {
  nargs = "+",
  range = true,
  desc = "Explain, refactor, test or edit code by a model",
  complete = function(...)
    return require("workers_ai.command").complete(...)
  end,
})

---@param event string
---@param heard fun(client: vim.lsp.Client, data: table)
local function on(event, heard)
  vim.api.nvim_create_autocmd(event, {
    group = vim.api.nvim_create_augroup("workers_ai_" .. event, {}),
    callback = function(said)
      local client = vim.lsp.get_client_by_id(said.data.client_id)
      if client and client.name == "workers_ai" then
        heard(client, said.data)
      end
    end,
  })
end

-- Not by `on_init`: a user who sets that would take ours out.
on("LspAttach", function(client)
  require("workers_ai.diagnostics").pass_on(client)
end)
on("LspProgress", function(client, data)
  require("workers_ai.progress").take(client.id, data.params)
end)

-- `vim.g.workers_ai_enable = false` in init.lua leaves that to you.
if vim.g.workers_ai_enable ~= false then
  vim.lsp.enable("workers_ai")
end
