-- The server as `vim.lsp.enable("workers_ai")` knows it. Change any of it by
-- `vim.lsp.config("workers_ai", { ... })` in your init.lua.

---@type vim.lsp.Config
return {
  cmd = { "workers-ai-ls" },
  root_markers = { ".git", "pyproject.toml", "package.json", "go.mod", "Cargo.toml" },
  init_options = { streamAnswers = true, showEdits = true },
  -- A file of no project shares a server that runs already.
  reuse_client = function(client, config)
    return client.name == config.name
      and not client:is_stopped()
      and (config.root_dir == nil or client.root_dir == config.root_dir)
  end,
  handlers = {
    ["$/workers-ai/answer"] = function(_, params, context)
      require("workers_ai.answer").take(params, context.client_id)
    end,
    ["$/workers-ai/edit"] = function(_, params, context)
      require("workers_ai.difference").show(params, context.client_id)
    end,
    -- Neovim's own handler asks for Enter after every message.
    ["window/showMessage"] = function(_, params)
      require("workers_ai.message").show(params)
    end,
  },
}
