package shuqiao.shell;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.springframework.web.servlet.HandlerMapping;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Messages;
import shuqiao.kernel.Outage;
import shuqiao.kernel.Refusal;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** The one place where what goes wrong behind the API becomes a problem document. */
@RestControllerAdvice(annotations = RestController.class)
@Order(0)
class ApiErrors {

    private static final Logger LOG = LoggerFactory.getLogger(ApiErrors.class);

    private final Problems problems;

    ApiErrors(Problems problems) {
        this.problems = problems;
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> refused(Refusal refusal, HttpServletRequest request) {
        var answer = answer(problems.of(refusal, locale(request)), request);
        var wait = refusal.retryAfterSeconds();
        if (wait.isEmpty()) return answer;
        return ResponseEntity.status(answer.getStatusCode())
                .headers(answer.getHeaders())
                .header("Retry-After", String.valueOf(wait.getAsLong()))
                .body(answer.getBody());
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> notReadable(
            HttpMessageNotReadableException wrong, HttpServletRequest request) {
        if (wrong.getCause() instanceof UnrecognizedPropertyException unknown)
            return answer(
                    problems.of(
                            400,
                            "unknown-property",
                            Map.of("property", JsonGuard.cut(unknown.getPropertyName())),
                            locale(request)),
                    request);
        if (wrong.getCause() instanceof InvalidNullException missing)
            return refused(
                    Invalid.field(String.valueOf(missing.getPropertyName()), "required"), request);
        var where =
                wrong.getCause() instanceof DatabindException at
                        ? at.getPath().stream()
                                .map(JacksonException.Reference::getPropertyName)
                                .filter(java.util.Objects::nonNull)
                                .collect(java.util.stream.Collectors.joining("."))
                        : "";
        return where.isEmpty()
                ? answer(problems.of(400, "not-json", Map.of(), locale(request)), request)
                : answer(
                        problems.of(400, "wrong-type", Map.of("field", where), locale(request)),
                        request);
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> bodyRefused(BodyRefused wrong, HttpServletRequest request) {
        var facts = new java.util.HashMap<String, Object>();
        wrong.facts.forEach((name, value) -> facts.put(name, JsonGuard.cut(String.valueOf(value))));
        return answer(problems.of(400, wrong.key, facts, locale(request)), request);
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> missing(
            MissingServletRequestParameterException wrong, HttpServletRequest request) {
        return answer(
                problems.of(
                        400,
                        "missing-parameter",
                        Map.of("parameter", wrong.getParameterName()),
                        locale(request)),
                request);
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> mismatch(
            MethodArgumentTypeMismatchException wrong, HttpServletRequest request) {
        return answer(
                problems.of(400, "wrong-type", Map.of("field", wrong.getName()), locale(request)),
                request);
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> method(
            HttpRequestMethodNotSupportedException wrong, HttpServletRequest request) {
        return answer(
                problems.of(405, "method", Map.of("method", wrong.getMethod()), locale(request)),
                request);
    }

    @ExceptionHandler({
        HttpMediaTypeNotSupportedException.class,
        HttpMediaTypeNotAcceptableException.class
    })
    ResponseEntity<Map<String, Object>> mediaType(Exception wrong, HttpServletRequest request) {
        var status = wrong instanceof HttpMediaTypeNotSupportedException ? 415 : 406;
        return answer(problems.of(status, "media-type", Map.of(), locale(request)), request);
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> tooLarge(
            MaxUploadSizeExceededException wrong, HttpServletRequest request) {
        return answer(
                problems.of(
                        413, "too-large", Map.of("max", ErrorPages.UPLOAD_MAX), locale(request)),
                request);
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> twice(JsonGuard.Twice wrong, HttpServletRequest request) {
        return answer(
                problems.of(
                        400, "property-twice", Map.of("property", wrong.property), locale(request)),
                request);
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> bodyTooLarge(
            JsonGuard.TooLarge wrong, HttpServletRequest request) {
        return answer(
                problems.of(
                        413, "too-large", Map.of("max", JsonGuard.BODY_MAX_MB), locale(request)),
                request);
    }

    /** A form with files that breaks off, or whose part is missing. */
    @ExceptionHandler({MultipartException.class, MissingServletRequestPartException.class})
    ResponseEntity<Map<String, Object>> brokenForm(Exception wrong, HttpServletRequest request) {
        return answer(problems.of(400, "bad-request", Map.of(), locale(request)), request);
    }

    /** Whatever else Spring itself refuses: it knows the status, we have the sentence. */
    @ExceptionHandler
    ResponseEntity<Map<String, Object>> refusedBySpring(
            ServletException wrong, HttpServletRequest request) throws ServletException {
        if (!(wrong instanceof ErrorResponse told)) throw wrong;
        var status = told.getStatusCode().value();
        return answer(
                problems.of(
                        status,
                        ErrorPages.key(status),
                        Map.of("method", request.getMethod(), "max", ErrorPages.UPLOAD_MAX),
                        locale(request)),
                request);
    }

    /** A bug: no detail goes out, the log has it. */
    @ExceptionHandler
    ResponseEntity<Map<String, Object>> bug(Exception bug, HttpServletRequest request)
            throws Exception {
        if (Outage.isBehind(bug)) throw bug; // to the UnavailableFilter
        LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), bug);
        return answer(problems.of(500, "bug", Map.of(), locale(request)), request);
    }

    private static java.util.Locale locale(HttpServletRequest request) {
        return Messages.choose(request.getHeader("Accept-Language"));
    }

    private static ResponseEntity<Map<String, Object>> answer(
            Map<String, Object> document, HttpServletRequest request) {
        // a problem is JSON even where the answer would have been bytes
        request.removeAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE);
        return ResponseEntity.status((int) document.getOrDefault("status", 500))
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .header("Content-Language", locale(request).toLanguageTag())
                .body(document);
    }
}
