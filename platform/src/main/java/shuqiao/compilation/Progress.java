package shuqiao.compilation;

/** How far a long piece of work is, for those who look at it meanwhile. */
final class Progress {

    private volatile int done;
    private volatile int all;

    void begin(int number) {
        all = number;
        done = 0;
    }

    void at(int number) {
        done = number;
    }

    int percent() {
        return all == 0 ? 0 : (int) Math.min(100L, 100L * done / all);
    }
}
