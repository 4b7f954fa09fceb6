package shuqiao.engine.proof;

/** JSON that is no receipt (or no key document); says which member and why, in both languages. */
public final class InvalidReceipt extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final String chinese;

    InvalidReceipt(String member, String chinese, String english) {
        super(shown(member) + english);
        this.chinese = shown(member) + chinese;
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return String.valueOf(getMessage());
    }

    /** A member's name comes from the file: it is cut and cleaned before it reaches a terminal. */
    private static String shown(String member) {
        if (member.isEmpty()) return "";
        var clean = member.replaceAll("\\p{C}", "?");
        return (clean.length() > 60 ? clean.substring(0, 60) + "…" : clean) + " ";
    }
}
