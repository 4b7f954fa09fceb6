package shuqiao.workbook;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import shuqiao.kernel.Invalid;

/**
 * One part of a workbook on its way to a parser of XML, which holds a whole tag or attribute in
 * memory before anybody can ask how long it is. Here that is seen in the bytes: between one {@code
 * <} and the next stands at most what a cell can hold, however it is written.
 */
final class PartStream extends FilterInputStream {

    /** 32,767 characters, each written as ten ({@code &#x10FFFF;}) and more. */
    private static final int RUN_MAX = 1024 * 1024;

    /** What all parts of a workbook may come to. */
    static final class Budget {
        private long left;

        Budget(long bytes) {
            left = bytes;
        }

        void take(int bytes) {
            left -= bytes;
            if (left < 0) throw Invalid.field("file", "workbook.bomb");
        }
    }

    /** More stands without any markup than a cell may hold. */
    static final class TooLongARun extends IOException {
        TooLongARun() {
            super("over " + RUN_MAX + " bytes without markup");
        }
    }

    private final Budget budget;
    private final Deadline deadline;
    private int run;
    private boolean tooLong;

    PartStream(InputStream in, Budget budget, Deadline deadline) {
        super(in);
        this.budget = budget;
        this.deadline = deadline;
    }

    /** Whether reading ended because of a run, as the parser does not tell. */
    boolean isTooLong() {
        return tooLong;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        deadline.check();
        int read = super.read(bytes, from, length);
        if (read <= 0) return read;
        budget.take(read);
        for (int at = from; at < from + read; at++)
            if (bytes[at] == '<') run = 0;
            else if (++run > RUN_MAX) {
                tooLong = true;
                throw new TooLongARun();
            }
        return read;
    }
}
