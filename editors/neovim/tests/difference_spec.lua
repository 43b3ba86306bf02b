local difference = require("workers_ai.difference")

local sent

---@param text string
---@param more? table
local function show(text, more)
  difference.show(
    vim.tbl_extend("force", { job = 7, uri = vim.uri_from_bufnr(0), text = text }, more or {}),
    1
  )
end

---@param keys string
local function press(keys)
  vim.api.nvim_feedkeys(vim.keycode(keys), "mx", false)
end

---@return integer
local function tabs()
  -- What waits for the loop to turn.
  vim.wait(20, function()
    return false
  end)
  return #vim.api.nvim_list_tabpages()
end

describe("an edit that waits", function()
  local by_id, file = vim.lsp.get_client_by_id, nil

  before_each(function()
    vim.cmd("silent! tabonly! | silent! only!")
    sent = {}
    vim.lsp.get_client_by_id = function()
      return {
        exec_cmd = function(_, command)
          table.insert(sent, { command.command, command.arguments[1].job })
        end,
      }
    end
    file = vim.fn.tempname() .. ".txt"
    vim.fn.writefile({ "one", "two", "three" }, file)
    vim.cmd.edit(file)
  end)

  after_each(function()
    vim.lsp.get_client_by_id = by_id
    vim.cmd("silent! tabonly! | silent! %bwipeout!")
  end)

  it("stands beside the file, in diff mode, with the cursor where it was", function()
    vim.cmd("2")
    show("one\n2\nthree\n")
    assert.equal(2, tabs())
    assert.same({ 2, 0 }, vim.api.nvim_win_get_cursor(0))
    assert.same(
      { true, true },
      vim.tbl_map(function(window)
        return vim.wo[window].diff
      end, vim.api.nvim_tabpage_list_wins(0))
    )
  end)

  it("is forgotten when all of it has been taken over", function()
    show("one\n2\nthree\n")
    press("2Gdo")
    vim.cmd("wincmd w")
    press("q")
    assert.equal(1, tabs())
    assert.same({ { "workers-ai.discard", 7 } }, sent)
    assert.same({ "one", "2", "three" }, vim.api.nvim_buf_get_lines(0, 0, -1, true))
  end)

  it("stays held when its window is closed, by whatever means", function()
    for _, close in ipairs({ "wincmd w | normal q", "wincmd w | quit", "tabclose" }) do
      show("one\n2\nthree\n")
      vim.cmd(close)
      assert.equal(1, tabs(), close)
      assert.is_false(vim.wo.diff, close)
    end
    assert.same({}, sent)
  end)

  it("is made or forgotten by a command", function()
    show("one\n2\nthree\n")
    difference.apply()
    show("one\n2\nthree\n", { job = 8 })
    difference.discard()
    assert.equal(1, tabs())
    assert.same({ { "workers-ai.applyAnyway", 7 }, { "workers-ai.discard", 8 } }, sent)
  end)

  it("is one of several, each in a tab page of its own", function()
    vim.cmd("tabnew | tabfirst")
    show("one\n", { job = 1 })
    local first = vim.api.nvim_get_current_tabpage()
    show("two\n", { job = 2 })
    assert.equal(4, tabs())
    vim.api.nvim_set_current_tabpage(first)
    difference.apply()
    assert.equal(1, vim.fn.tabpagenr())
    difference.discard()
    assert.equal(2, tabs())
    assert.same({ { "workers-ai.applyAnyway", 1 }, { "workers-ai.discard", 2 } }, sent)
  end)

  it("waits for whoever types", function()
    vim.keymap.set("i", "<F5>", function()
      show("one\n2\nthree\n")
    end, { buffer = true })
    local while_typing
    vim.keymap.set("i", "<F6>", function()
      while_typing = #vim.api.nvim_list_tabpages()
    end, { buffer = true })
    press("i<F5>x<F6><Esc>")
    assert.equal(1, while_typing)
    assert.equal(2, tabs())
  end)

  it("has the line ends of its file", function()
    vim.bo.fileformat = "dos"
    show("one\r\n2\r\nthree\r\n")
    local proposal = vim.api.nvim_win_get_buf(vim.fn.win_getid(2))
    assert.same({ "one", "2", "three" }, vim.api.nvim_buf_get_lines(proposal, 0, -1, true))
  end)

  it("may be a file that is not there yet", function()
    show("new\n", { uri = vim.uri_from_fname(file .. ".new") })
    assert.same({ "" }, vim.api.nvim_buf_get_lines(0, 0, -1, true))
    difference.discard()
    assert.equal(file, vim.api.nvim_buf_get_name(0))
    assert.equal(0, vim.fn.bufexists(file .. ".new"))
  end)

  it("is over where its tab page is the last one, too", function()
    show("one\n2\nthree\n")
    vim.cmd("tabonly")
    difference.discard()
    assert.equal(1, tabs())
    assert.equal(1, #vim.api.nvim_tabpage_list_wins(0))
    assert.is_false(vim.wo.diff)
    assert.equal("", vim.wo.winbar)
  end)

  it("leaves the file's other windows out of the diff mode", function()
    show("one\n2\nthree\n")
    difference.discard()
    vim.cmd("split")
    assert.is_false(vim.wo.diff)
    assert.equal("manual", vim.wo.foldmethod)
    assert.is_false(vim.wo.scrollbind)
  end)
end)
