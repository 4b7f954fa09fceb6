package shuqiao.kernel;

import java.util.Locale;

/** What an organization is called, for rooms that stand below the one that keeps organizations. */
@Offered(Offered.As.NAME)
public interface OrganizationNames {

    /** The short name in the reader's language; the code itself when it is not known. */
    String shortName(String creditCode, Locale locale);
}
