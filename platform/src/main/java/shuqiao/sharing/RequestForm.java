package shuqiao.sharing;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import shuqiao.kernel.Invalid;

/** A request as it is typed, before anything is checked. */
record RequestForm(
        List<String> fields,
        List<TypedCondition> rows,
        String matter,
        String purpose,
        String purposeText,
        String basis,
        String from,
        String until) {

    private static final int YEARS_DEFAULT = 1;

    /** Nothing ticked: one asks for what one needs. */
    static RequestForm blank(LocalDate today) {
        return new RequestForm(
                List.of(),
                List.of(),
                "",
                "",
                "",
                "",
                today.toString(),
                today.plusYears(YEARS_DEFAULT).minusDays(1).toString());
    }

    static RequestForm of(Ask ask) {
        return new RequestForm(
                ask.fields(),
                TypedCondition.of(ask.filter()),
                ask.matter(),
                ask.purpose().name(),
                ask.purposeText(),
                ask.basis(),
                ask.from().toString(),
                ask.until().toString());
    }

    /** Another request's words for a term of the same length from today. */
    static RequestForm like(Request last, long resource, List<String> shareable, LocalDate today) {
        var ask = last.ask();
        var same = last.subject().resource() == resource;
        var days = ChronoUnit.DAYS.between(ask.from(), ask.until());
        return new RequestForm(
                same ? ask.fields().stream().filter(shareable::contains).toList() : List.of(),
                same ? TypedCondition.of(ask.filter()) : List.of(),
                ask.matter(),
                ask.purpose().name(),
                ask.purposeText(),
                ask.basis(),
                today.toString(),
                today.plusDays(days).toString());
    }

    static RequestForm of(MultiValueMap<String, String> form) {
        return new RequestForm(
                form.getOrDefault("fields", List.of()),
                TypedCondition.read(form),
                DecisionForm.first(form, "matter"),
                DecisionForm.first(form, "purpose"),
                DecisionForm.first(form, "purposeText"),
                DecisionForm.first(form, "basis"),
                DecisionForm.first(form, "from"),
                DecisionForm.first(form, "until"));
    }

    RequestForm with(List<String> ticked, List<TypedCondition> lines) {
        return new RequestForm(ticked, lines, matter, purpose, purposeText, basis, from, until);
    }

    public boolean chosen(String column) {
        return fields.contains(column);
    }

    /**
     * As the door takes it; what is typed by half is told to {@code faults}, for the door to refuse
     * together with what it finds itself.
     *
     * @param masks wishes that were made by a program, kept for what is still asked for
     */
    AskEntry entry(
            long resource,
            Map<String, String> masks,
            Map<String, String> names,
            Invalid.Faults faults) {
        if (fields.isEmpty()) faults.add("fields", "sharing.no-field-asked");
        var filter = TypedCondition.json(faults, rows, names);
        var wishes = new LinkedHashMap<String, @Nullable String>(masks);
        wishes.keySet().retainAll(fields);
        return new AskEntry(
                resource,
                List.copyOf(fields),
                filter,
                wishes,
                purpose,
                purposeText,
                basis,
                matter,
                null,
                from,
                until);
    }
}
