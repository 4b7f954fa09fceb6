package shuqiao.notice;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.List;
import javax.net.SocketFactory;

/**
 * Gives the mail library sockets that are connected to checked addresses already, whatever the name
 * means to it by then. The certificate is still checked against the name: the library wraps them.
 */
final class CheckedSockets extends SocketFactory {

    private final List<InetAddress> addresses;
    private final int port;
    private final int patience;

    /**
     * @param addresses tried in order
     * @param patience milliseconds for all of them together
     */
    CheckedSockets(List<InetAddress> addresses, int port, int patience) {
        this.addresses = addresses;
        this.port = port;
        this.patience = patience;
    }

    @Override
    public Socket createSocket() throws IOException {
        IOException last = new ConnectException("no address");
        for (var address : addresses) {
            var socket = new Connected();
            try {
                socket.reach(
                        new InetSocketAddress(address, port),
                        Math.max(1, patience / addresses.size()));
                return socket;
            } catch (IOException failed) {
                socket.close();
                last = failed;
            }
        }
        throw last;
    }

    /** Where the library would connect it, it is connected. */
    private static final class Connected extends Socket {

        void reach(InetSocketAddress peer, int patience) throws IOException {
            super.connect(peer, patience);
        }

        @Override
        public void connect(SocketAddress peer) {
            // reached before
        }

        @Override
        public void connect(SocketAddress peer, int timeout) {
            // reached before
        }
    }

    @Override
    public Socket createSocket(String host, int other) throws IOException {
        return createSocket();
    }

    @Override
    public Socket createSocket(String host, int other, InetAddress local, int localPort)
            throws IOException {
        return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress host, int other) throws IOException {
        return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress host, int other, InetAddress local, int localPort)
            throws IOException {
        return createSocket();
    }
}
