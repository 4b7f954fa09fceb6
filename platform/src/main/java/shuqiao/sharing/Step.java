package shuqiao.sharing;

import java.time.Instant;
import java.util.Optional;

/** One entry of a request's history. */
public record Step(
        RequestState.Move move,
        RequestState state,
        String by,
        Optional<String> organization,
        String note,
        Instant at) {}
