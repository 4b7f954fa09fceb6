package shuqiao.kernel;

/**
 * The web server listens; what must be there before anybody is let in happens now, synchronously:
 * first passwords, the demo city.
 *
 * @param city what a first start builds
 */
public record Opening(String baseUrl, City city) {

    /** How much of the demo city there is to be. */
    public enum City {
        NONE,
        /** Five departments with five entries, enough for a walk through the chain. */
        SMALL,
        WHOLE
    }

    public boolean empty() {
        return city == City.NONE;
    }
}
