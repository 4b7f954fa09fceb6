package shuqiao.shell;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Messages;
import shuqiao.kernel.Refusal;
import tools.jackson.databind.json.JsonMapper;

/** Turns refusals into RFC 9457 problem documents in the caller's language. */
@Component
public class Problems {

    /** Wrong fields that are named; {@code count} says how many there are. */
    static final int FAULTS_MAX = 50;

    private final MessageSource messages;
    private final JsonMapper json;

    Problems(MessageSource messages, JsonMapper json) {
        this.messages = messages;
        this.json = json;
    }

    /** The document of a refusal; its facts stand beside the sentence for programs. */
    public Map<String, Object> of(Refusal refusal, Locale locale) {
        var document = document(refusal.kind().status(), refusal.key(), refusal.facts(), locale);
        if (!refusal.faults().isEmpty())
            document.put(
                    "errors",
                    refusal.faults().stream()
                            .limit(FAULTS_MAX)
                            .map(fault -> fault(fault, locale))
                            .toList());
        refusal.facts().forEach(document::putIfAbsent);
        return document;
    }

    /** A document that comes from no refusal: an unknown path, a body that is no JSON, a bug. */
    public Map<String, Object> of(
            int status, String key, Map<String, Object> facts, Locale locale) {
        return document(status, key, facts, locale);
    }

    /** The sentence of one fault. */
    public String sentence(Refusal.Fault fault, Locale locale) {
        return Messages.sentence(messages, "fault." + fault.key(), fault.facts(), locale);
    }

    /** The sentence of a refusal, with those of its fields when there is just one. */
    public String sentence(Refusal refusal, Locale locale) {
        if (refusal.faults().size() == 1) return sentence(refusal.faults().getFirst(), locale);
        return Messages.sentence(messages, "refusal." + refusal.key(), refusal.facts(), locale);
    }

    /** Writes a document where no controller is at hand, such as in a filter. */
    public void write(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            String key,
            Map<String, Object> facts)
            throws IOException {
        var locale = Messages.choose(request.getHeader("Accept-Language"));
        write(response, document(status, key, facts, locale), locale);
    }

    void write(HttpServletResponse response, Map<String, Object> document, Locale locale)
            throws IOException {
        response.setStatus((int) document.getOrDefault("status", 500));
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setHeader("Content-Language", locale.toLanguageTag());
        response.getOutputStream().write(json.writeValueAsBytes(document));
    }

    private LinkedHashMap<String, Object> document(
            int status, String key, Map<String, Object> facts, Locale locale) {
        var document = new LinkedHashMap<String, Object>();
        document.put("type", "urn:shuqiao:" + key);
        document.put("title", Messages.sentence(messages, "status." + status, Map.of(), locale));
        document.put("status", status);
        document.put("detail", Messages.sentence(messages, "refusal." + key, facts, locale));
        return document;
    }

    private Map<String, Object> fault(Refusal.Fault fault, Locale locale) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("field", fault.field());
        entry.put("type", "urn:shuqiao:fault:" + fault.key());
        entry.put("detail", sentence(fault, locale));
        return entry;
    }
}
