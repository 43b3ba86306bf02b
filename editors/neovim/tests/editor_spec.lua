local command = require("workers_ai.command")
local diagnostics = require("workers_ai.diagnostics")
local message = require("workers_ai.message")
local progress = require("workers_ai.progress")

describe("the statusline", function()
  local by_id, alive = vim.lsp.get_client_by_id, nil

  before_each(function()
    alive = { [1] = true, [2] = true }
    vim.lsp.get_client_by_id = function(id)
      return alive[id]
        and {
          is_stopped = function()
            return false
          end,
        }
    end
  end)
  after_each(function()
    vim.lsp.get_client_by_id = by_id
  end)

  local function say(client, kind, text)
    progress.take(
      client,
      { token = "a", value = { kind = kind, title = text, message = text and "1" } }
    )
  end

  it("says what runs on every server, and nothing in the end", function()
    say(1, "begin", "AI: Explain")
    say(2, "begin", "AI: Refactor")
    assert.equal("AI: Explain: 1 · AI: Refactor: 1", progress.status())
    say(1, "end")
    say(2, "end")
    assert.equal("", progress.status())
  end)

  it("forgets what ran on a server that died", function()
    say(1, "begin", "AI: Explain")
    alive[1] = nil
    assert.equal("", progress.status())
  end)
end)

describe("diagnostics", function()
  before_each(function()
    vim.cmd.edit({ vim.fn.tempname() .. ".txt", bang = true })
    vim.api.nvim_buf_set_lines(0, 0, -1, true, { "🦄 x", "y" })
    vim.diagnostic.set(vim.api.nvim_create_namespace("other"), 0, {
      { lnum = 0, col = 5, end_col = 6, message = "odd", severity = 2, code = "E1", source = "s" },
      { lnum = 1, col = 0, message = "elsewhere" },
    })
  end)

  it("of all servers are told in the server's own units", function()
    assert.same({
      {
        range = { start = { line = 0, character = 3 }, ["end"] = { line = 0, character = 4 } },
        severity = 2,
        message = "odd",
        source = "s",
        code = "E1",
      },
    }, diagnostics.within(0, 0, 0, "utf-16"))
    assert.equal(2, #diagnostics.within(0, 0, 1, "utf-16"))
  end)

  it("go with requests for code actions only, once, and with calls of either form", function()
    local asked = {}
    local client = {
      id = 4711,
      offset_encoding = "utf-16",
      request = function(self, method, params)
        table.insert(asked, { self, method, params })
      end,
    }
    diagnostics.pass_on(client)
    local passing = client.request
    diagnostics.pass_on(client)
    assert.equal(passing, client.request)
    local place = { start = { line = 0, character = 0 }, ["end"] = { line = 0, character = 1 } }
    local params = {
      textDocument = { uri = vim.uri_from_bufnr(0) },
      range = place,
      context = { diagnostics = {} },
    }
    client:request("textDocument/codeAction", params)
    client:request("textDocument/hover", params)
    client.request("textDocument/codeAction", params)
    assert.equal(1, #asked[1][3].context.diagnostics)
    assert.same({ client, "textDocument/hover", params }, asked[2])
    assert.same({ "textDocument/codeAction", params }, asked[3])
    assert.same({}, params.context.diagnostics)
  end)
end)

describe("a message", function()
  it("has room in the command line until the cursor moves", function()
    vim.o.lines, vim.o.columns = 40, 80
    message.warn(("x"):rep(200))
    assert.equal(3, vim.o.cmdheight)
    message.warn(("x"):rep(300))
    assert.equal(4, vim.o.cmdheight)
    vim.api.nvim_exec_autocmds("CursorMoved", {})
    assert.equal(1, vim.o.cmdheight)
  end)

  it("needs no room where a plugin shows it", function()
    local notify, told = vim.notify, nil
    vim.notify = function(text)
      told = text
    end
    message.warn(("x"):rep(200))
    vim.notify = notify
    assert.equal(("x"):rep(200), told)
    assert.equal(1, vim.o.cmdheight)
  end)
end)

describe(":WorkersAI", function()
  local module, called = require("workers_ai"), nil

  local function run(args, range)
    local one = { args = args, range = range or 0, line1 = 2, line2 = 5 }
    local name = args:match("^%S+")
    local real = module[name]
    module[name] = function(...)
      called = { ... }
    end
    command.run(one)
    module[name] = real
    return called
  end

  it("gives lines only where a range of two was given", function()
    vim.cmd("enew! | call append(0, range(9)) | 9")
    assert.same({}, run("explain"))
    assert.same({ "why so", { 2, 5 } }, { unpack(run("explain  why so ", 2), 1, 2) })
    assert.same({}, run("explain", 1))
    assert.same({ 2, 0 }, vim.api.nvim_win_get_cursor(0))
  end)

  it("completes its first word", function()
    assert.same({ "refactor", "restart" }, command.complete("re", "5,6WorkersAI re"))
    assert.same({}, command.complete("re", "WorkersAI explain re"))
    assert.equal(11, #command.complete("", "WorkersAI "))
  end)
end)
