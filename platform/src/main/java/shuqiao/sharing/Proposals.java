package shuqiao.sharing;

import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Answers that the provider's people work on. */
@Component
class Proposals {

    private final ProposalTable table;

    Proposals(ProposalTable table) {
        this.table = table;
    }

    Optional<ProposalTable.Proposal> find(long request) {
        return table.find(request);
    }

    void write(long request, DecisionForm form, boolean ready, String by, Instant at) {
        table.write(request, new ProposalTable.Proposal(form, ready, by, at));
    }

    /** Back on the steward's desk. */
    void reopen(long request) {
        table.reopen(request);
    }

    void forget(long request) {
        table.delete(request);
    }
}
