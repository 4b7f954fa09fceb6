package shuqiao;

/** A newer release has changed the platform's database; nothing in it was touched. */
final class DatabaseTooNew extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param room whose tables are newer
     * @param found number of the last script that was applied
     * @param known number of the last one that this release has
     */
    DatabaseTooNew(String room, int found, int known) {
        super("the tables of %s are at %d, this release knows %d".formatted(room, found, known));
    }
}
