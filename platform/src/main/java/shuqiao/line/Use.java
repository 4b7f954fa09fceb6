package shuqiao.line;

import shuqiao.kernel.Actor;

/**
 * Who wants a session for what; stands in the record of sessions.
 *
 * @param by subject of a person or program; of the platform when it works by itself
 * @param about number of the run or grant it is for, or empty
 */
public record Use(Occasion occasion, Actor.Kind kind, String by, String about) {

    public static Use of(Occasion occasion, Actor actor) {
        return new Use(occasion, actor.kind(), actor.subject(), "");
    }

    /** Of a clock or a worker, or of another room on somebody's behalf. */
    public static Use platform(Occasion occasion) {
        return of(occasion, Actor.PLATFORM);
    }

    public Use about(String number) {
        return new Use(occasion, kind, by, number);
    }
}
