package shuqiao.kernel;

/**
 * The web server listens; what must be there before anybody is let in happens now, synchronously:
 * first passwords, the demo city.
 */
public record Opening(String baseUrl, boolean empty) {}
