package shuqiao.shell;

import java.io.IOException;
import java.util.Map;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Messages;

/**
 * What the server itself refuses before any filter sees it, such as {@code %2F} in a path or
 * headers over 8 KB, is answered like all else: a problem document for programs, a page of ours for
 * people.
 */
@Component
record ServerRefusals(Problems problems, MessageSource messages)
        implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    @Override
    public void customize(TomcatServletWebServerFactory server) {
        server.addContextCustomizers(context -> {
            // the innermost valve of the host reports first
            context.getParent().getPipeline().addValve(new Report());
            context.getParent().getPipeline().addValve(new UnreadBodies());
        });
    }

    /** Ours in place of the server's. */
    private final class Report extends ErrorReportValve {

        @Override
        protected void report(Request request, Response response, @Nullable Throwable thrown) {
            var status = response.getStatus();
            if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported())
                return;
            var answered =
                    switch (status) {
                        case 404, 405, 413, 415, 503 -> status;
                        default -> status < 500 ? 400 : 500;
                    };
            var key = ErrorPages.key(answered);
            var facts =
                    Map.<String, Object>of(
                            "method",
                            String.valueOf(request.getMethod()),
                            "max",
                            ErrorPages.UPLOAD_MAX);
            try {
                if (PlainPage.isForPrograms(request))
                    problems.write(request, response, answered, key, facts);
                else
                    PlainPage.write(
                            response,
                            messages,
                            answered,
                            "page." + key,
                            facts,
                            Messages.choose(request.getHeader("Accept-Language")));
                response.finishResponse();
            } catch (IOException _) {
                // whoever called has gone
            }
        }
    }
}
