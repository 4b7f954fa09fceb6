package shuqiao.onesource;

import java.time.Instant;

/**
 * What a department says to collecting an item twice.
 *
 * @param keeps whether it goes on by itself, with its reason; else it will take from the source
 */
record Answer(String key, long resource, boolean keeps, String reason, Instant at) {}
