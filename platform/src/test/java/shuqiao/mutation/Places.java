package shuqiao.mutation;

import com.sun.source.tree.*;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;
import javax.tools.ToolProvider;

/** Finds every change that we know how to make, in the attributed syntax tree of the sources. */
final class Places extends TreePathScanner<Void, Void> {

    private static final Map<Tree.Kind, String> SHIFTED =
            Map.of(
                    Tree.Kind.LESS_THAN, "<=",
                    Tree.Kind.LESS_THAN_EQUAL, "<",
                    Tree.Kind.GREATER_THAN, ">=",
                    Tree.Kind.GREATER_THAN_EQUAL, ">");

    private static final Map<Tree.Kind, String> OTHER =
            Map.of(
                    Tree.Kind.EQUAL_TO, "!=",
                    Tree.Kind.NOT_EQUAL_TO, "==",
                    Tree.Kind.CONDITIONAL_AND, "||",
                    Tree.Kind.CONDITIONAL_OR, "&&",
                    Tree.Kind.PLUS, "-",
                    Tree.Kind.MINUS, "+",
                    Tree.Kind.MULTIPLY, "/",
                    Tree.Kind.DIVIDE, "*",
                    Tree.Kind.REMAINDER, "*");

    private static final Set<String> NUMBERS = Set.of("int", "long", "double", "short", "byte");

    private static final Map<String, String> EMPTY =
            Map.of(
                    "java.lang.String", "\"\"",
                    "java.util.List", "java.util.List.of()",
                    "java.util.Set", "java.util.Set.of()",
                    "java.util.Map", "java.util.Map.of()",
                    "java.util.Optional", "java.util.Optional.empty()",
                    "java.util.stream.Stream", "java.util.stream.Stream.of()");

    private final Path root;
    private final String part;
    private final String source;
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final Trees trees;
    private final Types types;
    private final List<Mutation> found = new ArrayList<>();
    private final Map<String, Integer> ordinals = new HashMap<>();

    private Places(Path root, String part, CompilationUnitTree unit, Trees trees, Types types)
            throws IOException {
        this.root = root;
        this.part = part;
        this.unit = unit;
        this.source = unit.getSourceFile().getCharContent(true).toString();
        this.positions = trees.getSourcePositions();
        this.trees = trees;
        this.types = types;
    }

