/**
 * Gold for context recall, by the TypeScript compiler: for each function of at least five lines, the
 * definitions of its project that it uses.
 *
 * Use: node typescript.mjs ROOT, where ROOT holds the sources; NODE_PATH names the folder in which
 * `typescript` is installed. Writes to stdout
 * [{file, qual, start, end, gold: [{file, line, name, type, uses}]}], lines from 1.
 */
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(import.meta.url);
const ts = require("typescript");

const FEWEST_LINES = 5;
const SOURCE = /\.(?:[cm]?tsx?|[cm]?jsx?)$/;
const FOREIGN = /^(?:node_modules|\..*|dist|build)$/;
const Kind = ts.SyntaxKind;

/** What counts as a definition wherever it stands, and as what. */
const DEFINITIONS = new Map([
  [Kind.FunctionDeclaration, "function"],
  [Kind.ClassDeclaration, "class"],
  [Kind.InterfaceDeclaration, "interface"],
  [Kind.TypeAliasDeclaration, "type"],
  [Kind.EnumDeclaration, "enum"],
  [Kind.EnumMember, "member"],
  [Kind.VariableDeclaration, "variable"],
  [Kind.MethodDeclaration, "method"],
  [Kind.MethodSignature, "method"],
  [Kind.GetAccessor, "property"],
  [Kind.SetAccessor, "property"],
  [Kind.PropertyDeclaration, "field"],
  [Kind.PropertySignature, "field"],
  [Kind.Parameter, "field"],
]);

/** What a definition may stand in without being local or a value's own. */
const HOUSES = new Set([
  Kind.SourceFile,
  Kind.ModuleDeclaration,
  Kind.ModuleBlock,
  Kind.ClassDeclaration,
  Kind.ClassExpression,
  Kind.InterfaceDeclaration,
  Kind.TypeAliasDeclaration,
  Kind.TypeLiteral,
  Kind.IntersectionType,
  Kind.UnionType,
  Kind.ParenthesizedType,
  Kind.EnumDeclaration,
  Kind.VariableStatement,
  Kind.VariableDeclarationList,
]);

function* sources(folder) {
  const entries = readdirSync(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const whole = path.join(folder, entry.name);
    if (entry.isDirectory() && !FOREIGN.test(entry.name)) yield* sources(whole);
    else if (entry.isFile() && SOURCE.test(entry.name)) yield whole;
  }
}

/** Gives the functions and methods that are no part of another one. */
function* functions(node, around) {
  for (const child of node.getChildren()) {
    const named = child.name ?? child.parent?.name;
    const called = [...around, named?.getText() ?? "default"];
    if (ts.isFunctionLike(child) && child.body) {
      yield { node: spanning(child), qual: called.join(".") };
    } else if (ts.isClassLike(child) || ts.isModuleDeclaration(child)) {
      yield* functions(child, called);
    } else if (!ts.isStatement(child) || ts.isVariableStatement(child)) {
      yield* functions(child, around);
    } else if (ts.isExportAssignment(child) || ts.isModuleBlock(child)) {
      yield* functions(child, around);
    }
  }
}

/** Takes `const f = () => …` and `f = () => …` whole. */
function spanning(node) {
  if (ts.isPropertyDeclaration(node.parent)) return node.parent;
  if (!ts.isVariableDeclaration(node.parent)) return node;
  const statement = node.parent.parent.parent;
  return ts.isVariableStatement(statement) ? statement : node;
}

function isDefinition(declaration) {
  if (!DEFINITIONS.has(declaration.kind) || !declaration.name) return false;
  if (ts.isParameter(declaration)) {
    return ts.isParameterPropertyDeclaration(declaration, declaration.parent);
  }
  let outer = declaration.parent;
  while (outer && HOUSES.has(outer.kind)) outer = outer.parent;
  return !outer;
}

/** Of the overloads of a function, the one that a call means is its definition; else the first. */
function declarationsOf(checker, identifier, symbol) {
  const all = symbol.declarations ?? [];
  const callable = all.filter((one) => ts.isFunctionLike(one) && !ts.isAccessor(one));
  const named = identifier.parent;
  const called =
    ts.isPropertyAccessExpression(named) && named.name === identifier ? named : identifier;
  const isCalled = ts.isCallExpression(called.parent) && called.parent.expression === called;
  const meant = isCalled && checker.getResolvedSignature(called.parent)?.declaration;
  const chosen = callable.includes(meant) ? [meant] : firstOfEach(callable);
  return [...all.filter((one) => !callable.includes(one)), ...chosen];
}

function firstOfEach(callable) {
  const houses = new Map();
  for (const one of callable) if (!houses.has(one.parent)) houses.set(one.parent, one);
  return [...houses.values()];
}

function resolved(checker, identifier) {
  let symbol = ts.isShorthandPropertyAssignment(identifier.parent)
    ? checker.getShorthandAssignmentValueSymbol(identifier.parent)
    : checker.getSymbolAtLocation(identifier);
  if (symbol && symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
  return symbol;
}

function* identifiers(node) {
  const isName = DEFINITIONS.has(node.parent.kind) && node.parent.name === node;
  if (!isName && (ts.isIdentifier(node) || ts.isPrivateIdentifier(node))) yield node;
  for (const child of node.getChildren()) {
    if (!ts.isJSDoc(child)) yield* identifiers(child);
  }
}

function lineOf(file, position) {
  return file.getLineAndCharacterOfPosition(position).line + 1;
}

function goldOf(checker, root, mine, node) {
  const file = node.getSourceFile();
  const found = new Map();
  for (const identifier of identifiers(node)) {
    const symbol = resolved(checker, identifier);
    for (const declaration of symbol ? declarationsOf(checker, identifier, symbol) : []) {
      const where = declaration.getSourceFile();
      const isOwn =
        where === file && declaration.pos >= node.pos && declaration.end <= node.end;
      if (isOwn || !mine.has(where.fileName) || !isDefinition(declaration)) continue;
      const line = lineOf(where, declaration.name.getStart());
      const name = path.relative(root, where.fileName).split(path.sep).join("/");
      const key = `${name}:${line}`;
      const type = DEFINITIONS.get(declaration.kind);
      const row = { file: name, line, name: declaration.name.getText(), type, uses: 0 };
      if (!found.has(key)) found.set(key, row);
      found.get(key).uses += 1;
    }
  }
  return [...found.values()].sort((a, b) =>
    a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1,
  );
}

function main(root) {
  const files = [...sources(root)];
  const mine = new Set(files);
  const program = ts.createProgram(files, {
    allowJs: true,
    jsx: ts.JsxEmit.Preserve,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    noEmit: true,
    skipLibCheck: true,
    strict: true,
    target: ts.ScriptTarget.ESNext,
    types: [],
  });
  const checker = program.getTypeChecker();
  const rows = [];
  for (const name of files) {
    const file = program.getSourceFile(name);
    const relative = path.relative(root, name).split(path.sep).join("/");
    for (const { node, qual } of functions(file, [])) {
      const start = lineOf(file, node.getStart());
      const end = lineOf(file, node.end);
      if (end - start + 1 < FEWEST_LINES) continue;
      rows.push({ file: relative, qual, start, end, gold: goldOf(checker, root, mine, node) });
    }
  }
  process.stdout.write(JSON.stringify(rows));
}

main(path.resolve(process.argv[2]));
