local place = require("workers_ai.place")

---What is told of a selection, made by keys: {line, character, line, character}, from 0.
---@param keys string
---@param encoding? string
---@return integer[]
local function selected(keys, encoding)
  local found
  -- The selection has to be there while it is looked at, as in a mapping.
  vim.keymap.set({ "n", "x" }, "<F5>", function()
    found = place.here(encoding or "utf-16").range
  end, { buffer = true })
  vim.api.nvim_feedkeys(vim.keycode(keys .. "<F5>"), "mx", false)
  local from, to = found.start, found["end"]
  return { from.line, from.character, to.line, to.character }
end

describe("the place of an action", function()
  before_each(function()
    vim.cmd("enew!")
    vim.api.nvim_buf_set_lines(0, 0, -1, true, { "ab 🦄 cd", "", "grüße", "end" })
    vim.o.selection = "inclusive"
  end)

  it("is the cursor, where nothing is selected", function()
    assert.same({ 0, 3, 0, 3 }, selected("gg0f🦄"))
    assert.same({ 0, 5, 0, 5 }, selected("gg0f🦄l"))
  end)

  it("counts a character as the server does", function()
    assert.same({ 0, 5, 0, 5 }, selected("gg0f🦄l", "utf-16"))
    assert.same({ 0, 4, 0, 4 }, selected("gg0f🦄l", "utf-32"))
    assert.same({ 0, 7, 0, 7 }, selected("gg0f🦄l", "utf-8"))
  end)

  it("ends behind the last selected character", function()
    assert.same({ 0, 3, 0, 5 }, selected("gg0f🦄v"))
    assert.same({ 2, 2, 2, 4 }, selected("3G0llvl"))
  end)

  it("is the same selected backwards", function()
    assert.same(selected("gg0vf🦄"), selected("gg0f🦄v0"))
    assert.same(selected("gg0v3G0"), selected("3G0vgg0"))
  end)

  it("leaves the last character out where 'selection' says so", function()
    vim.o.selection = "exclusive"
    assert.same({ 0, 0, 0, 3 }, selected("gg0v3l"))
  end)

  it("is whole lines, however they are selected", function()
    assert.same({ 0, 0, 2, 5 }, selected("ggfcVjj"))
    assert.same({ 0, 0, 2, 5 }, selected("3GVgg"))
    assert.same({ 0, 0, 2, 5 }, selected("gg0<C-v>jj"))
  end)

  it("ends with the line, not behind it", function()
    assert.same({ 0, 0, 0, 8 }, selected("gg0v$"))
    assert.same({ 1, 0, 1, 0 }, selected("2Gv$"))
  end)

  it("ends the selection", function()
    selected("ggVjj")
    assert.equal("n", vim.api.nvim_get_mode().mode)
  end)

  it("is within the buffer, whatever lines are named", function()
    assert.same(
      { start = { line = 3, character = 0 }, ["end"] = { line = 3, character = 3 } },
      place.of({ 4, 99 }, "utf-16").range
    )
  end)

  it("names the buffer", function()
    vim.api.nvim_buf_set_name(0, "/somewhere/grüße.py")
    assert.equal(vim.uri_from_fname("/somewhere/grüße.py"), place.of({ 1, 1 }, "utf-16").uri)
  end)
end)