    /** All changes in these sources. */
    static List<Mutation> of(Path root, String part, List<Path> sources, String classPath) {
        var javac = ToolProvider.getSystemJavaCompiler();
        try (var files = javac.getStandardFileManager(null, null, null)) {
            var options = List.of("-proc:none", "-cp", classPath);
            var units = files.getJavaFileObjectsFromPaths(sources);
            var task = (JavacTask) javac.getTask(null, files, _ -> {}, options, null, units);
            var trees = Trees.instance(task);
            var parsed = new ArrayList<CompilationUnitTree>();
            task.parse().forEach(parsed::add);
            task.analyze();
            var found = new ArrayList<Mutation>();
            for (var unit : parsed) {
                var places = new Places(root, part, unit, trees, task.getTypes());
                places.scan(unit, null);
                found.addAll(places.found);
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Void visitAnnotation(AnnotationTree annotation, Void nothing) {
        return null;
    }

    @Override
    public Void visitThrow(ThrowTree refusal, Void nothing) {
        return null; // its words are not the heart
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
        return method.getName().contentEquals("toString") ? null : super.visitMethod(method, null);
    }

    @Override
    public Void visitIf(IfTree tree, Void nothing) {
        negate(tree.getCondition());
        if (tree.getElseStatement() == null && leaves(tree.getThenStatement()))
            change("remove a guard", tree, "{}");
        return super.visitIf(tree, null);
    }

    @Override
    public Void visitConditionalExpression(ConditionalExpressionTree tree, Void nothing) {
        negate(tree.getCondition());
        return super.visitConditionalExpression(tree, null);
    }

    @Override
    public Void visitWhileLoop(WhileLoopTree tree, Void nothing) {
        negate(tree.getCondition());
        return super.visitWhileLoop(tree, null);
    }

    @Override
    public Void visitBinary(BinaryTree tree, Void nothing) {
        var kind = tree.getKind();
        if (SHIFTED.containsKey(kind)) symbol("shift a boundary", tree, SHIFTED.get(kind));
        else if (OTHER.containsKey(kind) && (logical(kind) || NUMBERS.contains(type(tree))))
            symbol(logical(kind) ? "other connective" : "other arithmetic", tree, OTHER.get(kind));
        return super.visitBinary(tree, null);
    }

    @Override
    public Void visitUnary(UnaryTree tree, Void nothing) {
        if (tree.getKind() == Tree.Kind.LOGICAL_COMPLEMENT)
            change("drop a not", tree, text(tree.getExpression()));
        return super.visitUnary(tree, null);
    }

    @Override
    public Void visitExpressionStatement(ExpressionStatementTree tree, Void nothing) {
        var text = text(tree);
        if (text.startsWith("LOG.") || text.startsWith("log.")) return null;
        if (!text.startsWith("super(") && !text.startsWith("this("))
            change("remove a statement", tree, "{}");
        return super.visitExpressionStatement(tree, null);
    }

    @Override
    public Void visitReturn(ReturnTree tree, Void nothing) {
        var value = tree.getExpression();
        if (value != null) {
            var type = type(value);
            var text = text(value);
            if (type.equals("boolean")) change("return the other", value, "!(" + text + ")");
            else if (NUMBERS.contains(type)) change("return one more", value, text + " + 1");
            else {
                var empty = EMPTY.getOrDefault(type.replaceAll("<.*", ""), "null");
                if (!empty.equals(text)) change("return nothing", value, empty);
            }
        }
        return super.visitReturn(tree, null);
    }

    @Override
    public Void visitLiteral(LiteralTree tree, Void nothing) {
        switch (tree.getValue()) {
            case Boolean truth -> change("change a constant", tree, String.valueOf(!truth));
            case Integer _, Long _ -> change("change a constant", tree, text(tree) + " + 1");
            case String _ -> {
                for (var change : SqlWords.changes(text(tree))) {
                    var from = start(tree);
                    add(
                            change.operator(),
                            from + change.start(),
                            from + change.end(),
                            change.after());
                }
            }
            case null, default -> {}
        }
        return null;
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree tree, Void nothing) {
        swap(tree.getArguments());
        if (tree.getMethodSelect() instanceof MemberSelectTree select
                && getCurrentPath().getParentPath().getLeaf().getKind()
                        != Tree.Kind.EXPRESSION_STATEMENT
                && type(tree).equals(type(select.getExpression()))
                && !type(tree).contains("StatementSpec"))
            change("remove a call", tree, text(select.getExpression()));
        return super.visitMethodInvocation(tree, null);
    }

    @Override
    public Void visitNewClass(NewClassTree tree, Void nothing) {
        swap(tree.getArguments());
        return super.visitNewClass(tree, null);
    }

    private void swap(List<? extends ExpressionTree> arguments) {
        for (var i = 0; i + 1 < arguments.size(); i++) {
            var one = arguments.get(i);
            var other = arguments.get(i + 1);
            var type = type(one);
            if (type.isEmpty() || !type.equals(type(other)) || text(one).equals(text(other)))
                continue;
            var between = source.substring(end(one), start(other));
            add("swap arguments", start(one), end(other), text(other) + between + text(one));
        }
    }

    private void negate(ExpressionTree condition) {
        var inner =
                condition instanceof ParenthesizedTree brackets
                        ? brackets.getExpression()
                        : condition;
        if (!(inner instanceof InstanceOfTree)) // its binding would be gone
        change("negate a condition", inner, "!(" + text(inner) + ")");
    }

    private static boolean logical(Tree.Kind kind) {
        return switch (kind) {
            case EQUAL_TO, NOT_EQUAL_TO, CONDITIONAL_AND, CONDITIONAL_OR -> true;
            default -> false;
        };
    }

    /** Whether nothing after it runs. */
    private static boolean leaves(StatementTree statement) {
        return switch (statement) {
            case ThrowTree _, ReturnTree _, ContinueTree _ -> true;
            case BlockTree block ->
                    !block.getStatements().isEmpty() && leaves(block.getStatements().getLast());
            default -> false;
        };
    }

    private void symbol(String operator, BinaryTree tree, String after) {
        var from = end(tree.getLeftOperand());
        var between = source.substring(from, start(tree.getRightOperand()));
        var stripped = between.replaceAll("[()\\s]", "");
        var at = between.indexOf(stripped);
        if (stripped.length() <= 2 && at >= 0)
            add(operator, from + at, from + at + stripped.length(), after);
    }

    private void change(String operator, Tree tree, String after) {
        add(operator, start(tree), end(tree), after);
    }

    private void add(String operator, int start, int end, String after) {
        if (start < 0 || end < start) return;
        var before = source.substring(start, end);
        var method = method(getCurrentPath());
        var ordinal =
                ordinals.merge(String.join("|", method, operator, before, after), 1, Integer::sum);
        var file = root.relativize(Path.of(unit.getSourceFile().toUri()));
        var line = (int) unit.getLineMap().getLineNumber(start);
        found.add(
                new Mutation(
                        part, file, line, method, operator, start, end, before, after, ordinal));
    }

    private static String method(TreePath path) {
        for (var tree : path) {
            if (tree instanceof MethodTree method) return method.getName().toString();
            if (tree instanceof ClassTree type) return type.getSimpleName().toString();
        }
        return "";
    }

    private String type(Tree tree) {
        TypeMirror type = trees.getTypeMirror(new TreePath(getCurrentPath(), tree));
        return type == null ? "" : types.erasure(type).toString();
    }

    private int start(Tree tree) {
        return (int) positions.getStartPosition(unit, tree);
    }

    private int end(Tree tree) {
        return (int) positions.getEndPosition(unit, tree);
    }

    private String text(Tree tree) {
        var end = end(tree);
        return end < 0 ? "" : source.substring(start(tree), end); // made by the compiler
    }
}
