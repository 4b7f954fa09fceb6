package shuqiao.workbook;

import java.time.Instant;

/** A workbook between its check and its import. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Upload(String id, String fileName, byte[] content, Instant at) {}
