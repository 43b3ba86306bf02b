-- What the tests add to a user's init.lua: nothing that changes how Neovim works, only a record of
-- what it was told, and `Test`, which runs Lua for `tests/editors/neovim.py`.
Seen = { progress = {}, applied = 0, shown = {} }

vim.api.nvim_create_autocmd("LspProgress", {
  callback = function(event)
    local params = event.data.params
    local value = params.value
    -- A build of the index is shown too, where it takes long.
    if tostring(params.token):find("^workers%-ai/index/") then return end
    table.insert(Seen.progress, { token = params.token, kind = value.kind, title = value.title or "", message = value.message or "" })
  end,
})

local function counting(method, note)
  local handle = vim.lsp.handlers[method]
  vim.lsp.handlers[method] = function(err, result, context, config)
    note(result)
    return handle(err, result, context, config)
  end
end
counting("workspace/applyEdit", function() Seen.applied = Seen.applied + 1 end)
counting("window/showDocument", function(params) table.insert(Seen.shown, params.uri) end)

function Seen.of_kind(kind)
  return vim.tbl_filter(function(each) return each.kind == kind end, Seen.progress)
end

-- How many jobs have told of the first tokens of their answer.
function Seen.answered()
  local tokens = {}
  for _, each in ipairs(Seen.progress) do
    if each.message:find("token") then tokens[each.token] = true end
  end
  return vim.tbl_count(tokens)
end

function Client()
  return vim.lsp.get_clients({ name = "workers_ai", bufnr = 0 })[1]
end

-- Select from one (line, byte) to another, both inclusive and from 1, as a person would.
function Select(mode, line, byte, last_line, last_byte)
  vim.cmd.normal({ vim.keycode("<Esc>"), bang = true })
  vim.fn.cursor(line, byte)
  if mode ~= "" then
    vim.cmd.normal({ mode, bang = true })
    vim.fn.cursor(last_line, last_byte)
  end
end

-- The code action menu: `Menu` holds what it lists and `Choose` what is to be chosen.
Menu, Choose = {}, nil
vim.ui.select = function(items, options, on_choice)
  Menu = vim.tbl_map(options.format_item, items)
  for index, title in ipairs(Menu) do
    if title == Choose then return on_choice(items[index], index) end
  end
  on_choice(nil, nil)
end

-- Press gra on what is selected, and choose `title` of the menu, or nothing.
function Gra(title)
  Menu, Choose = {}, title
  vim.api.nvim_feedkeys("gra", "x", false)
  vim.wait(5000, function() return #Menu > 0 end, 5)
  return Menu
end

-- The text of a buffer as it would be written.
function Text(buffer)
  local ending = vim.bo[buffer].fileformat == "dos" and "\r\n" or "\n"
  local lines = table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, true), ending)
  return lines .. (vim.bo[buffer].endofline and ending or "")
end

-- Run code and give `{ok, result}` as JSON; an error is a result, not the end of the editor.
function Test(code)
  local compiled, problem = load(code, "test")
  if not compiled then return vim.json.encode({ false, problem }) end
  local ok, result = xpcall(compiled, debug.traceback)
  if result == nil then result = vim.NIL end
  local encoded, json = pcall(vim.json.encode, { ok, result })
  return encoded and json or vim.json.encode({ false, json })
end
