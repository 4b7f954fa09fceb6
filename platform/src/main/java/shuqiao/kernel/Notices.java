package shuqiao.kernel;

import java.util.Map;
import java.util.Set;

/**
 * Tells people what happened to their work: put down in the caller's transaction, told after its
 * commit, shown in page, mailed to those who wish. Offered by the room that keeps notices, called
 * by any room.
 */
@Offered(Offered.As.SERVICE)
public interface Notices {

    /**
     * What is told. It becomes a sentence when it is read, in the language of the reader.
     *
     * @param key room and matter, such as {@code sharing.decided}; the sentence stands under {@code
     *     notice.<key>} in the messages of that room, with {@code {name}} for each fact
     * @param facts strings, numbers, dates as text, {@link #word} and {@link #organization}
     * @param path page of this platform where it is seen, from {@code /}
     */
    record Notice(String key, Map<String, Object> facts, String path) {
        public Notice {
            facts = Map.copyOf(facts);
        }
    }

    /** A fact that is a word of our own: its message key. */
    static Map<String, String> word(String key) {
        return Map.of("word", key);
    }

    /** A fact that is an organization, shown by its short name. */
    static Map<String, String> organization(String creditCode) {
        return Map.of("organization", creditCode);
    }

    /** Tells everybody of an organization who holds one of the roles, substitutes included. */
    void tell(String organization, Set<Role> roles, Notice notice);

    /** Tells everybody who holds one of the roles, wherever: the authority, the administrators. */
    void tell(Set<Role> roles, Notice notice);

    /**
     * Tells one person.
     *
     * @param username as in {@link Actor#subject()}; a program is told nothing
     */
    void tell(String username, Notice notice);
}
