package shuqiao.notice;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A mail server with the habits of real ones: it gives the answers it was told to, by command. */
final class StrictMailServer implements AutoCloseable {

    /** In the place of an answer: it hangs up. */
    static final String HANGS_UP = "";

    private final ServerSocket socket;
    private final Map<String, String> answers;
    private final BlockingQueue<String> greetings = new LinkedBlockingQueue<>();

    /**
     * @param answers by command, {@code .} for the end of the letter; 250 to all others
     */
    StrictMailServer(Map<String, String> answers) throws IOException {
        this.answers = answers;
        this.socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::work);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** The name in the next EHLO that came. */
    String greeting() throws InterruptedException {
        return greetings.take();
    }

    private void work() {
        while (!socket.isClosed())
            try (var one = socket.accept()) {
                talk(one);
            } catch (IOException _) {
                // the other side has gone, or the test is over
            }
    }

    private void talk(Socket one) throws IOException {
        var in =
                new BufferedReader(
                        new InputStreamReader(one.getInputStream(), StandardCharsets.UTF_8));
        say(one, "220 mail.example.gov.cn ready");
        boolean letter = false;
        for (String line; (line = in.readLine()) != null; ) {
            if (letter && !line.equals(".")) continue;
            letter = false;
            var word = line.equals(".") ? "." : line.split("[ :]", 2)[0];
            if (word.equals("EHLO")) greetings.add(line.substring("EHLO ".length()));
            var answer = answers.getOrDefault(word, word.equals("DATA") ? "354 go on" : "250 ok");
            if (answer.equals(HANGS_UP)) return;
            say(one, answer);
            letter = word.equals("DATA") && answer.startsWith("354");
        }
    }

    private static void say(Socket one, String line) throws IOException {
        one.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
