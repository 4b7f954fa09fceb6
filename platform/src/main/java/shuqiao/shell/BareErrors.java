package shuqiao.shell;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import shuqiao.kernel.Messages;

/**
 * Answers what the server refuses before it is a request of ours, such as an address with an
 * encoded slash or a header that is too long: as a problem document too, in place of the server's
 * own page.
 */
final class BareErrors extends ErrorReportValve {

    private final Problems problems;

    BareErrors(Problems problems) {
        this.problems = problems;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        var status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported())
            return;
        var heard = new AtomicBoolean();
        response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, heard);
        if (!heard.get()) return;
        var key = status < 500 ? "bad-request" : "bug";
        try {
            var locale = Messages.choose(request.getHeader("Accept-Language"));
            problems.write(
                    response, problems.of(status < 500 ? 400 : 500, key, Map.of(), locale), locale);
            response.finishResponse();
        } catch (IOException _) {
            // nobody hears it
        }
    }
}
