package shuqiao.source;

import java.util.Map;
import org.springframework.stereotype.Component;
import shuqiao.engine.Secret;
import shuqiao.engine.proof.Sm4Gcm;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Unknown;
import shuqiao.kernel.Vault;
import shuqiao.line.Place;
import shuqiao.outbound.Networks;

/** Where departments' databases are, with the passwords that are kept sealed. */
@Component
class Connections {

    private final SourceTable table;
    private final Vault vault;
    private final Networks networks;

    Connections(SourceTable table, Vault vault, Networks networks) {
        this.table = table;
        this.vault = vault;
        this.networks = networks;
    }

    byte[] seal(long source, String password) {
        return vault.encrypt(password, context(source));
    }

    /** Names are parameters in every question; a null character alone cannot be sent. */
    static void refuseNullCharacter(String field, String name) {
        if (name.indexOf('\0') >= 0) throw Invalid.field(field, "null-character");
    }

    /** Bound to being a change: it opens nothing before a second person has seen where it goes. */
    byte[] sealChange(long source, String password) {
        return vault.encrypt(password, changeContext(source));
    }

    /** The password of a change that was seen. */
    String opened(long source, byte[] sealed) {
        try {
            return vault.decrypt(sealed, changeContext(source));
        } catch (Sm4Gcm.Unreadable _) {
            throw new Conflict("source:password-unreadable", Map.of("name", source));
        }
    }

    /** The present address with its stored password; nothing is contacted. */
    Place place(long id) {
        var access = table.access(id).orElseThrow(() -> new Unknown("source", id));
        return place(access.source(), password(access));
    }

    private String password(SourceTable.Access access) {
        try {
            return vault.decrypt(access.password(), context(access.source().id()));
        } catch (Sm4Gcm.Unreadable _) {
            throw new Conflict(
                    "source:password-unreadable", Map.of("name", access.source().name()));
        }
    }

    /** Whether it is dialled only because it was there before the policy of networks. */
    boolean goesOnOutside(Source source) {
        var address = source.address();
        return table.goesOn(source.id(), address.host(), address.port())
                && !networks.inside(source.organization(), address.host(), address.port());
    }

    /** One sentence for all that lies outside: nobody learns here what is there. */
    void requireInside(Source source) {
        var address = source.address();
        if (!networks.inside(source.organization(), address.host(), address.port()))
            throw Invalid.field("jdbcUrl", "source.address-not-allowed");
    }

    /** As it would be dialled with that password. */
    Place place(Source source, String password) {
        return new Place(
                source.id(),
                source.organization(),
                source.name(),
                source.address(),
                source.username(),
                new Secret(password),
                source.tls(),
                source.limits(),
                source::allows,
                () -> table.goesOn(source.id(), source.address().host(), source.address().port()),
                false);
    }

    private static String changeContext(long source) {
        return "source.address_change.password:" + source;
    }

    private static String context(long source) {
        return "source.source.password:" + source;
    }
}
