package shuqiao.organization;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import shuqiao.kernel.Invalid;
import shuqiao.standard.CreditCode;
import shuqiao.standard.DivisionCode;

/** What an organization must be, whether it comes by form, by program or in a workbook. */
final class OrganizationRules {

    static final int REASON_MAX = 200;
    private static final int NAME_MAX = 128;

    /** The organizations that it is compared with. */
    interface Known {
        Optional<Organization> find(String code);

        Optional<Organization> named(String name);

        boolean authorityOf(String division, String except);
    }

    private OrganizationRules() {}

    static Organization checked(Organizations.Entry entry, @Nullable String codeText, Known known) {
        var faults = new Invalid.Faults();
        var code =
                faults.code("code", () -> CreditCode.certified(faults.text("code", codeText, 18)));
        var codeReason =
                reason(
                        code,
                        faults.optionalText("codeReason", entry.codeReason(), REASON_MAX),
                        known,
                        faults);
        var name = faults.text("name", entry.name(), NAME_MAX);
        var shortName = faults.optionalText("shortName", entry.shortName(), NAME_MAX);
        var nameEn = faults.optionalText("nameEn", entry.nameEn(), 200);
        var division =
                faults.code(
                        "division",
                        () -> new DivisionCode(faults.text("division", entry.division(), 6)));
        if (entry.level() == null) faults.add("level", "required");
        var parentText = faults.optionalText("parent", entry.parent(), 18);
        var parent =
                parentText.isEmpty()
                        ? null
                        : faults.code("parent", () -> parent(parentText, known));
        if (parent != null && known.find(parent.value()).isEmpty())
            faults.add("parent", "organization.unknown", Map.of("code", parent.value()));
        if (code != null
                && known.named(name).filter(other -> !other.code().equals(code)).isPresent())
            faults.add("name", "organization.name-taken", Map.of("name", name));
        if (code != null
                && division != null
                && entry.authority()
                && known.authorityOf(division.value(), code.value()))
            faults.add("authority", "organization.one-authority");
        faults.refuseIfAny();
        return new Organization(
                Objects.requireNonNull(code),
                name,
                shortName.isEmpty() ? name : shortName,
                nameEn,
                Objects.requireNonNull(division),
                Objects.requireNonNull(entry.level()),
                parent,
                entry.authority(),
                entry.closed(),
                codeReason);
    }

    /**
     * A code with another check character than the standard's needs a reason, given once, when the
     * organization is registered: the code is never changed, and so is what was said of it.
     */
    private static String reason(
            @Nullable CreditCode code, String given, Known known, Invalid.Faults faults) {
        if (code == null) return given;
        if (code.checks()) {
            if (!given.isEmpty()) faults.add("codeReason", "organization.code-right");
            return "";
        }
        var registered = known.find(code.value());
        if (registered.isPresent()) {
            var stands = registered.get().codeReason();
            if (!given.isEmpty() && !given.equals(stands))
                faults.add("codeReason", "organization.code-reason-stands");
            return stands;
        }
        if (given.isEmpty())
            faults.add(
                    "code",
                    "organization.code-check",
                    Map.of(
                            "position", code.value().length(),
                            "expected", String.valueOf(code.rightCheck()),
                            "found", code.value().substring(code.value().length() - 1)));
        return given;
    }

    /** One that is registered stands as it is, whatever its check character. */
    private static CreditCode parent(String text, Known known) {
        var code = CreditCode.certified(text);
        return code.checks() || known.find(text).isPresent() ? code : new CreditCode(text);
    }

    /** Refuses a parent that is the organization itself or lies below it. */
    static void noCircle(Organization organization, Known known) {
        for (var above = organization.parent(); above != null; ) {
            if (above.equals(organization.code()))
                throw Invalid.field("parent", "organization.parent-below");
            above = known.find(above.value()).map(Organization::parent).orElse(null);
        }
    }
}
