package shuqiao.line;

import shuqiao.engine.Side;

/** A session that somebody wants to open. */
record Wanted(Place place, Side side) {}
