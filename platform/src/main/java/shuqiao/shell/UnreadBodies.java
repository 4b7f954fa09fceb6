package shuqiao.shell;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Hangs up on a stranger who sends much. What somebody known sends and we refuse is read to its
 * end, so that a browser shows our answer; for anybody else the server would read 200 MB.
 */
final class UnreadBodies extends ValveBase {

    /** Request attribute: nobody is signed in, and what is sent is not for us. */
    static final String STRANGERS = "shuqiao.strangers-body";

    /** Bytes that are still read, so that most browsers see where to sign in. */
    private static final long READ_MAX = 2 * 1024 * 1024;

    UnreadBodies() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        getNext().invoke(request, response);
        var length = request.getContentLengthLong();
        var isLong =
                length > READ_MAX || length < 0 && request.getHeader("Transfer-Encoding") != null;
        if (!isLong || response.getStatus() != 401 && request.getAttribute(STRANGERS) == null)
            return;
        // the answer first: hanging up makes a fault of what is not yet on its way
        response.finishResponse();
        request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
    }
}
