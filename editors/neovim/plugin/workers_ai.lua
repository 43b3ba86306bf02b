-- Loaded at start: the command, the progress, and the server. Nothing has to be set up.

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

vim.api.nvim_create_autocmd("LspProgress", {
  group = vim.api.nvim_create_augroup("workers_ai", {}),
  callback = function(event)
    local client = vim.lsp.get_client_by_id(event.data.client_id)
    if client and client.name == "workers_ai" then
      require("workers_ai.progress").take(event.data.params)
    end
  end,
})

-- `vim.g.workers_ai_enable = false` in init.lua leaves that to you.
if vim.g.workers_ai_enable ~= false then
  vim.lsp.enable("workers_ai")
end
