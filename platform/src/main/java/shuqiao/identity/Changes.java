package shuqiao.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** In the words of the ledger, what is no longer as it was. */
final class Changes {

    private Changes() {}

    static List<String> between(Person before, Person after) {
        var changed = new ArrayList<String>();
        if (!before.name().equals(after.name())) changed.add("name");
        if (!Objects.equals(before.organization(), after.organization()))
            changed.add("organization");
        if (!before.roles().equals(after.roles())) changed.add("roles");
        if (before.disabled() != after.disabled())
            changed.add(after.disabled() ? "closed" : "reopened");
        return changed;
    }

    static List<String> between(Program before, Program after) {
        var changed = new ArrayList<String>();
        if (!before.name().equals(after.name())) changed.add("name");
        if (!before.roles().equals(after.roles())) changed.add("roles");
        if (before.disabled() != after.disabled())
            changed.add(after.disabled() ? "closed" : "reopened");
        return changed;
    }
}
