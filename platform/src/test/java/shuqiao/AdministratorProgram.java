package shuqiao;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * A program with an administrator's role: one asks for it, another confirms, a third has its
 * secret.
 */
public final class AdministratorProgram {

    private static final Pattern CONFIRMATION =
            Pattern.compile("action=\"(/admin/pending/\\d+/confirmation)\"");

    private AdministratorProgram() {}

    /**
     * A program that reads the ledger.
     *
     * @param security who asks for it
     * @param system who confirms it
     * @param audit who is given the secret
     */
    public static OutsideProgram ofAuditor(
            OutsideProgram.Address address,
            Visitor security,
            Visitor system,
            Visitor audit,
            String id,
            String organization) {
        security.submit(
                "/admin/programs",
                "/admin/programs",
                Map.of(
                        "clientId",
                        id,
                        "name",
                        "审计程序",
                        "organization",
                        organization,
                        "scopes",
                        "AUDIT_ADMIN"));
        var waiting = system.get("/admin/pending").body();
        var confirmation = CONFIRMATION.matcher(waiting);
        if (!confirmation.find()) throw new AssertionError("nothing to confirm in " + waiting);
        system.submit("/admin/pending", confirmation.group(1), Map.of());
        var shown = audit.submit("/programs", "/programs/" + id + "/secret", Map.of()).body();
        return new OutsideProgram(address, id, Visitor.secret(shown));
    }
}
