package shuqiao.exchange;

import java.util.Collection;
import java.util.Map;
import org.springframework.stereotype.Component;
import shuqiao.sharing.DeliveryNumbers;

/** What people call a run. */
@Component
class RunNumbers implements DeliveryNumbers {

    private final RunTable runs;

    RunNumbers(RunTable runs) {
        this.runs = runs;
    }

    @Override
    public Map<String, String> of(Collection<String> ids) {
        return runs.numbers(ids);
    }
}
