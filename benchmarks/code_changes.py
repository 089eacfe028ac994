"""Make the mutants of a module: its source with one small change.

mutants_of("def f(a):\n    return a > 1 or None\n")
f, line 2: a > 1 -> a >= 1
f, line 2: a > 1 or None -> a > 1 and None
f, line 2: 1 -> 2
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator, Sequence

import msgspec

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_Change = tuple[ast.AST, ast.AST]
_Scope = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


class Mutant(msgspec.Struct, frozen=True):
    """A changed source: the function and line of the change, the change, and the lines of the changed statement.

    `lines` is empty outside functions, and in functions whose results are kept: such a change matters to tests that do
    not run its line.
    """

    place: str
    line: int
    change: str
    source: str
    lines: frozenset[int]


def mutants_of(source: str) -> list[Mutant]:
    """Return every mutant of a source that differs from it."""
    return list(_Mutator(ast.parse(source)).mutants())


class _Mutator:
    def __init__(self, tree: ast.Module) -> None:
        self._tree = tree
        self._parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}

    def mutants(self) -> Iterator[Mutant]:
        """Yield the mutants in the order of the source."""
        for node in ast.walk(self._tree):
            if not self._is_left_alone(node):
                for new in _changes(node):
                    yield self._mutant(node, new)

    def _mutant(self, node: ast.AST, new: ast.AST) -> Mutant:
        line = self._line(node)
        function = self._function(node)
        statement = self._statement(node)
        is_run = function is not None and not _is_cached(function)
        lines = range(statement.lineno, _last_header_line(statement) + 1) if is_run else ()
        return Mutant(
            place=self._place(node),
            line=line,
            change=f"{ast.unparse(node)} -> {ast.unparse(new)}",
            source=self._source_with(node, new),
            lines=frozenset(lines),
        )

    def _source_with(self, node: ast.AST, new: ast.AST) -> str:
        """Return the source with one node replaced; the other nodes stay where they are."""
        marks = {id(node): new}
        tree = _replace(self._tree, marks)
        return ast.unparse(ast.fix_missing_locations(tree))

    def _is_left_alone(self, node: ast.AST) -> bool:
        """Return whether a node is within a docstring, a message, or what is there for the type check alone."""
        while node in self._parents:
            parent = self._parents[node]
            if _is_left_out(node, parent):
                return True
            node = parent
        return False

    def _line(self, node: ast.AST) -> int:
        return getattr(node, "lineno", 0) or self._line(self._parents[node])

    def _function(self, node: ast.AST) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
        while node in self._parents:
            parent = self._parents[node]
            if isinstance(parent, ast.FunctionDef | ast.AsyncFunctionDef) and node in parent.body:
                return parent
            node = parent
        return None

    def _statement(self, node: ast.AST) -> ast.stmt:
        while not isinstance(node, ast.stmt):
            node = self._parents[node]
        return node

    def _place(self, node: ast.AST) -> str:
        names = []
        while node in self._parents:
            node = self._parents[node]
            if isinstance(node, _Scope):
                names.append(node.name)
        return ".".join(reversed(names)) or "module"


def _is_left_out(node: ast.AST, parent: ast.AST) -> bool:
    """Return whether a node does not change what the code does: docstrings, messages, annotations, decorators."""
    left_out: Sequence[ast.AST | None] = ()
    match parent:
        case ast.JoinedStr() | ast.Raise() | ast.Assert():
            left_out = [node]
        case ast.Expr(value=ast.Constant()):
            left_out = [node]
        case ast.AnnAssign() | ast.arg():
            left_out = [parent.annotation]
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            left_out = [*parent.decorator_list, parent.returns]
        case ast.ClassDef():
            left_out = [*parent.decorator_list, *parent.keywords]
        case ast.If(test=ast.Name(id="TYPE_CHECKING")) | ast.Call(func=ast.Name(id="cast" | "TypeVar")):
            left_out = [node]
        case ast.Assign(targets=[ast.Name(id="__all__" | "__test__")]):
            left_out = [node]
    return node in left_out


def _is_cached(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Return whether the first test that calls a function runs its lines for the tests after it too."""
    return any("cache" in ast.unparse(decorator) for decorator in function.decorator_list)


def _last_header_line(statement: ast.stmt) -> int:
    """Return the last line of a statement, without the statements within it."""
    body = getattr(statement, "body", None)
    return max(statement.lineno, body[0].lineno - 1) if body else statement.end_lineno or statement.lineno


def _replace(node: ast.AST, marks: dict[int, ast.AST]) -> ast.AST:
    """Copy a tree with some nodes replaced."""
    if id(node) in marks:
        return marks[id(node)]
    new = copy.copy(node)
    for field, value in ast.iter_fields(node):
        if isinstance(value, ast.AST):
            setattr(new, field, _replace(value, marks))
        elif isinstance(value, list):
            setattr(new, field, [_replace(item, marks) if isinstance(item, ast.AST) else item for item in value])
    return new


def _changes(node: ast.AST) -> Iterator[ast.AST]:
    """Yield each small change of a node."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        yield _changed(node, ops=[_COMPARISONS[type(node.ops[0])]()])
    elif isinstance(node, ast.Compare):
        for i, op in enumerate(node.ops):
            yield _changed(node, ops=[*node.ops[:i], _COMPARISONS[type(op)](), *node.ops[i + 1 :]])
    elif isinstance(node, ast.BoolOp):
        yield _changed(node, op=ast.And() if isinstance(node.op, ast.Or) else ast.Or())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    elif isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
        yield _changed(node, op=_ARITHMETIC[type(node.op)]())
    elif isinstance(node, ast.Constant):
        yield from _changed_constants(node)
    elif isinstance(node, ast.IfExp):
        yield from (node.body, node.orelse)
    else:
        yield from _changed_statements(node)


def _changed_constants(node: ast.Constant) -> Iterator[ast.AST]:
    if isinstance(node.value, bool):
        yield _changed(node, value=not node.value)
    elif isinstance(node.value, int | float):
        yield _changed(node, value=node.value + 1)
    elif isinstance(node.value, str):
        yield _changed(node, value="" if node.value else "XX")


def _changed_statements(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.If | ast.While):
        yield _changed(node, test=ast.UnaryOp(op=ast.Not(), operand=node.test))
    elif isinstance(node, ast.Call):
        for i in range(len(node.keywords)):
            yield _changed(node, keywords=node.keywords[:i] + node.keywords[i + 1 :])
    elif isinstance(node, ast.comprehension):
        for i in range(len(node.ifs)):
            yield _changed(node, ifs=node.ifs[:i] + node.ifs[i + 1 :])
    elif isinstance(node, ast.Return | ast.Assign) and node.value is not None and not _is_none(node.value):
        yield _changed(node, value=ast.Constant(None))
    elif isinstance(node, ast.Continue):
        yield ast.Break()
    elif isinstance(node, ast.Break):
        yield ast.Continue()


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _changed(node: ast.AST, **fields: object) -> ast.AST:
    new = copy.copy(node)
    for field, value in fields.items():
        setattr(new, field, value)
    return new
