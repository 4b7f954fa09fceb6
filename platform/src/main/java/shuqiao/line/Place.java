package shuqiao.line;

import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import shuqiao.engine.DatabaseAddress;
import shuqiao.engine.Limits;
import shuqiao.engine.Secret;
import shuqiao.engine.Tls;

/**
 * A source as it is to be dialled: address and password of one moment. Nothing is contacted by it.
 *
 * @param source its id
 * @param organization credit code of its department, whose networks count
 * @param name as its department calls it
 * @param hours when work may be done there
 * @param asBefore whether it is dialled only because it was there before the policy of networks;
 *     asked before each session
 * @param rowSecurity whether rows that it hides from us may be left out, as the owner declared
 */
public record Place(
        long source,
        String organization,
        String name,
        DatabaseAddress address,
        String user,
        Secret password,
        Tls tls,
        Limits limits,
        Predicate<Instant> hours,
        BooleanSupplier asBefore,
        boolean rowSecurity) {

    /** The same, with what its owner declared of row security. */
    public Place withRowSecurity(boolean declared) {
        return new Place(
                source,
                organization,
                name,
                address,
                user,
                password,
                tls,
                limits,
                hours,
                asBefore,
                declared);
    }

    /** Two of which a session of one is not one of the other differ in it. */
    record Identity(
            long source,
            DatabaseAddress address,
            String user,
            Secret password,
            Tls tls,
            Limits limits,
            boolean rowSecurity) {}

    Identity identity() {
        return new Identity(source, address, user, password, tls, limits, rowSecurity);
    }
}
