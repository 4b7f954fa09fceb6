package shuqiao.exchange;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import shuqiao.kernel.FactNames;

/** Numbers of runs, for sentences of acts. */
@Component
class RunNumbers implements FactNames {

    private final RunTable runs;

    RunNumbers(RunTable runs) {
        this.runs = runs;
    }

    @Override
    public String kind() {
        return "run";
    }

    @Override
    public Map<String, Named> named(Set<String> values, Locale locale) {
        var named = new HashMap<String, Named>();
        runs.numbers(values).forEach((id, number) -> named.put(id, new Named(number, null)));
        return named;
    }
}
