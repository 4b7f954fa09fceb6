package shuqiao.engine.proof;

import java.util.List;

/** What came out of checking a receipt: every check that could be made, in order. */
public record Verdict(List<Check> checks) {

    /**
     * One check.
     *
     * @param name stable key: json, shape, signatures, log, checkpoint, origin, index, inclusion
     */
    public record Check(String name, boolean passed, String chinese, String english) {}

    public Verdict {
        checks = List.copyOf(checks);
        if (checks.isEmpty()) throw new IllegalArgumentException("nothing was checked");
    }

    /** Only when every check passed. */
    public boolean isValid() {
        return checks.stream().allMatch(Check::passed);
    }

    public List<Check> failed() {
        return checks.stream().filter(check -> !check.passed()).toList();
    }
}
