package shuqiao.kit;

import java.util.List;
import org.jspecify.annotations.Nullable;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Role;
import shuqiao.standard.WorkingDayCalendar;

/** Which move leads from which state to which, who may make it and what it needs. */
public record Transitions(List<State> states, List<Move> moves) {

    /**
     * A state.
     *
     * @param look class of its mark: draft, running, done or failed
     */
    public record State(
            String name, @Nullable Words label, @Nullable String look, boolean start, boolean end) {

        /** Worded by an enum of the room, with the class of its mark. */
        public static State of(String name, String words, String look) {
            return new State(name, Words.of(words + "." + name), look, false, false);
        }

        public State first() {
            return new State(name, label, look, true, end);
        }

        public State last() {
            return new State(name, label, look, start, true);
        }
    }

    /** Whether a move asks why. */
    public enum Reason {
        NONE,
        MAY,
        MUST
    }

    /**
     * By when it should be made, from the time that the thing came into its state.
     *
     * @param workingDays the day itself is not counted
     * @param clock the calendar that counts: {@code city}, which is the only one
     */
    public record Within(int workingDays, String clock) {

        private static final String CITY = "city";

        public Within {
            if (!clock.equals(CITY)) throw new IllegalArgumentException("no clock " + clock);
            if (workingDays < 1 || workingDays > WorkingDayCalendar.WORKING_DAYS_MAX)
                throw new IllegalArgumentException("no number of days " + workingDays);
        }
    }

    /**
     * A move.
     *
     * @param by who may make it; empty for everybody signed in
     * @param fourEyes not by the hand that made the last step
     * @param ask what follows from it; a page asks before it is made where there is any
     * @param path last part of its address
     * @param told once, when it has been made
     * @param next where one goes then, with {@code {name}} for values of the thing
     */
    public record Move(
            String name,
            List<String> from,
            String to,
            List<Role> by,
            Words say,
            Reason reason,
            boolean fourEyes,
            @Nullable Within within,
            List<Words> ask,
            String path,
            Words told,
            String next,
            @Nullable Operation rest) {

        public Move {
            from = List.copyOf(from);
            by = by == null ? List.of() : List.copyOf(by);
            reason = reason == null ? Reason.NONE : reason;
            ask = ask == null ? List.of() : List.copyOf(ask);
        }

        /** Made by nobody yet, from no page. */
        public static Move of(String name, String to, String... from) {
            var none = Words.of(name);
            return new Move(
                    name,
                    List.of(from),
                    to,
                    List.of(),
                    none,
                    Reason.NONE,
                    false,
                    null,
                    List.of(),
                    name,
                    none,
                    "",
                    null);
        }

        public Move by(Role... roles) {
            var who = List.of(roles);
            return new Move(
                    name, from, to, who, say, reason, fourEyes, within, ask, path, told, next,
                    rest);
        }

        /**
         * Last part of the address, keys of the button and of what is told, where one goes then.
         */
        public Move page(String part, String button, String done, String then) {
            var act = Words.of(button);
            var said = Words.of(done);
            return new Move(
                    name, from, to, by, act, reason, fourEyes, within, ask, part, said, then, rest);
        }

        public Move asking(Reason why, Words... consequences) {
            var told = List.of(consequences);
            return new Move(
                    name, from, to, by, say, why, fourEyes, within, told, path, this.told, next,
                    rest);
        }

        private Move rest(Operation.Method method, @Nullable String at, String id, String what) {
            var also = new Operation(method, at, id, what);
            return new Move(
                    name, from, to, by, say, reason, fourEyes, within, ask, path, told, next, also);
        }

        public Move post(String id, String summary) {
            return rest(Operation.Method.POST, null, id, summary);
        }

        /** On the thing's own address. */
        public Move delete(String id, String summary) {
            return rest(Operation.Method.DELETE, null, id, summary);
        }

        /** Of its page and of the operation. */
        String at(Register register, boolean page) {
            var thing = register.path() + "/{id}";
            return !page && rest != null && rest.method() == Operation.Method.DELETE
                    ? thing
                    : thing + "/" + path;
        }

        /** Whether a page stands between the button and the move. */
        boolean asks() {
            return !ask.isEmpty() || reason != Reason.NONE;
        }

        boolean allows(Actor actor) {
            return by.isEmpty() || by.stream().anyMatch(actor::has);
        }
    }

    public Transitions {
        states = List.copyOf(states);
        moves = List.copyOf(moves);
        for (var move : moves) {
            state(states, move.to());
            for (var from : move.from()) state(states, from);
        }
    }

    private static State state(List<State> states, String name) {
        return states.stream()
                .filter(state -> state.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no state " + name));
    }

    /** Whether a clock runs in some state. */
    boolean hasClocks() {
        return moves.stream().anyMatch(move -> move.within() != null);
    }

    State state(String name) {
        return state(states, name);
    }

    Move move(String name) {
        return moves.stream()
                .filter(move -> move.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no move " + name));
    }

    /** Why the actor cannot make a move with the thing as it is; null where they can. */
    @Nullable Words bar(Move move, Keeper keeper, Actor actor, Keeper.Item item) {
        if (!move.from().contains(item.state())) {
            var word = state(item.state()).label();
            return Words.of("kit.bar.state", word == null ? item.state() : word);
        }
        if (!move.allows(actor))
            return Words.of(
                    "kit.bar.role",
                    move.by().stream()
                            .map(role -> Words.of("Role." + role))
                            .reduce((a, b) -> Words.of("kit.or", a, b))
                            .orElseThrow());
        if (move.fourEyes() && actor.isHandOf(item.by()))
            return Words.of("refusal.not-allowed.four-eyes");
        return keeper.bar(actor, move.name(), item);
    }

    /** Moves that the actor may make with the thing as it is. */
    List<Move> open(Actor actor, Keeper.Item item) {
        return moves.stream()
                .filter(move -> move.from().contains(item.state()) && move.allows(actor))
                .filter(move -> !move.fourEyes() || !actor.isHandOf(item.by()))
                .toList();
    }

    /** As a picture for the plan of the house. */
    String drawn() {
        var drawn = new StringBuilder("stateDiagram-v2\n");
        for (var state : states)
            if (state.start()) drawn.append("    [*] --> ").append(state.name()).append('\n');
        for (var move : moves)
            for (var from : move.from()) {
                drawn.append("    ").append(from).append(" --> ").append(move.to());
                drawn.append(" : ").append(move.name());
                if (move.reason() == Reason.MUST) drawn.append(", reason");
                if (move.fourEyes()) drawn.append(", four eyes");
                if (move.within() != null)
                    drawn.append(", within ")
                            .append(move.within().workingDays())
                            .append(" working days");
                drawn.append('\n');
            }
        for (var state : states)
            if (state.end()) drawn.append("    ").append(state.name()).append(" --> [*]\n");
        return drawn.toString();
    }
}
