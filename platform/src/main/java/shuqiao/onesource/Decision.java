package shuqiao.onesource;

import java.time.Instant;

/** 权威来源: the entry from which an item is to be taken, as the data authority said. */
record Decision(String key, long resource, String reason, String by, Instant at, int revision) {}
