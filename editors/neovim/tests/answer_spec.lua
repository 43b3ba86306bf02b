local answer = require("workers_ai.answer")

local tokens = 0
local code

---A new answer: what takes its parts.
---@param action? string
local function growing(action)
  tokens = tokens + 1
  local token = "t" .. tokens
  return function(part, client)
    answer.take(
      vim.tbl_extend("error", { token = token, action = action or "explain" }, part),
      client or 1
    )
  end
end

---The buffers in this tab page's windows, by their first line.
---@return string[]
local function windows()
  return vim.tbl_map(function(window)
    return table.concat(
      vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, true),
      "\n"
    )
  end, vim.api.nvim_tabpage_list_wins(0))
end

describe("an answer", function()
  before_each(function()
    vim.cmd("silent tabonly! | silent only! | enew!")
    vim.api.nvim_buf_set_lines(0, 0, -1, true, { "code" })
    code = vim.api.nvim_get_current_win()
  end)

  it("grows in a window beside the code", function()
    local take = growing()
    take({ delta = "One\ntw" })
    assert.same({ "code", "One\ntw" }, windows())
    take({ delta = "o\n" })
    assert.same({ "code", "One\ntwo\n" }, windows())
    take({ text = "One\ntwo.\n" })
    assert.same({ "code", "One\ntwo." }, windows())
    assert.equal(code, vim.api.nvim_get_current_win())
  end)

  it("begins anew where the server asks once more", function()
    local take = growing()
    take({ delta = "Sorry" })
    take({ text = "" })
    take({ delta = "Better" })
    assert.same({ "code", "Better" }, windows())
  end)

  it("is told apart from that of another server with the same token", function()
    local take = growing()
    take({ delta = "of the first" }, 1)
    take({ delta = "of the second" }, 2)
    assert.same({ "code", "of the second" }, windows())
  end)

  it("takes the window of the one before, and no other's", function()
    growing()({ text = "One" })
    growing()({ text = "Two" })
    assert.same({ "code", "Two" }, windows())
    vim.cmd("wincmd w | enew")
    growing()({ text = "Three" })
    assert.same({ "code", "", "Three" }, windows())
  end)

  it("leaves the window's options to other buffers", function()
    vim.o.number = true
    growing()({ text = "One" })
    vim.cmd("wincmd w")
    assert.is_false(vim.wo.number)
    vim.cmd("enew")
    assert.is_true(vim.wo.number)
    vim.o.number = false
  end)

  it("does not come back when its window is closed or its buffer wiped out", function()
    local take = growing()
    take({ delta = "One" })
    vim.cmd("wincmd w | close")
    take({ delta = " two" })
    assert.same({ "code" }, windows())

    take = growing()
    take({ delta = "One" })
    vim.cmd("wincmd w | bwipeout!")
    take({ delta = " two" })
    take({ text = "One two" })
    assert.same({ "code" }, windows())
  end)

  it("can be closed by q, the last window too", function()
    growing()({ text = "One" })
    vim.cmd("wincmd w")
    vim.api.nvim_feedkeys("q", "mx", false)
    assert.same({ "code" }, windows())

    growing()({ text = "Two" })
    vim.cmd("close")
    vim.api.nvim_feedkeys("q", "mx", false)
    assert.equal(1, #windows())
    assert.is_nil(vim.b.workers_ai_answer)
  end)

  it("follows its end, except under the eyes of its reader", function()
    local take = growing()
    take({ delta = "1\n2\n3" })
    local window = vim.fn.win_getid(2)
    assert.equal(3, vim.api.nvim_win_get_cursor(window)[1])
    vim.api.nvim_set_current_win(window)
    vim.cmd("normal! gg")
    take({ delta = "\n4" })
    assert.equal(1, vim.api.nvim_win_get_cursor(window)[1])
  end)

  it("cannot be edited by chance", function()
    growing()({ text = "One" })
    vim.cmd("wincmd w")
    assert.is_false(vim.bo.modifiable)
    assert.is_false(vim.bo.modified)
    assert.equal("markdown", vim.bo.filetype)
  end)

  it("is not shown while it is code for an edit", function()
    growing("refactor")({ delta = "def f" })
    assert.same({ "code" }, windows())
  end)
end)
