package shuqiao.catalog;

import java.time.Instant;
import java.time.LocalDate;

/**
 * What the provider said of its data.
 *
 * @param asOf the day up to which the data is complete
 * @param by user name or client id
 */
public record DataUpdate(long id, LocalDate asOf, String note, String by, Instant at) {}
