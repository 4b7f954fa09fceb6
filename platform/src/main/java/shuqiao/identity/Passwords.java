package shuqiao.identity;

/** Which passwords people may choose. */
final class Passwords {

    static final int LENGTH_MIN = 10;
    static final int LENGTH_MAX = 200;

    private Passwords() {}

    /** Long enough, and of at least three of the four kinds of characters (GB/T 22239 8.1.4.1). */
    static boolean strong(String password) {
        var kinds = 0;
        if (password.chars().anyMatch(Character::isLowerCase)) kinds++;
        if (password.chars().anyMatch(Character::isUpperCase)) kinds++;
        if (password.chars().anyMatch(Character::isDigit)) kinds++;
        if (password.chars().anyMatch(c -> !Character.isLetterOrDigit(c))) kinds++;
        return password.length() >= LENGTH_MIN && password.length() <= LENGTH_MAX && kinds >= 3;
    }
}
