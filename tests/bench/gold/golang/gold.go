// Gold for context recall, by the Go type checker: for each function of at least five lines, the
// definitions of its module that it uses.
//
// Use: go run . ROOT, where ROOT holds a go.mod whose dependencies are at hand. Writes to stdout
// [{file, qual, start, end, gold: [{file, line, name, type, uses}]}], lines from 1. Tests are left out.
package main

import (
	"cmp"
	"encoding/json"
	"go/ast"
	"go/build"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

const fewestLines = 5

type used struct {
	File string `json:"file"`
	Line int    `json:"line"`
	Name string `json:"name"`
	Type string `json:"type"`
	Uses int    `json:"uses"`
}

type function struct {
	File  string `json:"file"`
	Qual  string `json:"qual"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	Gold  []used `json:"gold"`
}

// project is what all of its packages share.
type project struct {
	root     string
	files    *token.FileSet
	importer types.Importer
}

func main() {
	log.SetFlags(0)
	root, err := filepath.Abs(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	// The importer finds modules from the folder that it runs in, and compiles no C.
	if err := os.Chdir(root); err != nil {
		log.Fatal(err)
	}
	build.Default.CgoEnabled = false
	files := token.NewFileSet()
	all := project{root, files, importer.ForCompiler(files, "source", nil)}
	rows := []function{}
	for _, folder := range all.folders() {
		rows = append(rows, all.functions(folder)...)
	}
	if err := json.NewEncoder(os.Stdout).Encode(rows); err != nil {
		log.Fatal(err)
	}
}

// folders lists those that may hold packages of the module, its root first.
func (p project) folders() []string {
	var found []string
	err := filepath.WalkDir(p.root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		name := entry.Name()
		_, other := os.Stat(filepath.Join(path, "go.mod"))
		if path != p.root && (other == nil || strings.HasPrefix(name, ".") ||
			strings.HasPrefix(name, "_") || name == "vendor" || name == "testdata") {
			return filepath.SkipDir
		}
		found = append(found, path)
		return nil
	})
	if err != nil {
		log.Fatal(err)
	}
	return found
}

// functions checks the package in a folder, and gives none where there is no package for this system.
func (p project) functions(folder string) []function {
	chosen, err := build.ImportDir(folder, 0)
	if err != nil {
		return nil
	}
	var parsed []*ast.File
	for _, name := range chosen.GoFiles {
		file, err := parser.ParseFile(p.files, filepath.Join(folder, name), nil, parser.SkipObjectResolution)
		if err != nil {
			log.Fatal(err)
		}
		parsed = append(parsed, file)
	}
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}}
	// A package that is missing leaves its names without objects, which are not the project's anyway.
	config := types.Config{Importer: p.importer, FakeImportC: true, Error: func(error) {}}
	config.Check(folder, p.files, parsed, info)
	var rows []function
	for _, file := range parsed {
		for _, each := range file.Decls {
			if declared, ok := each.(*ast.FuncDecl); ok {
				start, end := p.files.Position(declared.Pos()), p.files.Position(declared.End())
				if end.Line-start.Line+1 >= fewestLines && declared.Body != nil {
					row := function{p.name(start), nameOf(declared), start.Line, end.Line, nil}
					row.Gold = p.gold(info, declared, row)
					rows = append(rows, row)
				}
			}
		}
	}
	return rows
}

func (p project) gold(info *types.Info, declared *ast.FuncDecl, row function) []used {
	type place struct {
		file string
		line int
	}
	found := map[place]used{}
	ast.Inspect(declared, func(node ast.Node) bool {
		identifier, ok := node.(*ast.Ident)
		if !ok || info.Uses[identifier] == nil {
			return true
		}
		object := info.Uses[identifier]
		position := p.files.Position(object.Pos())
		at := place{p.name(position), position.Line}
		own := at.file == row.File && row.Start <= at.line && at.line <= row.End
		if kind := kindOf(object); kind != "" && at.file != "" && !own {
			one := used{at.file, at.line, object.Name(), kind, found[at].Uses + 1}
			found[at] = one
		}
		return true
	})
	gold := []used{}
	for _, each := range found {
		gold = append(gold, each)
	}
	slices.SortFunc(gold, func(a, b used) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return gold
}

// name gives a file's path from the root, or nothing where it lies elsewhere.
func (p project) name(position token.Position) string {
	relative, err := filepath.Rel(p.root, position.Filename)
	if err != nil || position.Filename == "" || strings.HasPrefix(relative, "..") {
		return ""
	}
	return filepath.ToSlash(relative)
}

// kindOf says as what an object counts; nothing for what is local, predeclared or a package.
func kindOf(object types.Object) string {
	top := object.Pkg() != nil && object.Parent() == object.Pkg().Scope()
	switch object := object.(type) {
	case *types.Func:
		if object.Signature().Recv() != nil {
			return "method"
		}
		return "function"
	case *types.Var:
		if object.IsField() {
			return "field"
		}
		if top {
			return "variable"
		}
	case *types.Const:
		if top {
			return "constant"
		}
	case *types.TypeName:
		if top {
			return "type"
		}
	}
	return ""
}

func nameOf(declared *ast.FuncDecl) string {
	if declared.Recv == nil || len(declared.Recv.List) == 0 {
		return declared.Name.Name
	}
	held := declared.Recv.List[0].Type
	for {
		switch inner := held.(type) {
		case *ast.StarExpr:
			held = inner.X
		case *ast.IndexExpr:
			held = inner.X
		case *ast.IndexListExpr:
			held = inner.X
		case *ast.Ident:
			return inner.Name + "." + declared.Name.Name
		default:
			return declared.Name.Name
		}
	}
}
