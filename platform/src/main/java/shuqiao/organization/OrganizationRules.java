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
        var code = faults.code("code", () -> new CreditCode(faults.text("code", codeText, 18)));
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
                        : faults.code("parent", () -> new CreditCode(parentText));
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
                entry.closed());
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
